//! Pages round the undo: why a change was not undone, and which changes never are.

use super::line;
use crate::logs::model::Field;
use crate::logs::said::Teller;
use crate::logs::undo;
use crate::logs::undoing::{Kept, Plan, Since};
use crate::ui::change::Diff;
use crate::ui::error::said;
use crate::ui::facts::Section;
use crate::ui::state::{Actions, Button, Weight};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Address, Html, Locale, Shell, gallery};
use askama::Template;
use kernel::Error;

/// The button that does it, and the way back; it leads back to where one stood.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ action }}" class="actions"><input type="hidden" name="back" value="{{ back }}">{{ button }}{{ cancel }}</form>"#,
    ext = "html"
)]
struct DoIt {
    action: String,
    back: String,
    button: Button,
    cancel: Button,
}

/// A page round the undo.
#[derive(Template)]
#[template(path = "logs/pages/undoing.html")]
pub struct UndoPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

impl UndoPage {
    fn of(shell: Shell, title: &str, parts: Vec<Html>) -> UndoPage {
        let (title, log) = (shell.t.say(title), shell.t.say("logs-changes-title"));
        UndoPage { shell: shell.titled(title).at("/logs/access").under(log, "/logs/changes"), parts }
    }

    /// What undoing a change would do, with the button that does it; or what keeps it from being undone.
    #[must_use]
    pub fn asked(shell: Shell, plan: &Plan, back: String) -> UndoPage {
        let t = shell.t;
        if let Some(kept) = &plan.kept {
            let why = Section::new(t.say(kept.sentence())).lead(what(&t, plan)).with(ways(&t, plan, back));
            return UndoPage::of(shell, "logs-undo-impossible", with_since(&t, plan, why));
        }
        let teller = Teller { t: &t, names: &plan.names };
        let own = format!("logs-undo-does-{}", plan.entry.name.replace(['.', '_'], "-"));
        let diff = diff(&teller, plan, plan.back(), true);
        let mut lead = Section::new(t.say("logs-undo-back-title")).lead(what(&t, plan));
        if let Some(own) = t.known(&own) {
            lead = lead.text(own);
        }
        let mut parts: Vec<Html> = vec![if diff.is_empty() { lead } else { lead.with(diff) }.into()];
        let stays = diff_of_what_stays(&teller, plan);
        if !stays.is_empty() {
            let section = Section::new(t.say("logs-undo-stays")).lead(t.say("logs-undo-stays-lead"));
            parts.push(section.with(stays).into());
        }
        parts.extend(plan.affected.shown(&t).map(Html::from));
        parts.push(Html::of(&DoIt {
            action: format!("/logs/changes/{}/undo", plan.entry.idx),
            back: back.clone(),
            button: Button::submit(t.say("ui-undo"), Weight::Primary),
            cancel: Button::link(t.say("ui-cancel"), back),
        }));
        UndoPage::of(shell, "logs-undo-title", parts)
    }

    /// Why a change was not undone: what kept it, what came since, and the way back to `back`, an address of this portal.
    #[must_use]
    pub fn refused(shell: Shell, plan: &Plan, error: &Error, back: String) -> UndoPage {
        let t = shell.t;
        let why = said(&t, error).unwrap_or_else(|| t.say("logs-undo-gone"));
        let lead = format!("{} {}", what(&t, plan), t.say("logs-undo-nothing"));
        let section = Section::new(why).lead(lead).with(ways(&t, plan, back));
        UndoPage::of(shell, "logs-undo-refused", with_since(&t, plan, section))
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
        let section = Section::untitled().lead(t.say("logs-lasting-lead")).with(table);
        UndoPage::of(shell, "logs-lasting-title", vec![section.into()])
    }
}

/// Which change it is: `User suspended: Anna, 23 nov 2026 14:05.`
fn what(t: &Locale, plan: &Plan) -> String {
    let said = [
        ("event", line::event(t, &plan.entry.name).into()),
        ("about", line::subject(t, &plan.entry).into()),
        ("at", t.minute(plan.entry.at.to_jiff()).into()),
        ("by", line::actor(t, &plan.entry).into()),
    ];
    t.say_with("logs-undo-what", &said)
}

fn ways(t: &Locale, plan: &Plan, back: String) -> Actions {
    let since = Address::new("/logs/changes").with("subject", plan.entry.subject);
    Actions::new(vec![
        Button::link(t.say("logs-undo-since"), since.to_string()).primary(),
        Button::link(t.say("logs-undo-back"), back),
    ])
}

/// Fields from -> to: turned round, from what was made to what it was.
fn diff(teller: &Teller<'_>, plan: &Plan, fields: Vec<Field>, round: bool) -> Diff {
    fields.iter().fold(Diff::new(teller.t), |diff, field| {
        let side = |value| teller.said(&plan.entry.name, &field.name, value).map(|said| said.html(teller.t));
        let (from, to) = match round {
            true => (side(&field.after), side(&field.before)),
            false => (side(&field.before), side(&field.after)),
        };
        if from.is_none() && to.is_none() { diff } else { diff.said(teller.called(&field.name), from, to) }
    })
}

fn diff_of_what_stays(teller: &Teller<'_>, plan: &Plan) -> Diff {
    diff(teller, plan, plan.stays(), false)
}

/// The page's parts, and below them each field that was changed since, by which entry.
fn with_since(t: &Locale, plan: &Plan, section: Section) -> Vec<Html> {
    let mut parts: Vec<Html> = vec![section.into()];
    if let Some(Kept::Since(since)) = &plan.kept {
        parts.push(since_table(t, plan, since).into());
    }
    parts
}

/// What was changed since, a line for each field; the entry that did it is the link.
pub(super) fn since_table(t: &Locale, plan: &Plan, since: &[Since]) -> Table {
    let teller = Teller { t, names: &plan.names };
    let columns = vec![
        Column::wrapped("field", t.say("ui-diff-field")),
        Column::wrapped("event", t.say("logs-undo-since-by")),
        Column::tight("at", t.say("logs-col-at")),
        Column::new("who", t.say("logs-col-who")),
    ];
    let row = |one: &Since| {
        let field = match one.field.as_str() {
            "" => t.say("logs-undo-since-whole"),
            field => teller.called(field),
        };
        let event = Cell::link(&line::event(t, &one.event), &format!("/logs/changes?open={}", one.idx));
        let by = Cell::maybe(Some(one.by.as_str()));
        Row::new(
            format!("{}-{}", one.idx, one.field),
            vec![field.as_str().into(), event, t.when(one.at).into(), by],
        )
    };
    Table::new("since", t.say("logs-undo-since"), columns).rows(since.iter().map(row).collect())
}

impl gallery::Samples for UndoPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, UndoPage)> {
        super::list::undo_samples(shell)
    }
}
gallery::page!("logs/undo", UndoPage);
