//! The set of other people's vCons that lies beside the repository in development and CI. Where it is missing these
//! tests say so on standard error; `shapes` holds the same shapes in small.

use super::*;
use crate::archive::recorded_set as set;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else if entry.path().to_string_lossy().ends_with(".vcon.json") {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn interactions(folder: &Path) -> Vec<(PathBuf, Interaction)> {
    let read = |path: PathBuf| {
        let interaction = parse(&fs::read(&path).unwrap());
        (path.clone(), interaction.unwrap_or_else(|problems| panic!("{}: {problems:?}", path.display())))
    };
    files(folder).into_iter().map(read).collect()
}

/// Whether each recording of a folder has the hash that its file states.
fn fitting(folder: &Path) -> Vec<bool> {
    let check = |(path, call): (PathBuf, Interaction)| {
        let recording = call.recordings.into_iter().next().unwrap();
        let Source::Beside(name) = recording.source else {
            panic!("{}: no recording beside it", path.display())
        };
        recording.claim.unwrap().unwrap().fits(&fs::read(path.with_file_name(name)).unwrap())
    };
    interactions(folder).into_iter().map(check).collect()
}

#[test]
fn the_calls_of_may_fit_their_stated_hash() {
    let Some(calls) = set("calls-vcon") else { return };
    assert_eq!(fitting(&calls.join("2024/05")), [true; 16]);
}

#[test]
fn the_calls_of_october_and_november_do_not_fit_their_stated_hash() {
    let Some(calls) = set("calls-vcon") else { return };
    let late = [fitting(&calls.join("2024/10")), fitting(&calls.join("2024/11"))].concat();
    assert_eq!(late, [false; 8]);
}

#[test]
fn every_recorded_call_has_two_parties_and_a_transcript() {
    let Some(calls) = set("calls-vcon") else { return };
    let all = interactions(&calls);
    assert_eq!(all.len(), 24);
    for (path, call) in all {
        assert_eq!((call.medium, call.parties.len()), (Medium::Call, 2), "{}", path.display());
        assert!(call.transcript.iter().all(|line| line.speaker.is_some()), "{}", path.display());
        assert!(call.transcript.len() > 4 && call.ended > call.started, "{}", path.display());
    }
}

#[test]
fn every_recorded_chat_is_read() {
    let Some(chats) = set("chat-vcon-text") else { return };
    let all = interactions(&chats);
    let of = |medium| all.iter().filter(|(_, found)| found.medium == medium).count();
    assert_eq!((of(Medium::Chat), of(Medium::Call), of(Medium::Email)), (132, 168, 0));
    let told = |found: &Interaction| found.messages.len() + found.transcript.len() > 2;
    assert!(all.iter().all(|(_, found)| told(found)));
    let agents = |found: &Interaction| found.parties.iter().filter(|party| party.role == Role::Agent).count();
    assert!(all.iter().all(|(_, found)| agents(found) == 1));
}
