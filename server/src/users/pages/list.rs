//! The list of users: search, filters, columns, drawer, and what can be done with several at once.

use super::{sheet, words};
use crate::App;
use crate::front::{answer, undoing};
use crate::ui::facts::{Drawer, Facts};
use crate::ui::filter::{Chip, Filters, Menu, Preset};
use crate::ui::state::{Button, Empty, Weight};
use crate::ui::table::{Bulk, Cell, Column, ColumnMenu, Pager, Row, Table};
use crate::ui::{Address, Html, Locale, Shell, gallery};
use crate::users::events::{ExportUsers, ImportUsers, ManageUsers, ViewUsers};
use crate::users::model::{Particulars, Standing, User, UserKind};
use crate::users::queries::{self, Absence, Presence, USERS_PER_PAGE, UserFilter, UserOrder, UserPlace};
use askama::Template;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Access, Grant, GroupId, Result, Timestamp, UserId};

/// The page.
#[derive(Template)]
#[template(path = "users/pages/list.html")]
pub struct UserList {
    shell: Shell,
    filters: Filters,
    table: Table,
    bulk: Option<Bulk>,
    pager: Pager,
    drawer: Drawer,
}

/// What the page shows.
struct Shown<'a> {
    here: Address,
    users: &'a [User],
    more: bool,
    order: UserOrder,
    groups: &'a [(GroupId, String)],
    open: Option<&'a User>,
    manages: bool,
    files: (bool, bool),
}

/// `GET /users`
pub async fn list(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let filter = filter(&ask.query());
    let order = filter.order;
    let open = ask.query().get("open").and_then(|id| id.parse::<UserId>().ok());
    let (users, more, groups, open) = grant
        .read(&app.store, move |r| {
            let (users, more) = queries::users(r, &filter)?;
            let groups =
                queries::named_groups(r)?.into_iter().map(|(id, name, _)| (id, name)).collect::<Vec<_>>();
            let open = open.map(|id| queries::user(r, id)).transpose()?;
            Ok((users, more, groups, open))
        })
        .await?;
    let access: &Access = grant.access();
    let shown = Shown {
        here: Address::parse(&ask.head.uri.to_string()).without(&["done", "n"]),
        users: &users,
        more,
        order,
        groups: &groups,
        open: open.as_ref(),
        manages: access.may::<ManageUsers>(),
        files: (access.may::<ImportUsers>(), access.may::<ExportUsers>()),
    };
    let shell = sheet::done(shell, &ask, super::DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    answer::page(&UserList::new(shell, &shown))
}

/// The filters of an address; what cannot be read is not there.
pub fn filter(query: &Fields) -> UserFilter {
    let word = |name: &str| query.get(name).filter(|v| !v.is_empty());
    UserFilter {
        search: word("q").map(str::to_owned),
        group: word("group").and_then(|g| g.parse().ok()),
        kind: word("kind").and_then(|k| k.parse().ok()),
        presence: word("state").and_then(|s| s.parse().ok()),
        absence: word("seen").and_then(|s| s.parse().ok()),
        order: word("sort").and_then(UserOrder::parse).unwrap_or_default(),
        after: word("from").and_then(UserPlace::parse),
        most: USERS_PER_PAGE,
    }
}

impl UserList {
    fn new(shell: Shell, shown: &Shown<'_>) -> Self {
        let t = shell.t;
        let columns = columns(&t, &shown.here);
        let menu = ColumnMenu::new(&t, &shown.here, &columns);
        let mut shell = shell.titled(t.say("users-title")).at("/users");
        if shown.files.0 {
            shell = shell.action(Button::link(t.say("users-import"), "/users/import"));
        }
        if shown.files.1 {
            shell = shell.action(Button::link(t.say("users-export"), exported(&shown.here)));
        }
        if shown.manages {
            shell = shell.action(Button::link(t.say("users-new"), "/users/new").primary());
        }
        let mut table = Table::new("users", t.say("users-title"), columns)
            .rows(shown.users.iter().map(|u| row(&t, &shown.here, u, shown.open)).collect())
            .empty(empty(&t, shown))
            .in_drawer();
        if shown.manages {
            table = table.choose(&t, "bulk");
        }
        Self {
            filters: filters(t, shown).extra(menu),
            table,
            bulk: (shown.manages && !shown.users.is_empty()).then(|| bulk(&t)),
            pager: pager(&t, shown),
            drawer: shown.open.map_or_else(Drawer::closed, |u| drawer(&t, &shown.here, u)),
            shell,
        }
    }
}

/// The file of what the list shows: the same filters and the same order.
fn exported(here: &Address) -> String {
    let shown = here.without(&["from", "open", "hide"]).to_string();
    shown.replacen("/users", "/users/export", 1)
}

fn columns(t: &Locale, here: &Address) -> Vec<Column> {
    // Without a word on it the list is in the order of names.
    let sorted = if here.get("sort").is_some() { here.clone() } else { here.with("sort", "name") };
    let at = &sorted;
    vec![
        Column::long("name", t.say("users-field-name")).sortable(at),
        Column::new("user_name", t.say("users-field-user_name")).hideable(here),
        Column::new("state", t.say("users-state")).sortable(at).hideable(here),
        Column::long("group", t.say("users-group")).sortable(at).hideable(here),
        Column::new("kind", t.say("users-kind")).minor().hideable(here),
        Column::new("mail", t.say("users-field-mail")).minor().hideable(here),
        Column::tight("seen", t.say("users-last-sign-in")).sortable(at).minor().hideable(here),
        Column::number("number", t.say("users-field-number")).sortable(at).minor().hideable(here),
    ]
}

fn row(t: &Locale, here: &Address, user: &User, open: Option<&User>) -> Row {
    let p = &user.particulars;
    let cells = vec![
        p.name.as_str().into(),
        p.user_name.as_str().into(),
        words::standing(t, user.standing).into(),
        user.group_name.as_str().into(),
        words::kind(t, user.kind).into(),
        Cell::maybe(p.mail.as_deref()),
        user.last_sign_in.map_or_else(Cell::none, |at| t.when(at.0).into()),
        p.number.map_or_else(Cell::none, |n| n.to_string().into()),
    ];
    Row::new(user.id.to_string(), cells)
        .to(here.with("open", user.id).to_string())
        .current(open.is_some_and(|o| o.id == user.id))
        .still(matches!(user.standing, Standing::Deactivated))
}

fn empty(t: &Locale, shown: &Shown<'_>) -> Empty {
    let narrowed =
        ["q", "group", "kind", "state", "seen", "from"].iter().any(|n| shown.here.get(n).is_some());
    if narrowed {
        Empty::new(t.say("users-none-fit"), t.say("users-none-fit-text"))
            .step(Button::link(t.say("users-show-all"), "/users"))
    } else {
        Empty::new(t.say("users-none"), t.say("users-none-text"))
    }
}

fn filters(t: Locale, shown: &Shown<'_>) -> Filters {
    let here = &shown.here;
    let presets = |name: &str, all: Vec<(String, String)>| {
        all.into_iter().map(|(value, label)| Preset::set(label, here, name, &value)).collect::<Vec<_>>()
    };
    let groups: Vec<_> = shown.groups.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let states = Presence::ALL.iter().map(|p| (p.word().to_owned(), presence(&t, *p))).collect::<Vec<_>>();
    let kinds = UserKind::ALL.iter().map(|k| (k.word().to_owned(), words::kind(&t, *k))).collect::<Vec<_>>();
    let absences = Absence::ALL.iter().map(|a| (a.word().to_owned(), absence(&t, *a))).collect::<Vec<_>>();
    let of = |label: &str, name: &str, all: &[(String, String)]| {
        let chosen = here.get(name)?;
        let (_, said) = all.iter().find(|(value, _)| value == chosen)?;
        Some(Chip::new(t.say(label), said.clone(), here, &[name]))
    };
    let chips = [
        of("users-group", "group", &groups),
        of("users-state", "state", &states),
        of("users-kind", "kind", &kinds),
        of("users-last-sign-in", "seen", &absences),
    ];
    let menus = vec![
        Menu::choices(t.say("users-group"), presets("group", groups)),
        Menu::choices(t.say("users-state"), presets("state", states)),
        Menu::choices(t.say("users-kind"), presets("kind", kinds)),
        Menu::choices(t.say("users-last-sign-in"), presets("seen", absences)),
    ];
    Filters::new(t, here.clone())
        .search(t.say("users-search"))
        .chips(chips.into_iter().flatten().collect())
        .menus(menus)
}

fn presence(t: &Locale, presence: Presence) -> String {
    t.say(match presence {
        Presence::Active => "users-standing-active",
        Presence::Suspended => "users-standing-suspended",
        Presence::Deactivated => "users-standing-deactivated",
    })
}

fn absence(t: &Locale, absence: Absence) -> String {
    t.say(match absence {
        Absence::Never => "users-seen-never",
        Absence::Days30 => "users-seen-30",
        Absence::Days90 => "users-seen-90",
    })
}

fn bulk(t: &Locale) -> Bulk {
    let button = |key: &str, verb: &str| Button::submit(t.say(key), Weight::Quiet).sends("do", verb);
    Bulk::new(t, "bulk", "/users/bulk")
        .button(button("users-move", "move"))
        .button(button("users-suspend", "suspend"))
        .button(button("users-force-password", "password"))
        .button(button("users-deactivate", "deactivate"))
}

fn pager(t: &Locale, shown: &Shown<'_>) -> Pager {
    let first = shown.here.get("from").map(|_| shown.here.without(&["from", "open"]).to_string());
    let next = shown
        .users
        .last()
        .filter(|_| shown.more)
        .map(|last| shown.here.with("from", shown.order.place(last)).without(&["open"]).to_string());
    Pager::by_name(t, first, next)
}

fn drawer(t: &Locale, here: &Address, user: &User) -> Drawer {
    let p = &user.particulars;
    let facts = Facts::new()
        .fact(t.say("users-state"), words::standing_sentence(t, user.standing))
        .fact(t.say("users-group"), user.group_name.as_str())
        .fact(t.say("users-kind"), words::kind(t, user.kind))
        .fact(t.say("users-field-user_name"), p.user_name.as_str())
        .maybe(t.say("users-field-mail"), p.mail.as_deref())
        .maybe(t.say("users-field-mobile"), p.mobile.as_deref())
        .maybe(t.say("users-field-number"), p.number.map(|n| n.to_string()))
        .maybe(t.say("users-field-external_id"), p.external_id.as_deref())
        .maybe(t.say("users-field-keywords"), (!p.keywords.is_empty()).then_some(p.keywords.as_str()))
        .fact(t.say("users-last-sign-in"), seen(t, user.last_sign_in));
    Drawer::open(t, p.name.clone(), here.without(&["open"]).to_string())
        .sub(words::standing(t, user.standing))
        .with(facts)
        .with(Button::link(t.say("users-open"), format!("/users/{}", user.id)).primary())
}

fn seen(t: &Locale, at: Option<Timestamp>) -> Html {
    at.map_or_else(|| t.say("users-seen-never").into(), |at| t.when(at.0))
}

impl gallery::Samples for UserList {
    fn samples(shell: &Shell) -> Vec<(&'static str, Self)> {
        let users: Vec<User> = ["Åsa Öberg", "Zoë Ängström", &"Maximilian-Alexander von Lång".repeat(6)]
            .iter()
            .zip(1u128..)
            .map(|(name, n)| specimen(name, n))
            .collect();
        let groups: Vec<_> = users.iter().map(|u| (u.group, u.group_name.clone())).collect();
        let shown = |here: &str, users, open| Shown {
            here: Address::parse(here),
            users,
            more: true,
            order: UserOrder::default(),
            groups: &groups,
            open,
            manages: true,
            files: (true, true),
        };
        vec![
            (
                "full",
                Self::new(shell.clone(), &shown("/users?state=active&kind=person", &users, users.first())),
            ),
            ("empty", Self::new(shell.clone(), &shown("/users?q=x", &[], None))),
        ]
    }
}
gallery::page!("users/list", UserList);

fn specimen(name: &str, n: u128) -> User {
    let id = kernel::Uuid::from_u128(n);
    User {
        id: UserId(id),
        kind: UserKind::Person,
        group: GroupId(id),
        group_name: name.to_owned(),
        group_kind: crate::users::model::GroupKind::Agents,
        particulars: Particulars {
            name: name.to_owned(),
            user_name: name.replace(' ', "."),
            mail: Some(format!("{}@example.se", name.replace(' ', "."))),
            number: i64::try_from(n).ok(),
            ..Particulars::default()
        },
        standing: if n == 2 { Standing::Deactivated } else { Standing::Active },
        last_sign_in: (n == 1).then_some(Timestamp(1_795_440_000_000_000)),
        made_at: Timestamp(1_795_440_000_000_000),
        sort_key: name.to_owned(),
    }
}
