//! The page of one interaction: its details, and beside them what was said, once that is open.

use super::{called, length_s, medium};
use crate::archive::audio::Waveform;
use crate::archive::events::Details;
use crate::archive::model::{Content, ContentKind, Document, OpeningId, Participant, Said, loudness};
use crate::archive::queries::Heard;
use crate::archive::speaking::speakers;
use crate::archive::words::Sought;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::{ErrorSummary, Field};
use crate::ui::picture::{Bubble, Bubbles, Channel, Side, Span, Wave};
use crate::ui::state::{Button, Copy, Weight};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Locale, Shell};
use kernel::Timestamp;

/// What a person may do here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed {
    /// Hear and read.
    pub content: bool,
    /// Take away.
    pub download: bool,
    /// Must say why.
    pub reason: bool,
    /// Look at the agent's page.
    pub users: bool,
    /// Look into the archive log.
    pub log: bool,
}

/// What was opened: the opening, and the documents decrypted in it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The opening.
    pub id: OpeningId,
    /// Until when.
    pub until: Timestamp,
    /// Transcripts and chats, each with its kind; nothing for one that is damaged.
    pub documents: Vec<(ContentKind, Option<Document>)>,
    /// Who heard what of it, by name: everybody, or the reader alone.
    pub heard: Vec<Heard>,
}

/// A recording on the page.
#[derive(Clone, Debug)]
pub struct Player {
    id: String,
    src: String,
    heard: String,
    title: String,
    wave: Option<Wave>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "archive/pages/interaction.html")]
pub struct InteractionPage {
    /// The frame.
    pub shell: Shell,
    details: Section,
    participants: Section,
    ask: Option<Asking>,
    players: Vec<Player>,
    said: Vec<Section>,
    downloads: Vec<Download>,
    download_reason: Option<Field>,
    note: String,
}

/// The form before content opens.
#[derive(Clone, Debug)]
struct Asking {
    action: String,
    lead: String,
    summary: ErrorSummary,
    reason: Field,
    button: Button,
}

/// One content that can be taken away.
#[derive(Clone, Debug)]
struct Download {
    action: String,
    label: String,
    size: String,
}

impl InteractionPage {
    /// The page. `problem` is what was wrong with the reason; `words` are marked.
    pub fn new(
        shell: Shell,
        details: &Details,
        allowed: Allowed,
        opened: Option<&Opened>,
        words: &str,
        problem: Option<String>,
    ) -> InteractionPage {
        let t = shell.t;
        let row = &details.row;
        let title = called(&t, &row.subject, &row.medium);
        let kept = details.contents.iter().filter(|c| c.kind != ContentKind::Aside).count();
        let note = match (kept, allowed.content, opened) {
            (0, _, _) => t.say("archive-content-none"),
            (_, false, _) => t.say("archive-content-right"),
            (_, true, Some(opened)) => t.say1("archive-open-until", "time", t.minute(opened.until)),
            (_, true, None) => String::new(),
        };
        let asking = kept > 0 && allowed.content && opened.is_none();
        InteractionPage {
            details: facts(&t, details, allowed),
            participants: people(&t, &details.participants),
            ask: asking.then(|| ask(&t, details, kept, allowed, words, problem)),
            players: opened.map(|o| players(&t, details, o)).unwrap_or_default(),
            said: opened.map(|o| conversations(&t, details, o, words)).unwrap_or_default(),
            downloads: if allowed.download && opened.is_some() { downloads(&t, details) } else { Vec::new() },
            download_reason: allowed
                .reason
                .then(|| Field::text("reason", t.say("archive-reason")).required()),
            note,
            shell: shell.titled(title).under(t.say("archive-title"), "/archive").at("/archive"),
        }
    }
}

fn facts(t: &Locale, details: &Details, allowed: Allowed) -> Section {
    let row = &details.row;
    let direction = row.direction.as_deref().map(|word| match word {
        "in" => t.say("archive-direction-in"),
        _ => t.say("archive-direction-out"),
    });
    let name = row.agent_name.clone().unwrap_or_else(|| t.say("archive-unknown"));
    let agent: Html = match row.agent.filter(|_| allowed.users) {
        Some(user) => Html::of(&Link { href: format!("/users/{user}"), text: name }),
        None => name.into(),
    };
    let entries = allowed.log.then(|| {
        let here = format!("/logs/archive?subject={}", row.id);
        Html::of(&Link { href: here, text: t.say("archive-entries-who") })
    });
    let facts = Facts::new()
        .fact(t.say("archive-medium"), medium(t, &row.medium))
        .maybe(t.say("archive-direction"), direction)
        .fact(t.say("archive-started"), t.when_exact(row.started))
        .fact(t.say("archive-length"), t.duration(length_s(row.started, row.ended)))
        .fact(t.say("archive-agent"), agent)
        .maybe(t.say("archive-group"), details.group.clone())
        .maybe(t.say("archive-queue"), details.queue.clone())
        .fact(t.say("archive-imported"), t.when(row.imported))
        .fact(t.say("archive-id"), Copy::new(t, row.external.to_string()))
        .maybe(t.say("archive-entries"), entries);
    Section::new(t.say("archive-details")).with(facts)
}

/// A link among facts.
#[derive(askama::Template)]
#[template(source = "<a href=\"{{ href }}\">{{ text }}</a>", ext = "html")]
struct Link {
    href: String,
    text: String,
}

fn people(t: &Locale, participants: &[Participant]) -> Section {
    let columns = vec![
        Column::new("name", t.say("archive-name")),
        Column::tight("role", t.say("archive-role")),
        Column::new("address", t.say("archive-address")),
    ];
    let rows = participants.iter().map(|person| {
        let role = match person.role.as_str() {
            "agent" => "archive-role-agent",
            "customer" => "archive-role-customer",
            _ => "archive-role-other",
        };
        let address =
            [&person.tel, &person.mail].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        let cells =
            vec![Cell::maybe(person.name.as_deref()), t.say(role).into(), Cell::maybe(Some(&address))];
        Row::new(person.position.to_string(), cells)
    });
    let table = Table::new("participants", t.say("archive-participants"), columns).rows(rows.collect());
    Section::new(t.say("archive-participants")).with(table)
}

fn ask(
    t: &Locale,
    details: &Details,
    kept: usize,
    allowed: Allowed,
    words: &str,
    problem: Option<String>,
) -> Asking {
    let mut reason = Field::text("reason", t.say("archive-reason")).help(t.say("archive-reason-help"));
    if allowed.reason {
        reason = reason.required();
    }
    if let Some(problem) = problem {
        reason = reason.error(problem);
    }
    Asking {
        action: match words {
            "" => format!("/archive/{}/open", details.row.id),
            words => {
                Address::new(format!("/archive/{}/open", details.row.id)).with("words", words).to_string()
            }
        },
        lead: t.say1("archive-content-closed", "count", kept),
        summary: ErrorSummary::of(t, [&reason]),
        reason,
        button: Button::submit(t.say("archive-open"), Weight::Primary),
    }
}

fn players(t: &Locale, details: &Details, opened: &Opened) -> Vec<Player> {
    let recordings = details.contents.iter().filter(|c| c.kind == ContentKind::Recording);
    let transcript = opened
        .documents
        .iter()
        .find_map(|(kind, document)| document.as_ref().filter(|_| *kind == ContentKind::Transcript));
    let one = |(n, content): (usize, &Content)| {
        let place = format!("/archive/{}/openings/{}/{}", details.row.id, opened.id, content.id);
        let id = format!("player-{n}");
        let wave = content.peaks.as_deref().and_then(|bytes| Waveform::from_bytes(bytes).ok());
        Player {
            wave: wave.map(|wave| {
                let drawn = drawn(t, &wave, content, details, transcript).player(&id);
                hearers(t, drawn, content, &opened.heard)
            }),
            title: t.say1("archive-recording-n", "n", n + 1),
            heard: format!("{place}/heard"),
            src: place,
            id,
        }
    };
    recordings.enumerate().map(one).collect()
}

/// A wave a channel, named by who is heard on it where the transcript tells.
fn drawn(
    t: &Locale,
    wave: &Waveform,
    content: &Content,
    details: &Details,
    transcript: Option<&Document>,
) -> Wave {
    let heard = transcript.map(|document| speakers(wave, document)).unwrap_or_default();
    let channels = wave.channels.iter().enumerate().map(|(n, peaks)| {
        let party = heard.get(n).copied().flatten().and_then(|at| details.participants.get(at));
        let label = party.map(|p| p.label().to_owned()).filter(|label| !label.is_empty());
        Channel {
            label: label.unwrap_or_else(|| t.say1("archive-channel", "n", n + 1)),
            peaks: loudness(peaks),
        }
    });
    Wave::new(t.say("archive-recording"), content.length_ms as f64 / 1000.0, channels.collect())
}

/// Below the waves a line for each person, with what they heard.
fn hearers(t: &Locale, wave: Wave, content: &Content, heard: &[Heard]) -> Wave {
    let mut people: Vec<(&str, Vec<Span>)> = Vec::new();
    for one in heard.iter().filter(|one| one.content == content.id) {
        let (from, to) = (t.clock(one.from_ms / 1000), t.clock(one.to_ms / 1000));
        let title = format!("{from}–{to}, {}", t.minute(one.at));
        let span = Span { from_s: one.from_ms as f64 / 1000.0, to_s: one.to_ms as f64 / 1000.0, title };
        match people.last_mut() {
            Some((who, spans)) if *who == one.by => spans.push(span),
            _ => people.push((&one.by, vec![span])),
        }
    }
    people.into_iter().fold(wave, |wave, (who, spans)| {
        wave.heard(t.say1("archive-heard-by", "name", who.to_owned()), spans)
    })
}

fn conversations(t: &Locale, details: &Details, opened: &Opened, words: &str) -> Vec<Section> {
    let played = details.contents.iter().any(|c| c.kind == ContentKind::Recording);
    let sought = Sought::of(words);
    let one = |(kind, document): &(ContentKind, Option<Document>)| {
        let (key, id) = match kind {
            ContentKind::Chat => ("archive-chat", "chat"),
            _ => ("archive-transcript", "transcript"),
        };
        let section = Section::new(t.say(key)).id(id);
        let Some(document) = document else { return section.lead(t.say("archive-damaged")) };
        let lines: Vec<_> = document.lines.iter().map(|said| bubble(t, details, said, &sought)).collect();
        let count: usize = lines.iter().map(|line| line.hits.len()).sum();
        let mut bubbles = Bubbles::new(t.say(key), lines);
        if !words.is_empty() {
            bubbles = bubbles.hits(t.say1("archive-hits", "count", count), format!("{id}-hit"));
        }
        if played {
            bubbles = bubbles.player("player-0");
        }
        let section = match &document.summary {
            Some(summary) => section.lead(format!("{}: {summary}", t.say("archive-summary"))),
            None => section,
        };
        if document.lines.is_empty() { section } else { section.with(bubbles) }
    };
    opened.documents.iter().map(one).collect()
}

fn bubble(t: &Locale, details: &Details, said: &Said, sought: &Sought) -> Bubble {
    let person = said.party.and_then(|at| details.participants.get(at));
    let side = match person.map(|p| p.role.as_str()) {
        Some("agent") => Side::Agent,
        Some(_) => Side::Customer,
        None => Side::System,
    };
    let side = if side == Side::System && said.speaker.is_some() { Side::Customer } else { side };
    let who = person.map(|p| p.label().to_owned()).filter(|name| !name.is_empty()).or(said.speaker.clone());
    let at: Html = match (said.from_ms, said.at) {
        (Some(ms), _) => t.clock(ms / 1000).into(),
        (None, Some(at)) => t.when(at),
        (None, None) => Html::default(),
    };
    Bubble {
        side,
        who: who.unwrap_or_else(|| t.say("archive-unknown")),
        at,
        from_s: said.from_ms.map(|ms| ms as f64 / 1000.0),
        hits: sought.places(&said.text),
        text: said.text.clone(),
    }
}

fn downloads(t: &Locale, details: &Details) -> Vec<Download> {
    let one = |content: &Content| {
        let kind = match content.kind {
            ContentKind::Recording => "archive-kind-recording",
            ContentKind::Transcript => "archive-kind-transcript",
            ContentKind::Chat => "archive-kind-chat",
            ContentKind::Attachment | ContentKind::Aside => "archive-kind-attachment",
        };
        let kind = t.say(kind);
        let label = if content.name.is_empty() { kind } else { format!("{kind}: {}", content.name) };
        Download {
            action: format!("/archive/{}/content/{}/download", details.row.id, content.id),
            size: t.bytes(content.bytes),
            label,
        }
    };
    details.contents.iter().map(one).collect()
}
