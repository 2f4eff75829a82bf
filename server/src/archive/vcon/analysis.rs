//! Transcripts in the shapes that writers use, summaries, and attachments.
//!
//! A transcript is a list of lines, or holds one under a name, or is one text with an empty line between speakers.
//! Of several, the one that tells most is taken: times before speakers before mere text.

use super::node::Node;
use super::{
    Attachment, Fault, Line, MAX_ANALYSES, MAX_ATTACHMENTS, MAX_LINE_CHARS, MAX_SUBJECT_CHARS,
    MAX_TRANSCRIPT_CHARS, MAX_TRANSCRIPT_LINES, MAX_WORD_CHARS, Party, Role, dialog, gauge, instant,
};
use crate::archive::hashing::base64_any;
use serde_json::Value;

/// What the analyses of a file amount to.
#[derive(Default)]
pub(super) struct Analyses {
    pub(super) transcript: Vec<Line>,
    pub(super) summary: Option<String>,
}

/// Where a transcript object keeps its lines.
const LISTS: [&str; 6] = ["segments", "utterances", "lines", "messages", "transcript", "transcription"];
/// Where a line keeps what is said.
const SAYINGS: [&str; 4] = ["message", "text", "content", "transcript"];
/// Where a line keeps who speaks.
const SPEAKERS: [&str; 3] = ["speaker", "name", "role"];

pub(super) fn all(root: &Node<'_>, parties: &[Party]) -> Analyses {
    let mut found = Analyses::default();
    for analysis in root.list("analysis", MAX_ANALYSES) {
        let kind = analysis.optional_text("type", MAX_WORD_CHARS).unwrap_or_default();
        let Some(body) = analysis.optional("body") else { continue };
        match kind.to_lowercase().as_str() {
            "transcript" | "transcription" | "diarized" | "analysis_info" => {
                let lines = transcript(&body, parties);
                if telling(&lines) > telling(&found.transcript) {
                    found.transcript = lines;
                }
            }
            "summary" if body.value().is_string() => found.summary = body.text(MAX_SUBJECT_CHARS),
            _ => {}
        }
    }
    found
}

/// How much a transcript tells: timed lines, then named speakers, then lines.
fn telling(lines: &[Line]) -> (usize, usize, usize) {
    let timed = lines.iter().filter(|line| line.from.is_some()).count();
    let named = lines.iter().filter(|line| line.speaker.is_some() || line.party.is_some()).count();
    (timed, named, lines.len())
}

fn transcript(body: &Node<'_>, parties: &[Party]) -> Vec<Line> {
    match body.value() {
        Value::Array(_) => {
            let items = body.items(MAX_TRANSCRIPT_LINES);
            items.iter().filter_map(|item| line(item, parties)).collect()
        }
        Value::Object(_) => {
            let inner = LISTS.iter().find(|name| body.peek(name).is_some());
            inner
                .and_then(|name| body.optional(name))
                .map(|list| transcript(&list, parties))
                .unwrap_or_default()
        }
        _ => one_text(body, parties),
    }
}

/// A text that may itself be JSON, as `encoding: "json"` says and some writers do not.
fn one_text(body: &Node<'_>, parties: &[Party]) -> Vec<Line> {
    let Some(text) = body.text(MAX_TRANSCRIPT_CHARS) else {
        return Vec::new();
    };
    if text.trim_start().starts_with(['[', '{'])
        && let Ok(value) = gauge::json(text.as_bytes())
        && (value.is_array() || value.is_object())
    {
        return transcript(&body.standing_for(&value), parties);
    }
    let paragraphs: Vec<&str> = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    if paragraphs.len() > MAX_TRANSCRIPT_LINES {
        let limit = MAX_TRANSCRIPT_LINES;
        body.wrong(Fault::TooMany { limit });
        return Vec::new();
    }
    paragraphs.into_iter().map(|paragraph| spoken(paragraph, parties)).collect()
}

/// "Agent: Good morning" names who speaks, if "Agent" is somebody here; otherwise the colon is part of what is said.
fn spoken(paragraph: &str, parties: &[Party]) -> Line {
    let named = paragraph.split_once(": ").and_then(|(speaker, text)| {
        let party = party_called(speaker, parties)?;
        Some((speaker.to_owned(), party, text))
    });
    match named {
        Some((speaker, party, text)) => Line { speaker: Some(speaker), party: Some(party), ..said(text) },
        None => said(paragraph),
    }
}

fn said(text: &str) -> Line {
    Line { speaker: None, party: None, from: None, until: None, text: text.to_owned() }
}

fn line(item: &Node<'_>, parties: &[Party]) -> Option<Line> {
    if item.value().is_string() {
        return Some(spoken(&item.text(MAX_LINE_CHARS)?, parties));
    }
    let text = item.either(&SAYINGS)?.text(MAX_LINE_CHARS)?;
    let speaker = item.either(&SPEAKERS).and_then(|speaker| match speaker.value() {
        Value::Number(number) => Some(number.to_string()),
        _ => speaker.text(MAX_WORD_CHARS),
    });
    let stated = item.optional("party").and_then(|party| party.party(parties.len()));
    let from = item.optional("start").and_then(|at| instant::length(&at));
    let until = item.optional("end").and_then(|at| instant::length(&at));
    Some(Line {
        party: stated.or_else(|| party_called(speaker.as_deref()?, parties)),
        speaker,
        from,
        until: until.or_else(|| Some(from? + instant::length(&item.optional("duration")?)?)),
        text,
    })
}

/// The party of this name, or the only one in this role.
fn party_called(speaker: &str, parties: &[Party]) -> Option<usize> {
    let speaker = speaker.trim().to_lowercase();
    let named = |party: &Party| party.name.as_ref().is_some_and(|name| name.to_lowercase() == speaker);
    if let Some(position) = parties.iter().position(named) {
        return Some(position);
    }
    let role = match speaker.as_str() {
        "agent" => Role::Agent,
        "customer" | "caller" => Role::Customer,
        _ => return None,
    };
    let mut in_role = parties.iter().enumerate().filter(|(_, party)| party.role == role);
    let first = in_role.next()?;
    in_role.next().is_none().then_some(first.0)
}

pub(super) fn attachments(root: &Node<'_>) -> Vec<Attachment> {
    root.list("attachments", MAX_ATTACHMENTS).iter().filter_map(attachment).collect()
}

fn attachment(node: &Node<'_>) -> Option<Attachment> {
    let kind = node.either(&["purpose", "type"]).and_then(|kind| kind.text(MAX_WORD_CHARS));
    let stated = node.either(&["mediatype", "mimetype"]).and_then(|kind| kind.text(MAX_WORD_CHARS));
    let name = node.optional("filename").filter(|name| name.value().as_str() != Some(""));
    let filename = name.and_then(|name| dialog::file_name(&name));
    let body = node.optional("body")?;
    let (bytes, likely) = match (body.value(), node.optional_text("encoding", MAX_WORD_CHARS).as_deref()) {
        (Value::String(_), Some("base64url" | "base64")) => {
            let bytes = base64_any(body.all_of_text()?);
            if bytes.is_none() {
                body.wrong(Fault::NotDecodable);
            }
            (bytes?, "application/octet-stream")
        }
        (Value::String(text), _) => (text.clone().into_bytes(), "text/plain"),
        (value, _) => (value.to_string().into_bytes(), "application/json"),
    };
    Some(Attachment {
        kind,
        filename,
        mimetype: stated.unwrap_or_else(|| likely.to_owned()),
        bytes: bytes.into(),
    })
}
