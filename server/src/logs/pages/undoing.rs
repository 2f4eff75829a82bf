//! Pages round the undo: why a change was not undone, and which changes never are.

use super::line;
use crate::logs::model::Entry;
use crate::logs::undo;
use crate::ui::facts::Section;
use crate::ui::state::{Actions, Button};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Shell, gallery};
use askama::Template;
use kernel::Error;

/// Why a change was not undone, with the ways on.
#[derive(Template)]
#[template(path = "logs/pages/undoing.html")]
pub struct UndoRefused {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

impl UndoRefused {
    /// What kept it, what came since, and the way back to `back`, an address of this portal.
    #[must_use]
    pub fn new(shell: Shell, entry: &Entry, error: &Error, back: String) -> UndoRefused {
        let t = shell.t;
        let why = match error {
            Error::Conflict(message) => t.tell(message),
            Error::Invalid(problems) => {
                problems.iter().map(|p| t.tell(&p.message)).collect::<Vec<_>>().join(" ")
            }
            _ => t.say("logs-undo-gone"),
        };
        let what = t.say_with(
            "logs-undo-what",
            &[
                ("event", line::event(&t, &entry.name).into()),
                ("about", line::subject(&t, entry).into()),
                ("at", t.minute(entry.at.to_jiff()).into()),
            ],
        );
        let since = Address::new("/logs/changes").with("subject", entry.subject);
        let ways = Actions::new(vec![
            Button::link(t.say("logs-undo-since"), since.to_string()).primary(),
            Button::link(t.say("logs-undo-back"), back),
        ]);
        let section = Section::new(why).lead(what).with(ways);
        UndoRefused {
            shell: shell.titled(t.say("logs-undo-refused")).at("/logs/access"),
            parts: vec![section.into()],
        }
    }
}

/// The changes that are never undone.
#[derive(Template)]
#[template(path = "logs/pages/undoing.html")]
pub struct Lasting {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

impl Lasting {
    /// Each with its reason, in the order of the reader's words.
    #[must_use]
    pub fn new(shell: Shell) -> Lasting {
        let t = shell.t;
        let mut all: Vec<(String, &str, String)> =
            undo::lasting().map(|(name, why)| (line::event(&t, name), name, t.say(why))).collect();
        all.sort_unstable();
        let columns = vec![
            Column::wrapped("event", t.say("logs-facet-name")),
            Column::wrapped("why", t.say("logs-lasting-why")),
        ];
        let row = |(event, name, why): (String, &str, String)| {
            let seen = Address::new("/logs/changes").with("name", name).to_string();
            Row::new(name, vec![Cell::link(&event, &seen), why.as_str().into()])
        };
        let table = Table::new("lasting", t.say("logs-lasting-title"), columns)
            .rows(all.into_iter().map(row).collect());
        let section = Section::new(t.say("logs-lasting-title")).lead(t.say("logs-lasting-lead")).with(table);
        Lasting {
            shell: shell.titled(t.say("logs-lasting-title")).at("/logs/access"),
            parts: vec![section.into()],
        }
    }
}

impl gallery::Samples for UndoRefused {
    fn samples(shell: &Shell) -> Vec<(&'static str, UndoRefused)> {
        let refused = |idx, error: &Error| {
            let entry = super::list::sample(idx);
            UndoRefused::new(shell.clone(), &entry, error, "/logs/changes?name=user.suspended".to_owned())
        };
        vec![
            ("changed-since", refused(0, &Error::conflict("users-changed-since"))),
            ("longest", refused(1, &Error::NotFound)),
            ("hostile", refused(2, &Error::NotFound)),
        ]
    }
}
gallery::page!("logs/undo-refused", UndoRefused);

impl gallery::Samples for Lasting {
    fn samples(shell: &Shell) -> Vec<(&'static str, Lasting)> {
        vec![("all", Lasting::new(shell.clone()))]
    }
}
gallery::page!("logs/lasting", Lasting);
