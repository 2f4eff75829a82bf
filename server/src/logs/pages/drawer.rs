//! Everything an entry says, beside the list: what, who, from where, each field before and after, and its undo.

use super::line;
use crate::logs::model::Entry;
use crate::logs::said::{Names, Teller};
use crate::logs::undo::{self, How};
use crate::ops::places::country_said;
use crate::ui::change::Diff;
use crate::ui::facts::{Drawer, Facts, Section};
use crate::ui::state::{Button, Copy, Weight};
use crate::ui::table::Cell;
use crate::ui::{Address, Html, Locale};
use ::book::Log;
use askama::Template;
use kernel::Uuid;

/// A form with one button, that leads back to the list as it stands.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ action }}"><input type="hidden" name="back" value="{{ back }}">{{ button }}</form>"#,
    ext = "html"
)]
struct OneButton {
    action: String,
    back: String,
    button: Button,
}

/// A link as a part.
#[derive(Template)]
#[template(source = r#"<a href="{{ href }}">{{ label }}</a>"#, ext = "html")]
struct Link {
    href: String,
    label: String,
}

fn link(label: &str, href: String) -> Html {
    Html::of(&Link { href, label: label.to_owned() })
}

/// The page of a thing, where it has one.
fn place(kind: &str, id: Uuid) -> Option<String> {
    let folder = match kind {
        "user" => "users",
        "group" => "groups",
        "interaction" => "archive",
        _ => return None,
    };
    (!id.is_nil()).then(|| format!("/{folder}/{id}"))
}

fn named(label: String, place: Option<String>) -> Html {
    match place {
        Some(href) => link(&label, href),
        None => Html::text(&label),
    }
}

/// The drawer of an entry. `here` is the list's address with the drawer open; `may` whether the reader may undo it.
pub(super) fn drawer(t: &Locale, entry: &Entry, names: &Names, here: &Address, may: bool) -> Drawer {
    let close = here.without(&["open"]).to_string();
    let mut drawer =
        Drawer::open(t, line::event(t, &entry.name), close).sub(t.when_exact(entry.at.to_jiff()));
    drawer = drawer.with(facts(t, entry));
    let teller = Teller { t, names };
    let diff = changed(&teller, entry);
    if !diff.is_empty() {
        drawer = drawer.with(Section::new(t.say("logs-part-fields")).with(diff));
    }
    if let Some(said) = said(&teller, entry) {
        drawer = drawer.with(Section::new(t.say("logs-part-said")).with(said));
    }
    drawer = drawer.with(Section::new(t.say("logs-part-whence")).with(whence(t, entry)));
    drawer = drawer.with(Section::new(t.say("logs-part-book")).with(in_the_book(t, entry)));
    if entry.log == Log::Change {
        drawer = drawer.with(undoing(t, entry, here, may));
    }
    drawer
}

fn facts(t: &Locale, entry: &Entry) -> Facts {
    let say = |key: &str| t.say(&format!("logs-col-{key}"));
    let actor = (entry.actor_kind != "machine").then(|| place("user", entry.actor)).flatten();
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    Facts::new()
        .fact(say("who"), named(line::actor(t, entry), actor))
        .maybe(say("typed"), text(Entry::text(&entry.who, "typed")))
        .maybe(
            say("behalf"),
            entry.on_behalf.map(|id| {
                let name = Entry::text(&entry.who, "behalf");
                let name = if name.is_empty() { t.say("logs-word-subject-user") } else { name.to_owned() };
                link(&name, format!("/users/{id}"))
            }),
        )
        .fact(say("subject"), named(line::subject(t, entry), place(&entry.subject_kind, entry.subject)))
        .maybe(say("result"), text(&line::word(t, "result", Entry::text(&entry.who, "result"))))
        .maybe(say("method"), text(&line::word(t, "method", Entry::text(&entry.who, "method"))))
        .maybe(say("reason"), text(&line::reason(t, entry)))
        .maybe(say("clock"), entry.stepped_back.then(|| t.say("logs-stepped-back")))
        .maybe(say("erased"), entry.erased().then(|| t.say("logs-erased-why")))
}

/// Each field before and after.
fn changed(teller: &Teller<'_>, entry: &Entry) -> Diff {
    entry.fields().iter().fold(Diff::new(teller.t), |diff, field| {
        let side = |value| teller.said(&entry.name, &field.name, value).map(|said| said.html(teller.t));
        match (side(&field.before), side(&field.after)) {
            (None, None) => diff,
            (before, after) => diff.said(teller.called(&field.name), before, after),
        }
    })
}

/// What else the event says of itself, member by member: what stands among the fields already is left out.
fn said(teller: &Teller<'_>, entry: &Entry) -> Option<Facts> {
    let fields = entry.fields();
    let told = |member: &str| fields.iter().any(|field| field.name == member);
    let details = entry.details().filter(|(member, _)| !told(member));
    let said: Vec<(String, Html)> = details
        .filter_map(|(member, value)| {
            Some((teller.called(member), teller.said(&entry.name, member, value)?.html(teller.t)))
        })
        .collect();
    let any = !said.is_empty();
    any.then(|| said.into_iter().fold(Facts::new(), |facts, (called, value)| facts.fact(called, value)))
}

fn whence(t: &Locale, entry: &Entry) -> Facts {
    let say = |key: &str| t.say(&format!("logs-col-{key}"));
    let mut facts = Facts::new().fact(say("way"), line::word(t, "way", Entry::text(&entry.who, "way")));
    for key in ["address", "country", "network", "browser", "system"] {
        let value = Entry::text(&entry.who, key);
        let said = if key == "country" { country_said(t, value) } else { value.to_owned() };
        facts = facts.maybe(say(key), (!value.is_empty()).then_some(said));
    }
    let session = Entry::text(&entry.who, "session");
    let sessions = format!("/users/{}/sessions", entry.actor);
    facts
        .maybe(say("session"), (!session.is_empty()).then(|| link(&t.say("logs-session-of"), sessions)))
        .fact(say("request"), Copy::new(t, entry.request.to_string()))
}

fn in_the_book(t: &Locale, entry: &Entry) -> Facts {
    Facts::new()
        .fact(
            t.say("logs-col-index"),
            link(&t.number(entry.idx.unsigned_abs()), format!("/book/entries/{}", entry.idx)),
        )
        .fact(t.say("logs-col-name"), Cell::code(&format!("{} v{}", entry.name, entry.version)).html())
}

fn undoing(t: &Locale, entry: &Entry, here: &Address, may: bool) -> Section {
    let section = Section::new(t.say("logs-part-undo"));
    match undo::how(&entry.name) {
        Some(How::By { .. }) if entry.erased() => section.lead(t.say("undo-unreadable")),
        Some(How::By { .. }) if !may => section.lead(t.say("logs-undo-lacks")),
        Some(How::By { .. }) => section.lead(t.say("logs-undo-lead")).with(Html::of(&OneButton {
            action: format!("/logs/changes/{}/undo", entry.idx),
            back: here.without(&["done"]).to_string(),
            button: Button::submit(t.say("ui-undo"), Weight::Quiet),
        })),
        Some(How::Never(why)) => {
            let all = link(&t.say("logs-lasting-title"), "/logs/changes/lasting".to_owned());
            section.lead(t.say(why)).with(all)
        }
        None => section.lead(t.say("undo-unknown")),
    }
}
