//! The jump box and the page it is without script: to any page, setting, user, group, queue, interaction or entry.
//!
//! - Finds only what the rights open and the reach covers; what is elsewhere is not there.
//! - Looks through a bounded number of rows of each kind, as it is asked at every key.
//! - To look is not to read: nothing is shown but the name of what one may open, and opening it is what leaves an entry.

use super::{answer, navigation, queries};
use crate::App;
use crate::archive::model::InteractionId;
use crate::profiles::queries as profiles;
use crate::ui::jump::{JumpGroup, JumpItem, JumpPage};
use crate::ui::{Address, Locale};
use crate::users::queries::{self as users, UserFilter};
use ::book::Log;
use axum::response::Response;
use kernel::door::Ask;
use kernel::facet::fold;
use kernel::policy::Person;
use kernel::setting::known;
use kernel::{Access, Error, Grant, Reader, Result};
use std::sync::Arc;

/// Characters of a jump that are read.
const JUMP_CHARACTERS: usize = 100;
/// Things of one kind that are shown.
const MOST_A_KIND: usize = 7;
/// Fewer characters than these are looked for only among pages, settings and groups.
const LEAST_CHARACTERS: usize = 2;

/// Pages below those of the navigation.
const PAGES: &[(&str, &str)] = &[
    ("/logs/access", "logs-access-title"),
    ("/logs/changes", "logs-changes-title"),
    ("/logs/archive", "logs-archive-title"),
    ("/users/new", "users-new"),
    ("/users/import", "import-title"),
    ("/groups/new", "groups-new"),
    ("/archive/import", "archive-import-title"),
    ("/archive/aside", "archive-aside-title"),
    ("/access/reach", "reach-tab-reach"),
    ("/access/keys", "reach-tab-keys"),
    ("/access/sessions", "reach-tab-sessions"),
    ("/me", "me-title"),
    ("/me/password", "password-change-title"),
    ("/api", "api-title"),
];

/// `GET /jump?q=`
pub async fn jump(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let q: String = ask.query().get("q").unwrap_or_default().chars().take(JUMP_CHARACTERS).collect();
    let wanted = fold(&q);
    let access = Arc::clone(grant.access());
    let mut groups = vec![
        (t.say("ui-jump-pages"), pages(&t, &access, &wanted)),
        (t.say("ui-nav-settings"), settings(&t, &access, &wanted)),
    ];
    if !wanted.is_empty() {
        groups.extend(grant.read(&app.store, move |r| found(r, &t, &access, &wanted)).await?);
    }
    groups.retain(|(_, items)| !items.is_empty());
    let groups = groups.into_iter().map(|(title, items)| JumpGroup { title, items }).collect();
    answer::page(&JumpPage { t, shell: shell.titled(t.say("ui-jump")), q, groups })
}

fn item(label: impl Into<String>, detail: impl Into<String>, href: impl Into<String>) -> JumpItem {
    JumpItem { label: label.into(), detail: detail.into(), href: href.into() }
}

/// What fits, the names that begin so first.
fn fitting(items: impl Iterator<Item = JumpItem>, wanted: &str) -> Vec<JumpItem> {
    let mut found: Vec<JumpItem> =
        items.filter(|one| fold(&one.label).contains(wanted) || fold(&one.detail).contains(wanted)).collect();
    found.sort_by_key(|one| !fold(&one.label).starts_with(wanted));
    found.truncate(MOST_A_KIND);
    found
}

fn pages(t: &Locale, access: &Arc<Access>, wanted: &str) -> Vec<JumpItem> {
    let column = navigation::items(t, access).into_iter();
    let column = column.flat_map(|one| {
        let below = one.under.into_iter().map(|below| item(below.label, "", below.href));
        std::iter::once(item(one.label, "", one.href)).chain(below)
    });
    if wanted.is_empty() {
        return column.collect();
    }
    let mut all: Vec<JumpItem> = column.collect();
    for (path, key) in PAGES {
        if navigation::opens(access, path) && all.iter().all(|one| one.label != t.say(key)) {
            all.push(item(t.say(key), "", *path));
        }
    }
    fitting(all.into_iter(), wanted)
}

fn settings(t: &Locale, access: &Access, wanted: &str) -> Vec<JumpItem> {
    if wanted.is_empty() || !navigation::opens(access, "/settings") {
        return Vec::new();
    }
    let href = |key: &str| {
        if navigation::opens(access, "/settings/{key}") {
            format!("/settings/{key}")
        } else {
            Address::new("/settings").with("q", key).to_string()
        }
    };
    fitting(known().map(|one| item(t.setting(one.key), one.key, href(one.key))), wanted)
}

type Groups = Vec<(String, Vec<JumpItem>)>;

/// What the database knows.
fn found(r: &mut Reader<'_>, t: &Locale, access: &Access, wanted: &str) -> Result<Groups> {
    let long = wanted.chars().count() >= LEAST_CHARACTERS;
    let mut all = Vec::new();
    if long && navigation::opens(access, "/users/{id}") {
        all.push((t.say("ui-nav-users"), people(r, wanted)?));
    }
    if navigation::opens(access, "/groups/{id}") {
        let groups = users::named_groups(r)?.into_iter();
        let groups = groups.map(|(id, name, _)| item(name, "", format!("/groups/{id}")));
        all.push((t.say("ui-nav-groups"), fitting(groups, wanted)));
    }
    if navigation::opens(access, "/profiles/queues/{id}") {
        let queues = profiles::queues(r)?.into_iter();
        let queues = queues.map(|one| item(one.name, one.skill_name, format!("/profiles/queues/{}", one.id)));
        all.push((t.say("ui-jump-queues"), fitting(queues, wanted)));
    }
    if long && navigation::opens(access, "/archive/{id}") {
        all.push((t.say("ui-nav-archive"), interactions(r, t, wanted)?));
    }
    all.push((t.say("ui-jump-entries"), entry(r, t, access, wanted)?));
    Ok(all)
}

fn people(r: &mut Reader<'_>, wanted: &str) -> Result<Vec<JumpItem>> {
    let search = Some(wanted.to_owned());
    let (found, _) = users::users(r, &UserFilter { search, most: MOST_A_KIND, ..UserFilter::default() })?;
    let one = |user: crate::users::model::User| {
        let detail = format!("{} · {}", user.particulars.user_name, user.group_name);
        item(user.particulars.name, detail, format!("/users/{}", user.id))
    };
    Ok(found.into_iter().map(one).collect())
}

fn interactions(r: &mut Reader<'_>, t: &Locale, wanted: &str) -> Result<Vec<JumpItem>> {
    let found = match wanted.parse::<InteractionId>() {
        Ok(id) => queries::interaction(r, id).map(|one| vec![one]).or_else(none)?,
        Err(_) => queries::interactions(r, wanted, i64::try_from(MOST_A_KIND).unwrap_or(i64::MAX))?,
    };
    let one = |met: queries::Met| {
        let when = t.minute(met.started.to_jiff());
        let label = if met.subject.is_empty() { when.clone() } else { met.subject };
        let detail = met.agent.map_or_else(|| when.clone(), |agent| format!("{agent} · {when}"));
        item(label, detail, format!("/archive/{}", met.id))
    };
    Ok(found.into_iter().map(one).collect())
}

/// The entry of a number, in its log, or in the book for who may read that.
fn entry(r: &mut Reader<'_>, t: &Locale, access: &Access, wanted: &str) -> Result<Vec<JumpItem>> {
    let number: String = wanted.trim_start_matches('#').chars().filter(|c| !c.is_whitespace()).collect();
    let Ok(idx) = number.parse::<u32>() else { return Ok(Vec::new()) };
    let place = match queries::entry(r, i64::from(idx)) {
        Err(error) => return none(error),
        Ok(place) => place,
    };
    let log = u8::try_from(place.log).ok().and_then(Log::from_code);
    let (path, title) = match log {
        Some(Log::Access) => ("/logs/access", "logs-access-title"),
        Some(Log::Change) => ("/logs/changes", "logs-changes-title"),
        Some(Log::Archive) => ("/logs/archive", "logs-archive-title"),
        None => return Err(Error::broken("an entry of an unknown log")),
    };
    let label = t.say1("ui-jump-entry", "n", idx);
    let when = t.minute(place.at.to_jiff());
    let mut all = Vec::new();
    if navigation::opens(access, path) {
        let detail = format!("{} · {when}", t.say(title));
        all.push(item(label.clone(), detail, format!("{path}?open={idx}")));
    }
    if navigation::opens(access, "/book/entries/{idx}") {
        let detail = format!("{} · {when}", t.say("ui-nav-book"));
        all.push(item(label, detail, format!("/book/entries/{idx}")));
    }
    Ok(all)
}

/// What is not there, or not for this reader, was not found.
fn none<T>(error: Error) -> Result<Vec<T>> {
    match error {
        Error::NotFound => Ok(Vec::new()),
        other => Err(other),
    }
}
