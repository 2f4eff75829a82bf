//! Pages of skills, queues, profiles and the customer's own words: one page with tabs, and a form for each thing.

pub mod profile;
pub mod queue;
pub mod word;

use super::events::{ManageProfiles, ViewProfiles};
use super::model::{Medium, Profile, ProfileKind, Queue, Word, WordKind};
use super::queries;
use crate::App;
use crate::front::undoing;
use crate::ui::state::{Button, Empty, Tabs};
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Html, Locale, Shell};
use crate::users::pages::sheet::{self, Sheet};
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Grant, Result};

/// What a page may be asked to say was done.
const DONE: &[&str] = &["profiles-done-added", "profiles-done-saved", "profiles-done-removed"];
/// Characters of a name.
pub const NAME_CHARACTERS: usize = 100;

/// The tabs, by their word in the address.
const TABS: &[(&str, &str)] = &[
    ("profiles", "profiles-title"),
    ("queues", "profiles-queues"),
    ("skill", "profiles-skills"),
    ("pause_reason", "profiles-pause-reasons"),
    ("category", "profiles-categories"),
    ("topic", "profiles-topics"),
];

/// `GET /profiles?show=`
pub async fn index(app: App, grant: Grant<ViewProfiles>, ask: Ask) -> Result<Response> {
    let query = ask.query();
    let shown = query.get("show").unwrap_or_default();
    let shown = TABS.iter().find(|(word, _)| *word == shown).map_or("profiles", |(word, _)| *word);
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let manages = grant.access().may::<ManageProfiles>();
    let (table, new) = match (shown, shown.parse::<WordKind>()) {
        ("queues", _) => {
            let queues = grant.read(&app.store, queries::queues).await?;
            (queues_table(&t, &queues), ("profiles-queue-new", "/profiles/queues/new".to_owned()))
        }
        (_, Ok(kind)) => {
            let (words, above) = grant
                .read(&app.store, move |r| {
                    Ok((queries::words(r, kind)?, queries::words(r, WordKind::Category)?))
                })
                .await?;
            (
                words_table(&t, &words, &above),
                ("profiles-word-new", format!("/profiles/words/new?kind={shown}")),
            )
        }
        _ => {
            let profiles = grant.read(&app.store, queries::profiles).await?;
            (profiles_table(&t, &profiles), ("profiles-new", "/profiles/new".to_owned()))
        }
    };
    let shell = sheet::done(shell, &ask, DONE).titled(t.say("profiles-title")).at("/profiles");
    let mut shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    if manages {
        shell = shell.action(Button::link(t.say(new.0), new.1).primary());
    }
    Sheet::answer(shell, vec![tabs(&t, shown), table])
}

fn tabs(t: &Locale, shown: &str) -> Html {
    let all = TABS.iter().fold(Tabs::new(t.say("profiles-title")), |tabs, (word, key)| {
        tabs.tab(t.say(key), format!("/profiles?show={word}"), *word == shown)
    });
    all.into()
}

fn empty(t: &Locale) -> Empty {
    Empty::new(t.say("profiles-none"), t.say("profiles-none-text"))
}

fn profiles_table(t: &Locale, profiles: &[Profile]) -> Html {
    let columns = vec![
        Column::long("name", t.say("profiles-name")),
        Column::new("kind", t.say("profiles-kind")),
        Column::long("holder", t.say("profiles-holder")),
        Column::number("skills", t.say("profiles-skills")),
    ];
    let row = |p: &Profile| {
        let cells = vec![
            p.name.as_str().into(),
            kind(t, p.kind).into(),
            crate::ui::table::Cell::maybe(Some(p.holder_name.as_str())),
            t.number(p.skills).into(),
        ];
        Row::new(p.id.to_string(), cells).to(format!("/profiles/{}", p.id))
    };
    let rows = profiles.iter().map(row).collect();
    Table::new("profiles", t.say("profiles-title"), columns).rows(rows).empty(empty(t)).into()
}

fn queues_table(t: &Locale, queues: &[Queue]) -> Html {
    let columns = vec![
        Column::long("name", t.say("profiles-name")),
        Column::new("medium", t.say("profiles-medium")),
        Column::long("skill", t.say("profiles-skill")),
    ];
    let row = |q: &Queue| {
        let cells = vec![q.name.as_str().into(), medium(t, q.medium).into(), q.skill_name.as_str().into()];
        Row::new(q.id.to_string(), cells).to(format!("/profiles/queues/{}", q.id))
    };
    let rows = queues.iter().map(row).collect();
    Table::new("queues", t.say("profiles-queues"), columns).rows(rows).empty(empty(t)).into()
}

fn words_table(t: &Locale, words: &[Word], above: &[Word]) -> Html {
    let mut columns = vec![Column::long("name", t.say("profiles-name"))];
    let topics = words.first().is_some_and(|w| w.kind == WordKind::Topic);
    if topics {
        columns.push(Column::long("category", t.say("profiles-category")));
    }
    let row = |w: &Word| {
        let mut cells: Vec<crate::ui::table::Cell> = vec![w.name.as_str().into()];
        if topics {
            cells.push(crate::ui::table::Cell::maybe(
                above.iter().find(|a| a.id == w.parent).map(|a| a.name.as_str()),
            ));
        }
        Row::new(w.id.to_string(), cells).to(format!("/profiles/words/{}", w.id))
    };
    let rows = words.iter().map(row).collect();
    Table::new("words", t.say("profiles-words"), columns).rows(rows).empty(empty(t)).into()
}

/// A profile's kind, said.
#[must_use]
pub fn kind(t: &Locale, kind: ProfileKind) -> String {
    t.say(match kind {
        ProfileKind::Group => "profiles-kind-group",
        ProfileKind::User => "profiles-kind-user",
        ProfileKind::Template => "profiles-kind-template",
    })
}

/// A medium, said.
#[must_use]
pub fn medium(t: &Locale, medium: Medium) -> String {
    t.say(match medium {
        Medium::Call => "profiles-medium-call",
        Medium::Chat => "profiles-medium-chat",
        Medium::Email => "profiles-medium-email",
        Medium::Task => "profiles-medium-task",
        Medium::Social => "profiles-medium-social",
    })
}

/// The frame of a form under one of the tabs.
fn frame(shell: Shell, tab: &str, title: String) -> Shell {
    let t = shell.t;
    let key = TABS.iter().find(|(word, _)| *word == tab).map_or("profiles-title", |(_, key)| *key);
    shell.titled(title).at("/profiles").under(t.say(key), format!("/profiles?show={tab}"))
}
