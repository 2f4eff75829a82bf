//! Nothing that an event can tell lacks its word: every event of the sources is walked, with its fields and details.

use super::shape::{Shape, Thing, shape};
use super::{Names, Piece, Said, Teller, word};
use crate::profiles::model::{Medium, ProfileKind, WordKind};
use crate::ui::{Language, Locale};
use crate::users::model::{GroupKind, Particulars, UserKind, UserState};
use kernel::Uuid;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn locales() -> [Locale; 2] {
    Language::ALL.map(|language| Locale::new(language, "Europe/Stockholm"))
}

/// Every source of the server but its tests, and the kernel's events.
fn sources() -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = vec![here.join("src"), here.join("../crates/kernel/src")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()) {
            if item.is_dir() {
                folders.push(item);
            } else if item.extension().is_some_and(|e| e == "rs") && !item.ends_with("tests.rs") {
                let text = std::fs::read_to_string(item).unwrap();
                texts.push(text.split("#[cfg(test)]").next().unwrap().to_owned());
            }
        }
    }
    texts
}

/// What stands in quotes after each of these beginnings.
fn quoted(text: &str, by: &str) -> Vec<String> {
    text.split(by).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The members of the events of a source that are written down: those of structs that are serialized, but what is skipped.
fn members(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split("Serialize").skip(1).filter(|part| part.contains("struct ")) {
        let Some((before, body)) = part.split_once("struct ") else { continue };
        let (name, body) = body.split_once('{').unwrap_or_default();
        let is_event = text.contains(&format!("impl Event for {} {{", name.trim()));
        if before.contains("fn ") || before.contains("impl ") || !is_event {
            continue;
        }
        let mut skipped = false;
        for line in body.lines().map(str::trim).take_while(|line| *line != "}") {
            match line.trim_start_matches("pub ").split_once(": ") {
                _ if line.starts_with("#[serde(skip)]") || line.starts_with("#[serde(flatten)]") => {
                    skipped = true
                }
                Some((member, _))
                    if !line.starts_with("//") && !line.starts_with('#') && !std::mem::take(&mut skipped) =>
                {
                    found.push(member.to_owned());
                }
                _ => {}
            }
        }
    }
    found
}

/// The events of each source, with every field and detail that the source tells. What a part of an event tells that stands
/// in a source of its own is told of no event by name.
fn told() -> Vec<(Vec<String>, BTreeSet<String>)> {
    let names = Particulars::default().fields().map(|(name, _)| name.to_owned());
    let of = |text: String| {
        let by = ["name!(\"", "name!(access \"", "name!(archive \""];
        let mut events: Vec<String> = by.iter().flat_map(|by| quoted(&text, by)).collect();
        let mut told: BTreeSet<String> = members(&text).into_iter().collect();
        for by in [
            ".changed(\"",
            "PartKind::Change, \"",
            "PartKind::Subject, \"",
            "PartKind::Change,\n            \"",
        ] {
            told.extend(quoted(&text, by));
        }
        if events.iter().any(|event| event.starts_with("user.")) {
            told.extend(names.to_vec());
        }
        events.push(String::new());
        (events, told)
    };
    sources().into_iter().map(of).filter(|(_, told)| !told.is_empty()).collect()
}

#[test]
fn every_field_and_detail_of_every_event_has_its_form_and_its_word_in_both_languages() {
    let told = told();
    let tells = |event: &str, member: &str| {
        told.iter().any(|(events, told)| events.iter().any(|e| e == event) && told.contains(member))
    };
    assert!(tells("user.moved", "group"), "{told:?}");
    assert!(tells("key.made", "until"), "{told:?}");
    let events = told.iter().map(|(events, _)| events.len() - 1).sum::<usize>();
    assert!(events > 60, "only {events} events were found: {told:?}");
    let mut lacking = BTreeSet::new();
    for (events, member) in told.iter().flat_map(|(events, told)| told.iter().map(move |one| (events, one))) {
        let shapes: Vec<Shape> = events.iter().filter_map(|event| shape(event, member)).collect();
        if shapes.is_empty() {
            lacking.insert(format!("{member} of {events:?} has no form"));
        }
        if shapes.iter().any(|shape| !matches!(shape, Shape::Unsaid | Shape::Setting)) {
            let key = format!("logs-word-field-{}", member.replace(['.', '_'], "-"));
            let lacks = locales().into_iter().filter(|t| t.known(&key).is_none());
            lacking.extend(lacks.map(|t| format!("{key} in {:?}", t.language)));
        }
    }
    let lacking: Vec<String> = lacking.into_iter().collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn every_kind_of_thing_an_entry_can_be_about_has_its_word_in_both_languages() {
    let mut kinds = BTreeSet::new();
    for text in sources() {
        kinds.extend(quoted(&text, "Subject::new(\""));
        for made in text.split(" for Subject {").skip(1) {
            kinds.extend(quoted(made, "Self::new(\"").into_iter().take(1));
        }
        for made in text.split("subjects! {").skip(1) {
            kinds.extend(quoted(made.split('}').next().unwrap(), "=> \""));
        }
    }
    for known in ["user", "group", "queue", "key", "session", "interaction", "profile", "reach", "system"] {
        assert!(kinds.contains(known), "{known} was not found: {kinds:?}");
    }
    let lacking: Vec<String> = kinds
        .iter()
        .flat_map(|kind| locales().map(|t| (kind, t)))
        .filter(|(kind, t)| word(t, "logs-word-subject", kind) == **kind)
        .map(|(kind, t)| format!("logs-word-subject-{kind} in {:?}", t.language))
        .collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn every_code_that_a_field_can_hold_has_its_word_in_both_languages() {
    let codes: Vec<(&str, &str, Vec<&str>)> = vec![
        ("user.created", "kind", UserKind::ALL.iter().map(|kind| kind.word()).collect()),
        ("user.created", "state", UserState::ALL.iter().map(|state| state.word()).collect()),
        ("group.created", "kind", GroupKind::ALL.iter().map(|kind| kind.word()).collect()),
        ("profile.created", "kind", ProfileKind::ALL.iter().map(|kind| kind.word()).collect()),
        ("word.added", "kind", WordKind::ALL.iter().map(|kind| kind.word()).collect()),
        ("queue.created", "medium", Medium::ALL.iter().map(|medium| medium.word()).collect()),
        ("aside.decided", "state", vec!["set_aside", "imported", "discarded"]),
        ("aside.opened", "purpose", vec!["download", "retry"]),
        ("content.damaged", "damage", vec!["gone", "swapped", "cut", "moved", "altered"]),
        ("content.downloaded", "kind", vec!["recording", "transcript", "chat", "attachment"]),
        ("interaction.imported", "medium", vec!["call", "chat", "email"]),
        ("interaction.imported", "direction", vec!["in", "out"]),
        ("log.exported", "format", vec!["csv", "jsonl"]),
        ("log.exported", "log", vec!["access", "change", "archive"]),
        ("setting.given", "place", vec!["system", "tenant", "group", "user"]),
        ("user.new_password_forced", "new_password", vec!["forced"]),
        ("sign-in.accepted", "password-hash", vec!["outdated", "renewed"]),
        ("password.changed", "password", vec!["changed"]),
        ("user.look_chosen", "language", vec!["sv", "en"]),
        ("user.look_chosen", "theme", vec!["system", "light", "dark"]),
    ];
    let names = Names::default();
    for t in locales() {
        let teller = Teller { t: &t, names: &names };
        for (event, member, codes) in &codes {
            let Some(Shape::Word(family)) = shape(event, member) else { panic!("{member} of {event}") };
            for code in codes {
                let keys = [format!("{family}-{code}"), format!("{family}-{}", code.replace('_', "-"))];
                assert!(keys.iter().any(|key| t.known(key).is_some()), "{keys:?} in {:?}", t.language);
                assert!(teller.said(event, member, &json!(code)).is_some());
            }
        }
    }
}

#[test]
fn a_thing_without_a_name_for_the_reader_is_its_plain_id_with_a_word_that_says_so() {
    let (known, beyond) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let names = Names::given(&[(Thing::Group, known, "Sales")]);
    let t = Locale::new(Language::En, "Europe/Stockholm");
    let teller = Teller { t: &t, names: &names };
    let said = |value| teller.said("user.moved", "group", &json!(value)).unwrap();
    let href = Some(format!("/groups/{known}"));
    assert_eq!(said(known), Said(vec![Piece::Named { name: "Sales".to_owned(), href }]));
    assert_eq!(said(beyond), Said(vec![Piece::Unnamed(beyond)]));
    assert_eq!(said(beyond).line(&t), "gone or beyond your reach");
    assert_eq!(said(beyond).written(&t), format!("gone or beyond your reach {beyond}"));
    assert!(
        teller.said("profile.created", "holder", &json!(Uuid::nil())).is_none(),
        "nobody holds a template"
    );
}

#[test]
fn times_durations_and_settings_are_said_as_people_write_them() {
    let names = Names::default();
    let t = Locale::new(Language::Sv, "Europe/Stockholm");
    let teller = Teller { t: &t, names: &names };
    let said = |event, member, value| teller.said(event, member, &value).map(|said: Said| said.line(&t));
    let at = said("user.suspended", "suspended_until", json!(1_795_442_400_000_000_i64)).unwrap();
    assert_eq!(at.replace('\u{a0}', " "), "23 nov 2026 15:00:00");
    let idle = said("setting.given", "setting:session.idle_minutes", json!({ "value": 15, "mode": "free" }));
    assert_eq!(idle.unwrap().replace('\u{a0}', " "), "15 minuter");
    let right = said("user.moved", "setting:users.view", json!({ "value": true, "mode": "free" }));
    assert_eq!(right.unwrap(), "tillåtet");
    assert_eq!(said("reach.given", "reach", json!("Norr")).unwrap(), "Norr");
    assert_eq!(
        said("reach.given", "reach", json!(Uuid::from_u128(1))),
        None,
        "the name stands among the fields"
    );
}
