//! Recordings and messages.

use super::node::Node;
use super::{
    Direction, Fault, MAX_DIALOGS, MAX_MESSAGE_CHARS, MAX_RECORDINGS, MAX_URL_CHARS, MAX_WORD_CHARS, Medium,
    Message, Recording, Source, instant,
};
use crate::archive::hashing::{Claim, ClaimFault, MAX_STATED_CHARS, base64_any};
use jiff::Timestamp;

/// What the dialogs of a file amount to.
#[derive(Default)]
pub(super) struct Dialogs {
    pub(super) recordings: Vec<Recording>,
    pub(super) messages: Vec<Message>,
    pub(super) direction: Option<Direction>,
    times: Vec<Timestamp>,
    spoken: bool,
    mail: bool,
}

impl Dialogs {
    pub(super) fn read(root: &Node<'_>, parties: usize) -> Self {
        let mut all = Self::default();
        for dialog in root.list("dialog", MAX_DIALOGS) {
            all.take(&dialog, parties);
        }
        if all.recordings.len() > MAX_RECORDINGS {
            root.wrong(Fault::TooMany { limit: MAX_RECORDINGS });
        }
        all
    }

    /// From the earliest start to the latest end.
    pub(super) fn span(&self) -> Option<(Timestamp, Timestamp)> {
        self.times.iter().min().copied().zip(self.times.iter().max().copied())
    }

    /// Spoken, if anything is, or if only a transcript tells what was said; otherwise written.
    pub(super) fn medium(&self, has_transcript: bool) -> Medium {
        if self.spoken || self.messages.is_empty() && has_transcript {
            Medium::Call
        } else if self.mail {
            Medium::Email
        } else {
            Medium::Chat
        }
    }

    fn take(&mut self, node: &Node<'_>, parties: usize) {
        let Some(started) = node.required("start").and_then(|start| instant::of(&start)) else {
            return;
        };
        let duration = node.optional("duration").and_then(|length| instant::length(&length));
        self.times.extend([started, instant::after(started, duration)]);
        self.direction = self.direction.or_else(|| direction(node));
        let kind = node.required("type").and_then(|kind| kind.text(MAX_WORD_CHARS));
        let mimetype = mimetype(node);
        let present = heard(node, parties);
        match kind.as_deref() {
            Some("text") => self.written(node, started, mimetype, &present, parties),
            Some("recording" | "video" | "audio") => {
                self.spoken = true;
                self.recordings.push(Recording {
                    source: source(node),
                    mimetype,
                    claim: claim(node),
                    started,
                    duration,
                    parties: present,
                });
            }
            // A call that never came about ("incomplete") or was passed on ("transfer") has times and parties only.
            Some("incomplete" | "transfer") => self.spoken = true,
            _ => {}
        }
    }

    /// Some writers note a call without its recording as a text dialog without text.
    fn written(
        &mut self,
        node: &Node<'_>,
        at: Timestamp,
        mimetype: Option<String>,
        present: &[usize],
        parties: usize,
    ) {
        let Some(text) = text(node) else { return };
        self.mail |= mimetype.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("message/rfc822"));
        let originator = node.optional("originator").and_then(|party| party.party(parties));
        self.messages.push(Message { at, party: originator.or(present.first().copied()), text, mimetype });
    }
}

fn mimetype(node: &Node<'_>) -> Option<String> {
    let kind = node.either(&["mediatype", "mimetype"])?.text(MAX_WORD_CHARS)?;
    Some(kind.trim().to_lowercase()).filter(|kind| !kind.is_empty())
}

/// One party or a list of them; the list may hold lists, one for each channel.
fn heard(node: &Node<'_>, parties: usize) -> Vec<usize> {
    let Some(found) = node.optional("parties") else {
        return Vec::new();
    };
    if found.value().is_u64() {
        return found.party(parties).into_iter().collect();
    }
    let one_channel = |item: Node<'_>| match item.value().is_array() {
        true => item.items(parties).iter().filter_map(|party| party.party(parties)).collect(),
        false => item.party(parties).into_iter().collect::<Vec<_>>(),
    };
    found.items(MAX_DIALOGS).into_iter().flat_map(one_channel).collect()
}

fn direction(node: &Node<'_>) -> Option<Direction> {
    let word = node.optional_text("direction", MAX_WORD_CHARS).or_else(|| {
        let meta = node.optional("meta")?;
        meta.optional_text("direction", MAX_WORD_CHARS)
    })?;
    match word.to_lowercase().as_str() {
        "in" | "inbound" | "incoming" => Some(Direction::In),
        "out" | "outbound" | "outgoing" => Some(Direction::Out),
        _ => None,
    }
}

/// An empty body is none: some writers leave it so and put the media beside the file.
fn text(node: &Node<'_>) -> Option<String> {
    let body = node.optional("body")?;
    let encoding = node.optional_text("encoding", MAX_WORD_CHARS);
    let text = match encoding.as_deref() {
        Some("base64url" | "base64") => {
            let text = String::from_utf8(decoded(&body)?).ok();
            if text.as_ref().is_none_or(|text| text.chars().count() > MAX_MESSAGE_CHARS) {
                body.wrong(Fault::NotDecodable);
            }
            text?
        }
        None | Some("none" | "json") => body.text(MAX_MESSAGE_CHARS)?,
        Some(_) => {
            body.wrong(Fault::UnknownEncoding);
            return None;
        }
    };
    Some(text.replace('\0', "\u{FFFD}")).filter(|text| !text.is_empty())
}

fn source(node: &Node<'_>) -> Source {
    let inline = node.optional("body").filter(|body| body.value().as_str() != Some(""));
    if let Some(body) = inline {
        return decoded(&body).map_or(Source::Missing, |bytes| Source::Inline(bytes.into()));
    }
    if let Some(name) = node.optional("filename").filter(|name| name.value().as_str() != Some("")) {
        return file_name(&name).map_or(Source::Missing, Source::Beside);
    }
    let url = node.optional_text("url", MAX_URL_CHARS);
    url.map_or(Source::Missing, Source::Elsewhere)
}

fn decoded(body: &Node<'_>) -> Option<Vec<u8>> {
    let bytes = base64_any(body.all_of_text()?);
    if bytes.is_none() {
        body.wrong(Fault::NotDecodable);
    }
    bytes
}

/// A bare name: it is looked for in the vCon's own folder and nowhere else.
pub(super) fn file_name(node: &Node<'_>) -> Option<String> {
    let name = node.text(MAX_WORD_CHARS)?;
    let leads_away =
        name.contains(['/', '\\', ':']) || name.starts_with('.') || name.chars().any(char::is_control);
    if name.trim().is_empty() || leads_away {
        node.wrong(Fault::UnsafeFileName);
        return None;
    }
    Some(name)
}

/// `content_hash` of later drafts (one or several; the first that can be checked counts), else `alg` and `signature`.
fn claim(node: &Node<'_>) -> Option<Result<Claim, ClaimFault>> {
    if let Some(hash) = node.optional("content_hash") {
        let all = if hash.value().is_array() { hash.items(8) } else { vec![hash] };
        let claims = all.iter().filter_map(|hash| Some(Claim::content_hash(&hash.text(MAX_STATED_CHARS)?)));
        let (good, bad): (Vec<_>, Vec<_>) = claims.partition(Result::is_ok);
        return good.into_iter().chain(bad).next();
    }
    let digest = node.optional_text("signature", MAX_STATED_CHARS)?;
    let algorithm = node.optional_text("alg", MAX_WORD_CHARS).unwrap_or_default();
    Some(Claim::stated(&algorithm, &digest))
}
