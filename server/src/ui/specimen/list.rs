//! A log: strip, filters, table, drawer; with rows, with one open, and empty.

use super::super::facts::{Drawer, Facts};
use super::super::filter::{Chip, Filters, Menu, Preset};
use super::super::picture::{Bar, Strip};
use super::super::state::{Badge, Button, Empty, Tone, Weight};
use super::super::table::{Bulk, Cell, Column, ColumnMenu, Pager, Row, Table};
use super::super::{Address, Html, Locale, Shell};
use super::{HOSTILE, Specimen, long_name};

const NOON: i64 = 1_795_440_000_000_000;

pub(super) fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
    let titled = |title: &str| shell.clone().titled(title).at("/logs");
    let open = Specimen {
        above: vec![strip(&shell.t), filters(shell.t, true)],
        drawer: drawer(&shell.t),
        ..Specimen::new(titled("Access log"), vec![table(&shell.t, true, 24), pager(&shell.t)])
    };
    let list = Specimen {
        above: vec![strip(&shell.t), filters(shell.t, false)],
        ..Specimen::new(
            titled("Access log").action(Button::link("Export", "/x")),
            vec![table(&shell.t, false, 32), pager(&shell.t)],
        )
    };
    let none = Specimen {
        above: vec![filters(shell.t, true)],
        ..Specimen::new(titled(&long_name()), vec![table(&shell.t, false, 0)])
    };
    vec![("people", people(shell)), ("list", list), ("list-open", open), ("list-empty", none)]
}

/// People to choose from, and what can be done with the chosen.
fn people(shell: &Shell) -> Specimen {
    let t = shell.t;
    let here = Address::parse("/users?sort=name");
    let columns = vec![
        Column::new("name", "Name").sortable(&here),
        Column::new("group", "Group"),
        Column::new("state", "State"),
        Column::tight("last", "Last sign-in").minor(),
        Column::wrapped("note", "Note").minor(),
    ];
    let person = |(i, name): (usize, &str)| {
        let state = if i == 2 { Badge::new(Tone::Warn, "suspended") } else { Badge::new(Tone::Ok, "active") };
        let note = if i == 1 { Cell::from(long_name()) } else { Cell::none() };
        let cells = vec![name.into(), "Support".into(), state.into(), t.when(NOON).into(), note];
        Row::new(i.to_string(), cells).to(format!("/users/{i}"))
    };
    let names = ["Anna Ek", "Åsa Lindqvist", HOSTILE, "Östen Warnebring"];
    let table = Table::new("users", "Users by name", columns)
        .rows(names.into_iter().enumerate().map(person).collect());
    let bulk = Bulk::new(&t, "bulk", "/users/chosen")
        .button(Button::submit("Suspend …", Weight::Quiet).sends("do", "suspend"))
        .button(Button::submit("Deactivate …", Weight::Danger).sends("do", "deactivate"));
    let pager = Pager::by_name(&t, None, Some("/users?from=x".into())).count(t.number(250));
    let shell =
        shell.clone().titled("Users").at("/users").action(Button::link("New user", "/users/new").primary());
    Specimen::new(shell, vec![bulk.into(), table.choose(&t, "bulk").into(), pager.into()])
}

fn here() -> Address {
    Address::parse("/logs/access?time=7d&result=refused&country=SE&hide=network")
}

fn strip(t: &Locale) -> Html {
    let bars = (0..84u64).map(|i| {
        let all = if i % 12 < 4 { i % 3 } else { 20 + (i * 37) % 61 };
        let bad = if i == 50 { 66 } else { all / 9 };
        let all = all.max(bad);
        let title =
            format!("{}: {} / {}", t.minute(NOON + i as i64 * 7_200_000_000), t.number(all), t.number(bad));
        Bar {
            href: format!("/logs/access?since={i}"),
            title,
            all,
            bad,
            chosen: (44..56).contains(&i),
            unknown: i < 6,
        }
    });
    let ticks = (0..8).map(|d| t.date(NOON + d * 86_400_000_000)).collect();
    Strip::new("Sign-ins over time", bars.collect(), ticks).into()
}

fn filters(t: Locale, chips: bool) -> Html {
    let here = here();
    let result = ["good", "refused", "wrong password"];
    let choices = result.iter().map(|r| Preset::set(*r, &here, "result", r)).collect();
    let columns = columns(&here);
    let bar = Filters::new(t, here.clone())
        .search("Name, address, browser …")
        .times("7d")
        .between()
        .menus(vec![Menu::choices("Result", choices), Menu::choices("Country", Vec::new())])
        .extra(ColumnMenu::new(&t, &here, &columns));
    let chosen = vec![
        Chip::new("Result", "refused", &here, &["result"]),
        Chip::new("Country", HOSTILE, &here, &["country"]),
    ];
    if chips { bar.chips(chosen).into() } else { bar.into() }
}

fn columns(here: &Address) -> Vec<Column> {
    let all = vec![
        Column::tight("time", "Time").sortable(here),
        Column::new("user", "User").sortable(here),
        Column::new("result", "Result"),
        Column::new("method", "Method"),
        Column::new("address", "Address"),
        Column::new("country", "Country").minor(),
        Column::new("network", "Network").minor(),
        Column::new("browser", "Browser").minor(),
        Column::number("length", "Time taken"),
    ];
    all.into_iter().map(|c| c.hideable(here)).collect()
}

fn table(t: &Locale, open: bool, rows: i64) -> Html {
    let names =
        ["Åsa Lindqvist", "Björn Öberg", HOSTILE, "Maryam al-Rashid", "Nils Holgersson", "wallboard-3"];
    let rows = (0..rows).map(|i| {
        let name = if i == 9 { long_name() } else { names[i as usize % names.len()].to_owned() };
        let (tone, word) =
            [(Tone::Ok, "good"), (Tone::Ok, "good"), (Tone::Bad, "refused"), (Tone::Warn, "wrong password")]
                [i as usize % 4];
        let cells = vec![
            t.when_exact(NOON - i * 1_733_000_000).into(),
            name.into(),
            Badge::new(tone, word).into(),
            "Password".into(),
            Cell::code(&format!("192.0.2.{i}")),
            if i % 7 == 3 { Cell::none() } else { "Sweden".into() },
            "Telia Company AB".into(),
            "Firefox 140, Windows".into(),
            t.number(120 + i * 97).into(),
        ];
        Row::new(i.to_string(), cells)
            .to(format!("/logs/access?open={i}"))
            .current(open && i == 3)
            .still(i % 11 == 5)
    });
    let empty = Empty::new(
        "Nothing was refused here",
        "Sign-in attempts with this result and country in the last 7 days will stand here.",
    )
    .step(Button::link("Remove all filters", "/logs/access"));
    Table::new("log", "Sign-in attempts, newest first", columns(&here()))
        .rows(rows.collect())
        .empty(empty)
        .in_drawer()
        .into()
}

fn pager(t: &Locale) -> Html {
    let links = Pager::new(t, Some("/logs/access?from=a".into()), Some("/logs/access?from=b".into()));
    links.count(format!("{} / {}", t.number(32), t.number(1_204_557))).into()
}

fn drawer(t: &Locale) -> Drawer {
    let facts = Facts::new()
        .fact("Time", t.when_ago(NOON, NOON + 200_000_000))
        .fact("Name as typed", HOSTILE)
        .fact("User", long_name())
        .fact("Result", Badge::new(Tone::Bad, "refused"))
        .fact("Reason", "The password is not right.")
        .fact("Browser", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36");
    Drawer::open(t, "Refused sign-in", "/logs/access").sub(t.when_exact(NOON)).with(facts)
}
