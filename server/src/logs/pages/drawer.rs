//! Everything an entry says, beside the list: what, who, from where, each field before and after, and its undo.

use super::line;
use super::list::Open;
use crate::logs::model::Entry;
use crate::logs::said::Teller;
use crate::logs::undoing::{Kept, Plan, Since};
use crate::ops::places::country_said;
use crate::ui::change::Diff;
use crate::ui::facts::{Drawer, Facts, Section};
use crate::ui::state::{Button, Copy};
use crate::ui::table::Cell;
use crate::ui::{Address, Html, Locale};
use ::book::Log;
use askama::Template;
use kernel::Uuid;

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

/// Where the drawer leads: only to pages that exist and that the reader may open.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways {
    actor: Option<String>,
    behalf: Option<String>,
    subject: Option<String>,
    setting: Option<String>,
    reach: Option<String>,
    sessions: Option<String>,
    ended: Option<String>,
    proof: Option<String>,
}

impl Ways {
    /// From an entry, for whom `opens` says which pages open: the page's pattern, as the table of doors has it.
    pub(super) fn of(entry: &Entry, opens: &dyn Fn(&str) -> bool) -> Ways {
        let one = |pattern: &str, id: &str| {
            (!id.is_empty() && opens(pattern)).then(|| pattern.replace("{id}", id).replace("{idx}", id))
        };
        let known = |id: Uuid| if id.is_nil() { String::new() } else { id.to_string() };
        let user = |id: Uuid| one("/users/{id}", &known(id));
        let person = if entry.actor_kind == "machine" { Uuid::nil() } else { entry.actor };
        let session = Entry::text(&entry.who, "session");
        let sessions = if session.is_empty() { None } else { one("/users/{id}/sessions", &known(person)) };
        let reach = entry.event::<Uuid>("reach").unwrap_or_default();
        Ways {
            actor: user(person),
            behalf: entry.on_behalf.and_then(user),
            subject: place(entry).and_then(|pattern| one(pattern, &known(entry.subject))),
            setting: entry.event::<String>("key").ok().and_then(|key| setting(entry, &key, opens)),
            reach: if entry.subject == reach { None } else { one("/access/reach/{id}", &known(reach)) },
            sessions: sessions.map(|page| format!("{page}#session-{session}")),
            ended: one("/logs/access", session).map(|page| format!("{page}?subject={session}")),
            proof: one("/book/entries/{idx}", &entry.idx.to_string()),
        }
    }
}

/// The page of what an entry is about, as the table of doors has it.
fn place(entry: &Entry) -> Option<&'static str> {
    Some(match entry.subject_kind.as_str() {
        "user" => "/users/{id}",
        "group" => "/groups/{id}",
        "interaction" => "/archive/{id}",
        "queue" => "/profiles/queues/{id}",
        "profile" => "/profiles/{id}",
        "word" => "/profiles/words/{id}",
        "reach" => "/access/reach/{id}",
        "key" => "/access/keys/{id}",
        "import" => "/users/import/{id}",
        _ => return None,
    })
}

/// The page of a setting where it was given.
fn setting(entry: &Entry, key: &str, opens: &dyn Fn(&str) -> bool) -> Option<String> {
    let (pattern, id) = match entry.subject_kind.as_str() {
        "user" => ("/users/{id}/settings/{key}", entry.subject.to_string()),
        "group" => ("/groups/{id}/settings/{key}", entry.subject.to_string()),
        "tenant" => ("/settings/{key}", String::new()),
        "system" => ("/system/settings/{key}", String::new()),
        _ => return None,
    };
    opens(pattern).then(|| pattern.replace("{id}", &id).replace("{key}", key))
}

fn named(label: String, place: Option<&String>) -> Html {
    match place {
        Some(href) => link(&label, href.clone()),
        None => Html::text(&label),
    }
}

/// The drawer of an entry. `here` is the list's address with the drawer open.
pub(super) fn drawer(t: &Locale, open: &Open, here: &Address) -> Drawer {
    let (Plan { entry, names, .. }, ways) = (&open.plan, &open.ways);
    let close = here.without(&["open"]).to_string();
    let mut drawer =
        Drawer::open(t, line::event(t, &entry.name), close).sub(t.when_exact(entry.at.to_jiff()));
    drawer = drawer.with(facts(t, entry, ways));
    let teller = Teller { t, names };
    let diff = changed(&teller, entry);
    if !diff.is_empty() {
        drawer = drawer.with(Section::new(t.say("logs-part-fields")).with(diff));
    }
    if let Some(said) = said(&teller, entry) {
        drawer = drawer.with(Section::new(t.say("logs-part-said")).with(said));
    }
    drawer = drawer.with(Section::new(t.say("logs-part-whence")).with(whence(t, entry, ways)));
    drawer = drawer.with(Section::new(t.say("logs-part-book")).with(in_the_book(t, entry, ways)));
    if entry.log == Log::Change {
        drawer = drawer.with(undoing(t, &open.plan, here));
    }
    drawer
}

fn facts(t: &Locale, entry: &Entry, ways: &Ways) -> Facts {
    let say = |key: &str| t.say(&format!("logs-col-{key}"));
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let behalf = entry.on_behalf.map(|_| {
        let name = Entry::text(&entry.who, "behalf");
        let name = if name.is_empty() { t.say("logs-erased") } else { name.to_owned() };
        named(name, ways.behalf.as_ref())
    });
    let key = entry.event::<String>("key").ok().map(|key| named(t.setting(&key), ways.setting.as_ref()));
    let reach = entry.field("reach").and_then(|field| {
        let side =
            [field.after, field.before].into_iter().find_map(|side| Some(side.as_str()?.to_owned()))?;
        Some(named(side, Some(ways.reach.as_ref()?)))
    });
    Facts::new()
        .fact(say("who"), named(line::actor(t, entry), ways.actor.as_ref()))
        .maybe(say("typed"), text(Entry::text(&entry.who, "typed")))
        .maybe(say("behalf"), behalf)
        .fact(kind(t, entry), named(line::subject(t, entry), ways.subject.as_ref()))
        .maybe(t.say("logs-word-field-key"), key)
        .maybe(t.say("logs-word-field-reach"), reach)
        .maybe(say("result"), text(&line::word(t, "result", entry.result())))
        .maybe(say("method"), text(&line::word(t, "method", Entry::text(&entry.who, "method"))))
        .maybe(say("reason"), text(&line::reason(t, entry)))
        .maybe(say("clock"), entry.stepped_back.then(|| t.say("logs-stepped-back")))
        .maybe(say("erased"), entry.erased().then(|| t.say("logs-erased-why")))
}

/// What kind of thing it was done to, where that has a word of its own.
fn kind(t: &Locale, entry: &Entry) -> String {
    match entry.subject_kind.as_str() {
        "" => t.say("logs-col-subject"),
        kind => line::word(t, "subject", kind),
    }
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

/// What else the event says of itself, member by member: what stands among the fields or of the actor already is left out.
fn said(teller: &Teller<'_>, entry: &Entry) -> Option<Facts> {
    let fields = entry.fields();
    let told = |member: &str| fields.iter().any(|field| field.name == member);
    let above = |member: &str, value: &serde_json::Value| entry.who.get(member) == Some(value);
    let details = entry.details().filter(|(member, value)| !told(member) && !above(member, value));
    let said: Vec<(String, Html)> = details
        .filter_map(|(member, value)| {
            Some((teller.called(member), teller.said(&entry.name, member, value)?.html(teller.t)))
        })
        .collect();
    let any = !said.is_empty();
    any.then(|| said.into_iter().fold(Facts::new(), |facts, (called, value)| facts.fact(called, value)))
}

fn whence(t: &Locale, entry: &Entry, ways: &Ways) -> Facts {
    let say = |key: &str| t.say(&format!("logs-col-{key}"));
    let mut facts = Facts::new().fact(say("way"), line::word(t, "way", Entry::text(&entry.who, "way")));
    for key in ["address", "country", "network", "browser", "system"] {
        let value = Entry::text(&entry.who, key);
        let said = if key == "country" { country_said(t, value) } else { value.to_owned() };
        facts = facts.maybe(say(key), (!value.is_empty()).then_some(said));
    }
    let sessions = ways.sessions.clone().map(|page| link(&t.say("logs-session-one"), page));
    let ended = ways.ended.clone().map(|page| link(&t.say("logs-session-log"), page));
    let both = [sessions, ended].into_iter().flatten().collect::<Vec<_>>();
    let between = both.len() > 1;
    let mut pieces = both.into_iter();
    let session = pieces.next().map(|first| {
        let gap = if between { Html::text(" · ") } else { Html::default() };
        Html::join([first, gap, pieces.next().unwrap_or_default()])
    });
    facts.maybe(say("session"), session).fact(say("request"), Copy::new(t, entry.request.to_string()))
}

fn in_the_book(t: &Locale, entry: &Entry, ways: &Ways) -> Facts {
    let proof = ways.proof.clone().map(|page| link(&t.say("logs-proof"), page));
    Facts::new()
        .fact(t.say("logs-col-index"), t.number(entry.idx.unsigned_abs()))
        .maybe(t.say("logs-col-proof"), proof)
        .fact(t.say("logs-col-name"), Cell::code(&format!("{} v{}", entry.name, entry.version)).html())
}

fn undoing(t: &Locale, plan: &Plan, here: &Address) -> Section {
    let section = Section::new(t.say("logs-part-undo"));
    let back = here.without(&["done"]).to_string();
    match &plan.kept {
        None => {
            let page = Address::new(format!("/logs/changes/{}/undo", plan.entry.idx)).with("back", back);
            section.lead(t.say("logs-undo-lead")).with(Button::link(t.say("ui-undo"), page.to_string()))
        }
        Some(Kept::Never(why)) => {
            let all = link(&t.say("logs-lasting-title"), "/logs/changes/lasting".to_owned());
            section.lead(t.say(why)).with(all)
        }
        Some(Kept::Since(since)) => {
            section.lead(t.say("logs-undo-since-lead")).with(since_list(t, plan, since))
        }
        Some(kept) => section.lead(t.say(kept.sentence())),
    }
}

/// Each field that was changed since, and the entry that did it.
fn since_list(t: &Locale, plan: &Plan, since: &[Since]) -> Facts {
    let teller = Teller { t, names: &plan.names };
    since.iter().fold(Facts::new(), |facts, one| {
        let field = match one.field.as_str() {
            "" => t.say("logs-undo-since-whole"),
            field => teller.called(field),
        };
        let event = link(&line::event(t, &one.event), format!("/logs/changes?open={}", one.idx));
        let when = Html::text(&format!(", {}", t.minute(one.at.to_jiff())));
        facts.fact(field, Html::join([event, when]))
    })
}
