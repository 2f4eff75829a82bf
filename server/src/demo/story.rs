//! The calls and chats of the demo: those of a folder, or the samples in the program, moved to the first days of the history.

use super::people::{Town, machine};
use crate::App;
use crate::archive::import::{self, Offer};
use crate::archive::queries;
use crate::archive::rights::ViewArchive;
use crate::archive::samples::SAMPLES;
use kernel::{Error, Grant, Result, Timestamp};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Files of a folder that are taken; a folder with more is brought in by `import vcon`.
const MAX_FILES: usize = 5_000;
/// Folders inside folders that are looked into.
const MAX_DEPTH: usize = 8;

/// Brings in the interactions and remembers which there are.
pub async fn bring_in(app: &App, town: &mut Town, start: Timestamp, folder: Option<&Path>) -> Result<()> {
    let offer = match folder {
        Some(folder) => Offer::paths(&files(folder)?),
        None => samples(town, start),
    };
    let access = machine(app, town.tenant);
    let summary = import::run(app, &access, offer, |_, _, _, _| ()).await?;
    for (name, _) in &summary.aside {
        tracing::info!(name, "set aside");
    }
    let grant: Grant<ViewArchive> = access.grant()?;
    town.interactions = grant.read(&app.store, queries::every).await?;
    Ok(())
}

/// The vCons and media below a folder, sorted.
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

/// The samples whose agents work here, each begun in the first days of the history, with what belongs to it.
fn samples(town: &Town, start: Timestamp) -> Offer {
    let domain = format!("@{}", town.cast.domain);
    let mut moved = Vec::new();
    for (n, (name, bytes)) in SAMPLES.iter().enumerate() {
        let (Some(stem), Ok(mut vcon)) =
            (name.strip_suffix(".vcon.json"), serde_json::from_slice::<Value>(bytes))
        else {
            continue;
        };
        if !vcon.to_string().contains(&domain) {
            continue;
        }
        let begin = start.plus_seconds((i64::try_from(n).unwrap_or(0) * 7 + 9) * 3600);
        shift(&mut vcon, begin);
        moved.push((*name, vcon.to_string().into_bytes()));
        let beside = SAMPLES.iter().filter(|(other, _)| other != name && other.starts_with(stem));
        moved.extend(beside.map(|(other, bytes)| (*other, bytes.to_vec())));
    }
    let held: Vec<(&str, &[u8])> = moved.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    Offer::held(&held)
}

/// Moves every absolute time of a vCon by the same span, so that its first dialogue begins at `begin`.
fn shift(vcon: &mut Value, begin: Timestamp) {
    let first =
        vcon.pointer("/dialog/0/start").and_then(Value::as_str).and_then(|t| t.parse::<Timestamp>().ok());
    let Some(first) = first else { return };
    move_times(vcon, begin.seconds_since(first));
}

fn move_times(value: &mut Value, by_seconds: i64) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                let time = field.as_str().and_then(|text| text.parse::<Timestamp>().ok());
                match time.filter(|_| matches!(key.as_str(), "start" | "created_at" | "updated_at")) {
                    Some(at) => *field = Value::String(at.plus_seconds(by_seconds).to_string()),
                    None => move_times(field, by_seconds),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_times(item, by_seconds)),
        _ => {}
    }
}
