//! Pages round the undo: why a change was not undone, and which changes never are.

use super::line;
use crate::logs::model::Entry;
use crate::logs::undo;
use crate::ui::error::said;
use crate::ui::facts::Section;
use crate::ui::state::{Actions, Button};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Shell, gallery};
use askama::Template;
use kernel::Error;

/// A page round the undo.
#[derive(Template)]
#[template(path = "logs/pages/undoing.html")]
pub struct UndoPage {
    /// The frame.
    pub shell: Shell,
    section: Html,
}

impl UndoPage {
    fn of(shell: Shell, title: &str, section: Section) -> UndoPage {
        let title = shell.t.say(title);
        UndoPage { shell: shell.titled(title).at("/logs/access"), section: section.into() }
    }

    /// Why a change was not undone: what kept it, what came since, and the way back to `back`, an address of this portal.
    #[must_use]
    pub fn refused(shell: Shell, entry: &Entry, error: &Error, back: String) -> UndoPage {
        let t = shell.t;
        let why = said(&t, error).unwrap_or_else(|| t.say("logs-undo-gone"));
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
        UndoPage::of(shell, "logs-undo-refused", section)
    }

    /// The changes that are never undone, each with its reason, in the order of the reader's words.
    #[must_use]
    pub fn lasting(shell: Shell) -> UndoPage {
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
        UndoPage::of(shell, "logs-lasting-title", section)
    }
}

impl gallery::Samples for UndoPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, UndoPage)> {
        let refused = |idx, error: &Error| {
            let entry = super::list::sample(idx);
            UndoPage::refused(shell.clone(), &entry, error, "/logs/changes?name=user.suspended".to_owned())
        };
        vec![
            ("changed-since", refused(0, &Error::conflict("users-changed-since"))),
            ("longest", refused(1, &Error::NotFound)),
            ("hostile", refused(2, &Error::NotFound)),
            ("lasting", UndoPage::lasting(shell.clone())),
        ]
    }
}
gallery::page!("logs/undo", UndoPage);
