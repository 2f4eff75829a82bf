//! The calls and chats of the demo: those of a folder, or the samples in the program, each moved to a day of the history
//! and brought in on the night after it.
//!
//! - What lies in a folder speaks of agents of other houses: they are made users, so that each call finds its agent.
//! - Of a file only its times are moved, and a queue is written into it where it names none; its recordings stay as they
//!   are, so that stated hashes still fit or do not.

use super::HISTORY_DAYS;
use super::cast::Cast;
use super::desk::queue_for;
use super::draw::Draw;
use super::happening::{Happening, Who};
use super::history::{HOUR, midnight};
use super::people::{Town, machine};
use crate::App;
use crate::archive::chest::Material;
use crate::archive::events::{ContentPlayed, Play, delivered, heard};
use crate::archive::import::{self, Offer};
use crate::archive::model::{ContentId, InteractionId, OpeningId};
use crate::archive::queries::{self, Every, Sound};
use crate::archive::rights::{OpenContent, ViewArchive};
use crate::archive::samples::SAMPLES;
use crate::archive::vcon::{self, Role};
use kernel::{Error, Grant, GroupId, Result, Timestamp};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files of a folder that are taken; a folder with more is brought in by `import vcon`.
const MAX_FILES: usize = 5_000;
/// Folders inside folders that are looked into.
const MAX_DEPTH: usize = 8;
/// Fewer than so many interactions stand closer together in the first days, so that there is something to open.
const FEW: usize = 20;

/// The files of a folder are dealt out over the days in steps of so many.
const STRIDE: usize = 7;

/// An agent of a call: name and mail address.
pub type Voice = (String, String);

/// A vCon as it lies there.
pub struct Source {
    name: String,
    vcon: Option<Value>,
    bytes: Arc<[u8]>,
    media: Vec<(String, Material)>,
    agents: Vec<Voice>,
}

/// A vCon that comes in on a night of the history.
pub struct Tale {
    due: Timestamp,
    files: Vec<(String, Material)>,
}

/// An interaction of the archive, as the story needs it.
#[derive(Clone)]
pub struct Known {
    /// Which.
    pub id: InteractionId,
    /// The agent's group.
    pub group: Option<GroupId>,
    /// What can be heard.
    pub recording: Option<Recording>,
}

/// A recording.
#[derive(Clone, Copy)]
pub struct Recording {
    /// Which.
    pub content: ContentId,
    bytes: i64,
    ms: i64,
}

/// All there is to bring in.
pub fn sources(folder: Option<&Path>) -> Result<Vec<Source>> {
    let Some(folder) = folder else { return Ok(samples()) };
    let mut found = Vec::new();
    for path in files(folder)? {
        let bytes = std::fs::read(&path).map_err(|e| Error::broken(format!("{}: {e}", path.display())))?;
        let mut source = Source::of(path.display().to_string(), bytes.into());
        let beside = |name: &String| (name.clone(), path.with_file_name(name));
        let there = source.names().iter().map(beside).filter(|(_, path)| path.is_file()).collect::<Vec<_>>();
        source.media = there.into_iter().map(|(name, path)| (name, Material::File(path))).collect();
        found.push(source);
    }
    Ok(found)
}

/// The agents that speak, those of recordings first, each once.
pub fn voices(sources: &[Source]) -> Vec<Voice> {
    let mut all: Vec<Voice> = Vec::new();
    let (spoken, written): (Vec<_>, Vec<_>) = sources.iter().partition(|source| !source.media.is_empty());
    for voice in spoken.into_iter().chain(written).flat_map(|source| &source.agents) {
        if all.iter().all(|(_, mail)| *mail != voice.1) {
            all.push(voice.clone());
        }
    }
    all
}

/// The cast's own agents.
pub fn own_voices(cast: &Cast) -> Vec<Voice> {
    let own = |(name, user): &(&str, &str)| ((*name).to_owned(), format!("{user}@{}", cast.domain));
    cast.voices.iter().map(own).collect()
}

impl Source {
    fn of(name: String, bytes: Arc<[u8]>) -> Self {
        let read = vcon::parse(&bytes).map(|found| found.parties).unwrap_or_default();
        let agents = read.into_iter().filter(|party| party.role == Role::Agent).filter_map(|party| {
            let mail = party.mailto?;
            Some((party.name.unwrap_or_else(|| mail.clone()), mail))
        });
        let agents = agents.collect();
        Self { name, vcon: serde_json::from_slice(&bytes).ok(), bytes, media: Vec::new(), agents }
    }

    /// The bare names of its recordings.
    fn names(&self) -> Vec<String> {
        let dialogs = self.vcon.as_ref().and_then(|v| v.get("dialog")?.as_array()).into_iter().flatten();
        let bare = |name: &&str| !name.is_empty() && !name.contains(['/', '\\']);
        dialogs.filter_map(|d| d.get("filename")?.as_str()).filter(bare).map(str::to_owned).collect()
    }

    fn medium(&self) -> &'static str {
        let written = self.vcon.as_ref().and_then(|v| v.pointer("/dialog/0/type")?.as_str()) == Some("text");
        if written { "chat" } else { "call" }
    }
}

/// The vCons below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((here, depth)) = open.pop() {
        let list = std::fs::read_dir(&here).map_err(|e| Error::broken(format!("{}: {e}", here.display())))?;
        for entry in list.flatten() {
            let path = entry.path();
            if path.is_dir() && depth < MAX_DEPTH {
                open.push((path, depth + 1));
            } else if path.to_string_lossy().ends_with(".vcon.json") && found.len() < MAX_FILES {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn samples() -> Vec<Source> {
    let vcons = SAMPLES.iter().filter(|(name, _)| name.ends_with(".vcon.json"));
    let one = |(name, bytes): &(&'static str, &'static [u8])| {
        let mut source = Source::of((*name).to_owned(), Arc::from(*bytes));
        let wanted = source.names();
        let beside = SAMPLES.iter().filter(|(other, _)| wanted.iter().any(|name| name == other));
        let media =
            beside.map(|(name, bytes)| ((*name).to_owned(), Material::Held(Arc::from(*bytes)))).collect();
        source.media = media;
        source
    };
    vcons.map(one).collect()
}

/// What comes to this customer, and when: everything of a folder, or the samples whose agents work here.
///
/// # Errors
/// `Broken` when the customer's zone is unknown.
pub fn tales(cast: &Cast, sources: &[Source], own: bool, start: Timestamp) -> Result<Vec<Tale>> {
    let zone = jiff::tz::TimeZone::get(cast.zone).map_err(Error::broken)?;
    let ending = format!("@{}", cast.domain);
    let here = |source: &&Source| !own || source.agents.iter().any(|(_, mail)| mail.ends_with(&ending));
    let mine: Vec<_> = sources.iter().filter(here).collect();
    let mut draw = Draw::new(11);
    let last = i64::try_from(mine.len().max(2) - 1).unwrap_or(1);
    let one = |(n, source): (usize, &&Source)| {
        // Files of one make lie together, and so would those whose recordings are not what they state.
        let place = if own || mine.len().is_multiple_of(STRIDE) { n } else { n * STRIDE % mine.len() };
        let n = i64::try_from(place).unwrap_or(0);
        let days = HISTORY_DAYS - 3;
        let day = if mine.len() < FEW { days * n * n / (last * last) } else { days * n / last };
        let midnight = midnight(start, &zone, 1 + day)?.timestamp();
        let begin = Timestamp(midnight.as_microsecond()).plus_seconds(draw.between(9 * HOUR, 16 * HOUR));
        Ok(source.moved(cast, begin, usize::try_from(n).unwrap_or(0)))
    };
    mine.iter().enumerate().map(one).collect()
}

impl Source {
    /// Itself, begun at another moment.
    fn moved(&self, cast: &Cast, begin: Timestamp, turn: usize) -> Tale {
        let mut files = self.media.clone();
        let bytes = match self.vcon.clone() {
            Some(mut vcon) => {
                shift(&mut vcon, begin);
                name_queue(&mut vcon, cast, self.medium(), turn);
                Arc::from(vcon.to_string().into_bytes())
            }
            None => Arc::clone(&self.bytes),
        };
        files.push((self.name.clone(), Material::Held(bytes)));
        Tale { due: begin.plus_seconds(HOUR), files }
    }
}

/// Brings in what is due, and remembers what the archive holds.
pub async fn bring_in(app: &App, town: &mut Town, tales: &mut Vec<Tale>, now: Timestamp) -> Result<()> {
    let (due, later): (Vec<Tale>, Vec<Tale>) = tales.drain(..).partition(|tale| tale.due.0 <= now.0);
    *tales = later;
    if due.is_empty() {
        return Ok(());
    }
    let access = machine(app, town.tenant);
    for tale in due {
        let summary = import::run(app, &access, Offer::named(tale.files), |_, _, _, _| ()).await?;
        town.brought.imported += summary.imported;
        town.brought.aside += summary.aside.len();
    }
    let grant: Grant<ViewArchive> = access.grant()?;
    let known = |every: Every| Known {
        id: every.id,
        group: every.group,
        recording: every
            .content
            .zip(every.bytes.zip(every.length_ms))
            .map(|(content, (bytes, ms))| Recording { content, bytes, ms }),
    };
    town.interactions = grant.read(&app.store, queries::every).await?.into_iter().map(known).collect();
    Ok(())
}

/// A play of so many hundredths of a recording, told when it is over.
pub fn played<'a>(
    app: &'a App,
    (secret, address): (&Arc<str>, &'a str),
    begun: Timestamp,
    (interaction, opening, recording): (InteractionId, OpeningId, Recording),
    hundredths: i64,
) -> Happening<'a> {
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let ms = recording.ms * hundredths.min(100) / 100;
    let to_byte = number(recording.bytes * hundredths.min(100) / 100);
    let sound = Sound { content: recording.content, from_byte: 0, to_byte };
    let at = begun.plus_seconds(ms / 1000 + 2);
    let n = app.store.chance().uuid(at);
    let play = Play { interaction, content: recording.content, opening };
    let span = 0..number(ms);
    Happening {
        at,
        address,
        who: Who::Session(Arc::clone(secret)),
        begins: None,
        deed: Box::new(move |access| {
            Box::pin(async move {
                let grant: Grant<OpenContent> = access.grant()?;
                let content = recording.content;
                let left = grant.quietly(&app.store, move |w| {
                    delivered(w, opening, n, sound)?;
                    heard(w, opening, n, content, span.clone())
                });
                let told = grant.apply(&app.store, ContentPlayed(play));
                let (left, told) = futures_util::future::join(left, told).await;
                left.and(told)
            })
        }),
        alone: false,
    }
}

/// Moves every absolute time of a vCon by the same span, so that its first dialogue begins at `begin`.
fn shift(vcon: &mut Value, begin: Timestamp) {
    let first = vcon.pointer("/dialog/0/start").and_then(Value::as_str).and_then(moment);
    let Some(first) = first else { return };
    move_times(vcon, begin.seconds_since(first));
}

/// A time with or without its zone; without one it is UTC, as the archive reads it.
fn moment(text: &str) -> Option<Timestamp> {
    let utc = || {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        Some(Timestamp(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond()))
    };
    text.parse::<Timestamp>().ok().or_else(utc)
}

fn move_times(value: &mut Value, by_seconds: i64) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let time = field.as_str().and_then(moment);
                match time.filter(|_| matches!(key.as_str(), "start" | "created_at" | "updated_at" | "time"))
                {
                    Some(at) => *field = Value::String(at.plus_seconds(by_seconds).to_string()),
                    None => move_times(field, by_seconds),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_times(item, by_seconds)),
        _ => {}
    }
}

/// Writes one of the customer's queues into a vCon that names none.
fn name_queue(vcon: &mut Value, cast: &Cast, medium: &str, turn: usize) {
    let named = vcon.pointer("/dialog/0/meta/queue").is_some();
    let Some(queue) = queue_for(cast, medium, turn).filter(|_| !named) else { return };
    let dialog = vcon.pointer_mut("/dialog/0").and_then(Value::as_object_mut);
    if let Some(dialog) = dialog {
        let meta = dialog.entry("meta").or_insert_with(|| json!({}));
        if let Some(meta) = meta.as_object_mut() {
            meta.insert("queue".to_owned(), json!(queue));
        }
    }
}
