//! What a vCon becomes: participants, documents and words.

use crate::archive::model::{Document, Participant, Said};
use crate::archive::vcon::{Direction, Interaction, Line, Medium, Message, Party, Role};
use kernel::Timestamp;

/// The version of a stored document.
const DOCUMENT_VERSION: u32 = 1;

/// The word of a medium.
pub fn medium(medium: Medium) -> &'static str {
    match medium {
        Medium::Call => "call",
        Medium::Chat => "chat",
        Medium::Email => "email",
    }
}

/// The word of a direction.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "in",
        Direction::Out => "out",
    }
}

/// A time of the file as the rows keep it.
pub fn moment(at: jiff::Timestamp) -> Timestamp {
    Timestamp(at.as_microsecond())
}

/// Those who took part; which of them are users is found when the rows are written.
pub fn participants(found: &Interaction) -> Vec<Participant> {
    let one = |(position, party): (usize, &Party)| Participant {
        position,
        name: party.name.clone(),
        tel: party.tel.clone(),
        mail: party.mailto.clone(),
        role: match party.role {
            Role::Agent => "agent",
            Role::Customer => "customer",
            Role::Other => "other",
        }
        .to_owned(),
        user: None,
    };
    found.parties.iter().enumerate().map(one).collect()
}

/// What was said, if it is there in writing.
pub fn transcript(found: &Interaction) -> Option<Document> {
    let written = !found.transcript.is_empty() || (found.messages.is_empty() && found.summary.is_some());
    written.then(|| document(found.summary.clone(), found.transcript.iter().map(line).collect()))
}

/// What was written, if anything.
pub fn chat(found: &Interaction) -> Option<Document> {
    let summary = found.transcript.is_empty().then(|| found.summary.clone()).flatten();
    (!found.messages.is_empty()).then(|| document(summary, found.messages.iter().map(message).collect()))
}

fn document(summary: Option<String>, lines: Vec<Said>) -> Document {
    Document { version: DOCUMENT_VERSION, summary, lines }
}

fn line(line: &Line) -> Said {
    let ms = |d: std::time::Duration| u64::try_from(d.as_millis()).unwrap_or(u64::MAX);
    Said {
        party: line.party,
        speaker: line.speaker.clone(),
        at: None,
        from_ms: line.from.map(ms),
        until_ms: line.until.map(ms),
        text: line.text.clone(),
    }
}

fn message(message: &Message) -> Said {
    Said {
        party: message.party,
        speaker: None,
        at: Some(moment(message.at)),
        from_ms: None,
        until_ms: None,
        text: message.text.clone(),
    }
}

/// Everything that is sought in.
pub fn texts(found: &Interaction) -> impl Iterator<Item = &str> {
    let said = found.transcript.iter().map(|line| line.text.as_str());
    let written = found.messages.iter().map(|message| message.text.as_str());
    said.chain(written).chain(found.summary.as_deref())
}
