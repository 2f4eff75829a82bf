//! Sources and templates against the files of sentences, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Key of each sentence (with `.attribute`) and the arguments it uses.
type Sentences = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ends));
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sentences(language: &str) -> Sentences {
    let mut all = Sentences::new();
    for file in files(&Path::new(ROOT).join("../locales").join(language), &[".ftl"]) {
        let mut key = String::new();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let starts = line.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
            if let Some((name, _)) = line.split_once('=').filter(|_| starts) {
                key = name.trim().to_owned();
                assert!(
                    all.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} stands twice ({})",
                    file.display()
                );
            }
            if line.starts_with('#') {
                continue;
            }
            for (_, rest) in line.match_indices('$').map(|(at, _)| line.split_at(at + 1)) {
                let name: String =
                    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
                all.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    all
}

/// The keys that follow `say("`, `say1("`, `say_with("`, `Message::new("` in a text, and every
/// literal that begins with `error-`, as those go through several hands before they are said.
fn said(text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in [".say(", ".say1(", ".say_with(", "Message::new("] {
        for (at, _) in text.match_indices(call) {
            let rest = text[at + call.len()..].trim_start();
            if let Some(key) = rest.strip_prefix('"').and_then(|r| r.split('"').next()).filter(|k| is_key(k))
            {
                keys.insert(key.to_owned());
            }
        }
    }
    let literals = text.split('"').filter(|part| part.starts_with("error-") && is_key(part));
    keys.extend(literals.map(str::to_owned));
    keys
}

/// Keys are words joined by hyphens; anything else in this place is the code of this very test.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.contains('-')
        && !text.ends_with('-')
        && !text.contains([' ', '\n', '[', '\\'])
}

#[test]
fn every_sentence_that_is_said_exists() {
    let known = sentences("en");
    let mut missing = Vec::new();
    let folders = ["src", "../crates/kernel/src"].map(|folder| Path::new(ROOT).join(folder));
    for file in folders.iter().flat_map(|folder| files(folder, &[".rs", ".html"])) {
        let text = std::fs::read_to_string(&file).unwrap();
        for key in said(&text) {
            if !known.contains_key(&key) {
                missing.push(format!("{key} ({})", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "said but not in locales/en: {missing:#?}");
}

#[test]
fn every_setting_and_right_has_a_name_and_an_explanation() {
    let known = sentences("en");
    let keys = kernel::setting::known().map(|s| format!("setting-{}", s.key.replace('.', "-")));
    let missing: Vec<_> =
        keys.flat_map(|key| [format!("{key}-help"), key]).filter(|key| !known.contains_key(key)).collect();
    assert!(missing.is_empty(), "settings without their sentences: {missing:#?}");
}

#[test]
fn both_languages_hold_the_same_sentences_with_the_same_arguments() {
    let (english, swedish) = (sentences("en"), sentences("sv"));
    let apart: Vec<_> =
        english.iter().filter(|(key, names)| swedish.get(*key) != Some(names)).map(|(key, _)| key).collect();
    assert!(apart.is_empty(), "missing or with other arguments in Swedish: {apart:#?}");
    let extra: Vec<_> = swedish.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(extra.is_empty(), "missing in English: {extra:#?}");
}

#[test]
fn the_reader_of_sources_finds_keys() {
    let text = "t.say(\"a-1\") {{ shell.t.say1(\n \"b-2\", \"n\", 1) }} t.say_with(\"c-3\", &[]) t.say(key)";
    assert_eq!(said(text).into_iter().collect::<Vec<_>>(), ["a-1", "b-2", "c-3"]);
}
