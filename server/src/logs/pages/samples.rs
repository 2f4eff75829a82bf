//! Sample entries: ordinary ones, hostile ones, none.

use super::super::drawer::Ways;
use super::super::undoing::UndoPage;
use super::{Facts, Known, LogPage, Open, telling};
use crate::logs::counting::{Bar, Counted, Stretch};
use crate::logs::listing::{Listed, Wanted};
use crate::logs::model::Entry;
use crate::logs::said::Names;
use crate::logs::undoing::{Affected, Kept, Plan, Since};
use crate::logs::{Kind, ReadAccessLog, ReadArchiveLog, ReadChangeLog};
use crate::ui::{Address, Shell};
use ::book::Log;
use kernel::{Error, Timestamp, Uuid};
use serde_json::{Map, Value, json};

const AT: Timestamp = Timestamp(1_795_442_400_000_000);

pub(super) fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn entry(idx: i64, log: Log, name: &str, who: Value, about: Value, change: Value) -> Entry {
    Entry {
        idx,
        at: AT.plus_seconds(idx * 61),
        log,
        name: name.to_owned(),
        version: 1,
        actor_kind: "user".to_owned(),
        actor: Uuid::from_u128(7),
        on_behalf: None,
        subject_kind: "user".to_owned(),
        subject: Uuid::from_u128(9),
        group: None,
        queue: None,
        request: Uuid::from_u128(11),
        stepped_back: idx == 3,
        who: object(who),
        about: object(about),
        change: object(change),
        reason: Map::new(),
    }
}

fn from(name: &str) -> Value {
    json!({ "name": name, "way": "web", "address": "192.0.2.17", "country": "SE", "network": "Exempelnät AB",
        "browser": "Firefox 145", "system": "Windows 11", "method": "password", "result": "accepted", "session": "x" })
}

fn entries(log: Log, name: &str) -> Vec<Entry> {
    let long = "Maximiliana ".repeat(16);
    let hostile = "<script>alert(1)</script>\u{202e}\r\n=cmd|' /C calc'!A0";
    let fields = json!({ "fields": [
        { "field": "state", "before": "active", "after": "suspended" },
        { "field": "until", "before": null, "after": "2026-12-01" } ], "event": { "until": "2026-12-01" } });
    vec![
        entry(5, log, name, from("Anna Karlsson"), json!({ "name": "Bertil Åström" }), fields.clone()),
        entry(4, log, name, from(&long), json!({ "name": long }), json!({})),
        entry(
            3,
            log,
            name,
            from(hostile),
            json!({ "name": hostile }),
            json!({ "fields": [
            { "field": "name", "before": hostile, "after": "x" }] }),
        ),
        entry(2, log, "something.unknown", json!({}), json!({}), json!({})),
    ]
}

/// One of the change log's sample entries: an ordinary one, a long one, a hostile one.
fn sample(at: usize) -> Entry {
    entries(Log::Change, "user.suspended").swap_remove(at)
}

fn facts(log: Log, path: &str, name: &str, open: Option<i64>) -> Facts {
    let all = entries(log, name);
    let bars = (0..48).map(|n| Bar {
        stretch: Stretch {
            since: AT.plus_seconds(n * 12_600),
            until: AT.plus_seconds((n + 1) * 12_600),
            chosen: open.is_some() && (12..36).contains(&n),
        },
        all: (n * 7) % 23,
        bad: (n * 7) % 23 / 9,
        known: open.is_none() || n >= 9,
    });
    let counts = Counted { bars: bars.collect(), loose: open == Some(3) };
    let here = Address::new(path);
    Facts {
        wanted: Wanted::all(log),
        here: open.map_or(here.clone(), |idx| here.with("open", idx)),
        open: open
            .and_then(|idx| all.iter().find(|entry| entry.idx == idx).cloned())
            .map(|entry| opened(entry, Names::default(), (open != Some(5)).then_some(Kept::LacksRight))),
        listed: Listed { entries: all, older: Some(2), cut: true, names: Names::default() },
        counts,
        behind: 0,
        size: 0,
        tabs: vec![
            ("/logs/access", "logs-access-title"),
            ("/logs/changes", "logs-changes-title"),
            ("/logs/archive", "logs-archive-title"),
        ],
        known: Known {
            groups: vec![
                (Uuid::from_u128(21), "Skador bil".to_owned()),
                (Uuid::from_u128(22), "Maximiliana ".repeat(16)),
            ],
            queues: vec![(Uuid::from_u128(31), "Växel".to_owned())],
            ..Known::default()
        },
        exports: true,
    }
}

fn opened(entry: Entry, names: Names, kept: Option<Kept>) -> Open {
    let ways = Ways::of(&entry, &|_| true);
    Open { plan: Plan { entry, names, kept, affected: Affected::Unsaid }, ways }
}

fn opened_with(entry: Entry, kept: Option<Kept>) -> Open {
    opened(entry, telling::names(), kept)
}

/// The pages round the undo: what it would do, what keeps it, and why it was refused.
pub(in crate::logs::pages) fn undo_samples(shell: &Shell) -> Vec<(&'static str, UndoPage)> {
    let back = || "/logs/changes?name=user.suspended".to_owned();
    let told = telling::entries(&sample(0));
    let plan = |entry: Entry, kept, affected| Plan { entry, names: telling::names(), kept, affected };
    let of = |name: &str| told.iter().find(|entry| entry.name == name).cloned().unwrap_or_else(|| sample(0));
    let since = |field: &str, event: &str| Since {
        field: field.to_owned(),
        idx: 41,
        event: event.to_owned(),
        at: AT.plus_seconds(3600),
        by: "Maximiliana ".repeat(16),
    };
    let kept = Kept::Since(vec![since("state", "user.deactivated"), since("", "key.ended")]);
    let asked =
        |name: &str, affected| UndoPage::asked(shell.clone(), &plan(of(name), None, affected), back());
    let refused = |at, kept, error: &Error| {
        UndoPage::refused(shell.clone(), &plan(sample(at), kept, Affected::Unsaid), error, back())
    };
    vec![
        ("asked", asked("user.suspended", Affected::User("Bertil Åström".to_owned()))),
        ("asked-of-reach", asked("reach.changed", Affected::Holders(12))),
        ("asked-of-a-group", asked("reach.given", Affected::Group("Försäljning".to_owned(), 214))),
        ("asked-of-a-profile", asked("profile.edited", Affected::Nobody)),
        (
            "impossible",
            UndoPage::asked(shell.clone(), &plan(sample(0), Some(kept.clone()), Affected::Unsaid), back()),
        ),
        (
            "beyond-reach",
            UndoPage::asked(
                shell.clone(),
                &plan(sample(1), Some(Kept::BeyondReach), Affected::Unsaid),
                back(),
            ),
        ),
        ("changed-since", refused(0, Some(kept), &Error::conflict("users-changed-since"))),
        ("longest", refused(1, None, &Error::NotFound)),
        ("hostile", refused(2, None, &Error::NotFound)),
        ("lasting", UndoPage::lasting(shell.clone())),
    ]
}

/// The change log of real changes, with one of them in the drawer.
fn told(open: usize) -> Facts {
    let like = sample(0);
    let entries = telling::entries(&like);
    let mut facts = facts(Log::Change, ReadChangeLog::PATH, "user.moved", None);
    let opened = entries.get(open).cloned();
    facts.here = facts.here.with("open", opened.as_ref().map_or(0, |entry| entry.idx));
    let since = Since {
        field: "skills".to_owned(),
        idx: 40,
        event: "profile.edited".to_owned(),
        at: AT.plus_seconds(3600),
        by: "Åsa Lindqvist-Österberg".to_owned(),
    };
    facts.open = opened.map(|entry| {
        let kept = match entry.name.as_str() {
            "part.erased" => Some(Kept::Never("undo-never-erased")),
            "profile.edited" => Some(Kept::Since(vec![since])),
            _ => None,
        };
        opened_with(entry, kept)
    });
    facts.listed = Listed { entries, older: None, cut: false, names: telling::names() };
    facts
}

/// What the samples that tell real changes are called, in the order of the changes.
const TOLD: [&str; 15] = [
    "moved",
    "moved-from-beyond",
    "suspended",
    "created",
    "reach-defined",
    "reach-changed",
    "reach-given",
    "profile-edited",
    "profile-created",
    "queue-edited",
    "setting-given",
    "word-added",
    "key-ended",
    "restored",
    "erased",
];

pub(super) fn all(shell: &Shell) -> Vec<(&'static str, LogPage)> {
    let page = |facts| LogPage::new::<ReadAccessLog>(shell.clone(), facts);
    let empty = Facts {
        listed: Listed::default(),
        ..facts(Log::Access, ReadAccessLog::PATH, "sign-in.accepted", None)
    };
    let changes = |open| LogPage::new::<ReadChangeLog>(shell.clone(), told(open));
    let mut all = vec![
        ("access", page(facts(Log::Access, ReadAccessLog::PATH, "sign-in.accepted", None))),
        ("empty", page(empty)),
        (
            "change-open",
            LogPage::new::<ReadChangeLog>(
                shell.clone(),
                facts(Log::Change, ReadChangeLog::PATH, "user.suspended", Some(5)),
            ),
        ),
        (
            "hostile-open",
            LogPage::new::<ReadChangeLog>(
                shell.clone(),
                facts(Log::Change, ReadChangeLog::PATH, "user.suspended", Some(3)),
            ),
        ),
        (
            "archive",
            LogPage::new::<ReadArchiveLog>(
                shell.clone(),
                facts(Log::Archive, ReadArchiveLog::PATH, "interaction.opened", None),
            ),
        ),
    ];
    all.extend(TOLD.into_iter().enumerate().map(|(at, name)| (name, changes(at))));
    all
}
