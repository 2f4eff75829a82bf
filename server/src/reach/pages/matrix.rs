//! The rights of every group in one table, and for one right everybody who has it.

use crate::App;
use crate::front::{answer, navigation};
use crate::reach::events::ViewAccess;
use crate::reach::queries;
use crate::settings::wording;
use crate::ui::facts::Section;
use crate::ui::state::{Badge, Empty, Tabs, Tone};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Html, Locale, Shell, gallery};
use askama::Template;
use axum::response::Response;
use kernel::door::Ask;
use kernel::facet::fold;
use kernel::policy::{self, Policy};
use kernel::setting::{Level, Setting, find, known};
use kernel::{Access, Error, Grant, GroupId, Reader, Result, UserId};

/// The table of rights, or those who have one.
#[derive(Template)]
#[template(path = "reach/pages/page.html")]
pub struct AccessPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

/// The tabs of the access pages, as far as they open for the person.
#[must_use]
pub fn tabs(t: &Locale, access: &Access, current: &str) -> Tabs {
    let all = [
        ("reach-tab-rights", "/access"),
        ("reach-tab-reach", "/access/reach"),
        ("reach-tab-keys", "/access/keys"),
        ("reach-tab-sessions", "/access/sessions"),
    ];
    let open = all.into_iter().filter(|(_, href)| navigation::opens(access, href));
    open.fold(Tabs::new(t.say("ui-nav-access")), |tabs, (key, href)| {
        tabs.tab(t.say(key), href, href == current)
    })
}

/// A group with what follows from the settings for its users.
pub struct GroupPolicy {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// What follows from the settings for its users.
    pub policy: Policy,
}

impl GroupPolicy {
    /// The level that allows the group's users a right; none where they do not have it.
    #[must_use]
    pub fn allowed_at(&self, right: &Setting) -> Option<Option<Level>> {
        let decided = || self.policy.chain(right.key).and_then(|c| c.decided_by()).and_then(|l| l.level);
        self.policy.holds(right.key).then(decided)
    }
}

/// Groups that stand beside each other in the table.
const GROUPS_AT_MOST: usize = 50;

impl AccessPage {
    /// Every right against every group.
    #[must_use]
    pub fn matrix(shell: Shell, tabs: Tabs, groups: &[GroupPolicy]) -> AccessPage {
        let t = shell.t;
        let mut columns = vec![Column::new("right", t.say("reach-right"))];
        columns.extend(groups.iter().take(GROUPS_AT_MOST).map(|g| Column::tight("group", g.name.clone())));
        let mut rights: Vec<&Setting> = known().filter(|s| s.is_right()).collect();
        rights.sort_by_key(|s| (wording::area(&t, s.area), fold(&t.setting(s.key))));
        let row = |right: &&Setting| {
            let mut cells: Vec<Cell> = vec![t.setting(right.key).as_str().into()];
            cells.extend(groups.iter().take(GROUPS_AT_MOST).map(|g| cell(&t, g, right)));
            Row::new(right.key, cells).to(format!("/access/rights/{}", right.key))
        };
        let table = Table::new("rights", t.say("reach-matrix"), columns)
            .rows(rights.iter().map(row).collect())
            .wide();
        let lead = Section::new(t.say("reach-matrix")).lead(t.say("reach-matrix-lead")).with(table);
        let shell = shell.titled(t.say("ui-nav-access")).at("/access");
        AccessPage { parts: vec![tabs.into(), lead.into()], shell }
    }
    /// Everybody within reach who has a right.
    #[must_use]
    pub fn holders(shell: Shell, right: &Setting, held: &Held) -> AccessPage {
        let t = shell.t;
        let columns = vec![
            Column::new("user", t.say("reach-user")),
            Column::new("group", t.say("settings-level-group")),
            Column::new("from", t.say("reach-decided")),
        ];
        let row = |h: &Holding| {
            let from = wording::level(&t, h.level);
            let cells = vec![h.name.as_str().into(), h.group_name.as_str().into(), from.as_str().into()];
            Row::new(h.user.to_string(), cells).to(format!("/users/{}/why/{}", h.user, right.key))
        };
        let table = Table::new("holders", t.say("reach-holders"), columns)
            .rows(held.holders.iter().map(row).collect())
            .empty(Empty::new(t.say("reach-holders-none"), t.say("reach-holders-none-text")));
        let mut section = Section::new(t.say1("reach-holders-count", "n", held.holders.len()))
            .lead(t.setting_help(right.key));
        if held.extent == Extent::Cut {
            section = section.text(t.say1("reach-holders-cut", "n", HOLDERS_AT_MOST));
        }
        let section = section.with(table);
        let shell = shell.under(t.say("ui-nav-access"), "/access").titled(t.setting(right.key)).at("/access");
        AccessPage { shell, parts: vec![section.into()] }
    }
}

fn cell(t: &Locale, group: &GroupPolicy, right: &Setting) -> Cell {
    let Some(level) = group.allowed_at(right) else { return Cell::none() };
    let word = match level {
        Some(Level::Group) => t.say("settings-allowed"),
        other => t.say1("reach-allowed-from", "level", wording::level(t, other)),
    };
    Html::from(Badge::new(Tone::Ok, word)).into()
}

/// A user who has a right, and the level that decided it.
pub struct Holding {
    /// The user.
    pub user: UserId,
    /// The user's name.
    pub name: String,
    /// The user's group.
    pub group: GroupId,
    /// Its name.
    pub group_name: String,
    /// The level that decided; none for the product itself.
    pub level: Option<Level>,
}

/// Whether everybody was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everybody within reach.
    Whole,
    /// A group has more users than were looked at.
    Cut,
}

/// Who has a right.
pub struct Held {
    /// Group by group, by name.
    pub holders: Vec<Holding>,
    /// Whether these are all.
    pub extent: Extent,
}

/// Users of one group that a list of holders looks at; where there are more, it says so.
const HOLDERS_AT_MOST: i64 = 2000;

/// The groups within reach, by name, each with what follows from the settings for its users.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn policies(app: &App, grant: &Grant<ViewAccess>) -> Result<Vec<GroupPolicy>> {
    let read = |r: &mut Reader<'_>| {
        let mut out = Vec::new();
        for (id, name) in queries::groups_in_reach(r)? {
            out.push(GroupPolicy { id, name, policy: Policy::read(r, None, Some(id))? });
        }
        Ok(out)
    };
    grant.read(&app.store, read).await
}

/// The right of that key, and everybody within reach who has it.
///
/// # Errors
/// `NotFound` when there is no such right; `Busy` or `Broken` from the engine.
pub async fn held(app: &App, grant: &Grant<ViewAccess>, key: &str) -> Result<(&'static Setting, Held)> {
    let right = find(key).filter(|s| s.is_right()).ok_or(Error::NotFound)?;
    Ok((right, grant.read(&app.store, move |r| holding(r, right)).await?))
}

/// `GET /access`
pub async fn matrix(app: App, grant: Grant<ViewAccess>, _ask: Ask) -> Result<Response> {
    let groups = policies(&app, &grant).await?;
    let shell = app.shell(grant.access()).await?;
    let tabs = tabs(&shell.t, grant.access(), "/access");
    answer::page(&AccessPage::matrix(shell, tabs, &groups))
}

/// `GET /access/rights/{key}`
pub async fn holders(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
    let key: String = ask.place("key")?;
    let (right, held) = held(&app, &grant, &key).await?;
    answer::page(&AccessPage::holders(app.shell(grant.access()).await?, right, &held))
}

/// The groups' policies are read once; only users with a value of their own are read one by one.
fn holding(r: &mut Reader<'_>, right: &'static Setting) -> Result<Held> {
    let mut out = Held { holders: Vec::new(), extent: Extent::Whole };
    let apart = crate::settings::queries::own_values(r, right.key, None, None)?;
    for (group, group_name) in queries::groups_in_reach(r)? {
        let common = policy::givens(r, None, Some(group))?;
        let mut users = queries::users_of(r, group, HOLDERS_AT_MOST + 1)?;
        if users.len() as i64 > HOLDERS_AT_MOST {
            users.pop();
            out.extent = Extent::Cut;
        }
        for (user, name) in users {
            let mut givens = common.clone();
            if apart.iter().any(|own| own.id == user) {
                givens = policy::givens(r, Some(user), Some(group))?;
            }
            let chain = right.resolve(givens.iter().filter(|g| g.key == right.key));
            if chain.value == serde_json::Value::Bool(true) {
                let level = chain.decided_by().and_then(|l| l.level);
                out.holders.push(Holding { user, name, group, group_name: group_name.clone(), level });
            }
        }
    }
    Ok(out)
}

impl gallery::Samples for AccessPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, AccessPage)> {
        let policy = |level| {
            let all = known().filter(|s| s.is_right()).map(|s| kernel::setting::Given {
                level,
                key: s.key.to_owned(),
                value: true.into(),
                mode: kernel::setting::Mode::Free,
            });
            Policy::of(&all.collect::<Vec<_>>())
        };
        let id = GroupId(kernel::Uuid::from_u128(3));
        let group = |name: &str, policy| GroupPolicy { id, name: name.to_owned(), policy };
        let groups = vec![
            group("Administratörer", policy(Level::Group)),
            group("<i>Support</i>, kväll och helg med ett långt namn", policy(Level::Tenant)),
            group("Tavlor", Policy::of(&[])),
        ];
        let user = UserId(kernel::Uuid::from_u128(7));
        let name = "Åsa Lindqvist-Öberg af Hästesko".to_owned();
        let held = |holders, extent| Held { holders, extent };
        let some = vec![Holding {
            user,
            name,
            group: id,
            group_name: "Support".to_owned(),
            level: Some(Level::User),
        }];
        let right = find("users.manage").or_else(|| known().find(|s| s.is_right()));
        let holders = right
            .map(|right| ("holders", AccessPage::holders(shell.clone(), right, &held(some, Extent::Cut))));
        let nobody = right.map(|right| {
            ("nobody", AccessPage::holders(shell.clone(), right, &held(Vec::new(), Extent::Whole)))
        });
        let mut out = vec![("matrix", AccessPage::matrix(shell.clone(), samples_tabs(shell.t), &groups))];
        out.extend(holders);
        out.extend(nobody);
        out
    }
}
gallery::page!("access/rights", AccessPage);

fn samples_tabs(t: Locale) -> Tabs {
    let tabs = Tabs::new(t.say("ui-nav-access")).tab(t.say("reach-tab-rights"), "/access", true);
    tabs.tab(t.say("reach-tab-reach"), "/access/reach", false).tab(
        t.say("reach-tab-keys"),
        "/access/keys",
        false,
    )
}
