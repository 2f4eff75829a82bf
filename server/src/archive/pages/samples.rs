//! The interaction page with a call that is closed, open, seen without the right to content, and hostile.

use super::view::{Allowed, InteractionPage, Opened};
use crate::archive::audio::{Peak, Waveform};
use crate::archive::events::Details;
use crate::archive::model::{
    Content, ContentId, ContentKind, Document, InteractionId, OpeningId, Participant, Said,
};
use crate::archive::queries::{Heard, InteractionRow};
use crate::ui::Shell;
use kernel::{Timestamp, Uuid};

const NOON: i64 = 1_795_440_000_000_000;

pub fn interactions(shell: &Shell) -> Vec<(&'static str, InteractionPage)> {
    let all = Allowed { content: true, download: true, reason: true, users: true, log: true };
    let hostile = "<script>alert(1)</script>\u{202e}[a](data:text/html,x)\"><b>";
    let page = |details: &Details, allowed, opened: Option<&Opened>, problem: Option<String>| {
        InteractionPage::new(shell.clone(), details, allowed, opened, "faktura", problem)
    };
    let problem = Some(shell.t.say("archive-reason-missing"));
    vec![
        ("closed", page(&call("Dubbel faktura"), all, None, None)),
        ("reason", page(&call("Dubbel faktura"), all, None, problem)),
        (
            "open",
            page(&call("Dubbel faktura"), all, Some(&opened("Jag har fått en faktura två gånger.")), None),
        ),
        ("details-only", page(&call(""), Allowed::default(), None, None)),
        ("hostile", page(&call(&hostile.repeat(6)), all, Some(&opened(hostile)), None)),
    ]
}

fn person(position: usize, name: &str, role: &str) -> Participant {
    let (name, mail) = (Some(name.to_owned()), Some("asa.lindqvist@norrsken.example".to_owned()));
    Participant { position, name, tel: None, mail, role: role.to_owned(), user: None }
}

fn content(kind: ContentKind, name: &str) -> Content {
    let peaks = (0..400_u32).map(|i| {
        let loud = if (i / 40).is_multiple_of(2) { (i * 37 % 90) as u8 } else { 2 };
        Peak { low: 128 - loud, high: 128 + loud }
    });
    let channel: Vec<Peak> = peaks.collect();
    let other = channel.iter().rev().copied().collect();
    let wave = Waveform { sample_rate_hz: 8000, frames: 8000 * 60, channels: vec![channel, other] };
    Content {
        id: ContentId(Uuid::from_u128(7)),
        kind,
        name: name.to_owned(),
        mimetype: "audio/mpeg".to_owned(),
        bytes: 171_180,
        length_ms: 60_000,
        hash: [0; 32],
        key_version: 1,
        wrapped: Vec::new(),
        peaks: (kind == ContentKind::Recording).then(|| wave.to_bytes()),
    }
}

fn call(subject: &str) -> Details {
    let row = InteractionRow {
        id: InteractionId(Uuid::from_u128(1)),
        external: Uuid::from_u128(2),
        medium: "call".to_owned(),
        direction: Some("in".to_owned()),
        started: Timestamp(NOON),
        ended: Timestamp(NOON + 60_000_000),
        queue: None,
        group: None,
        agent: None,
        agent_name: Some("Åsa Lindqvist".to_owned()),
        subject: subject.to_owned(),
        imported: Timestamp(NOON + 600_000_000),
    };
    Details {
        row,
        group: Some("Kundtjänst kväll".to_owned()),
        queue: Some("Faktura".to_owned()),
        participants: vec![person(0, "Åsa Lindqvist", "agent"), person(1, "Linnéa Östlund", "customer")],
        contents: vec![content(ContentKind::Recording, "samtal.mp3"), content(ContentKind::Transcript, "")],
    }
}

fn opened(text: &str) -> Opened {
    let said = |party: usize, from: u64, text: &str| Said {
        party: Some(party),
        speaker: None,
        at: None,
        from_ms: Some(from),
        until_ms: Some(from + 6000),
        text: text.to_owned(),
    };
    let lines = vec![
        said(0, 0, "Välkommen till Norrsken, du talar med Åsa."),
        said(1, 6000, text),
        said(0, 12_000, "Då tittar vi på det."),
    ];
    let summary = Some("Kunden har fått en faktura två gånger.".to_owned());
    let document = Document { version: 1, summary, lines };
    Opened {
        id: OpeningId(Uuid::from_u128(3)),
        until: Timestamp(NOON + 3_600_000_000),
        documents: vec![(ContentKind::Transcript, Some(document)), (ContentKind::Chat, None)],
        heard: ["Märta Ekdahl", "Sven Kallio"].map(heard).into_iter().collect(),
    }
}

fn heard(by: &str) -> Heard {
    let (content, at) = (ContentId(Uuid::from_u128(7)), Timestamp(NOON));
    Heard { by: by.to_owned(), content, from_ms: 4_000, to_ms: 31_000, at }
}
