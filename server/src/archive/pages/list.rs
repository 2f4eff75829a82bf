//! `GET /archive`: what there is, narrowed by filters, newest first or by another column.

use super::{called, length_s, medium};
use crate::App;
use crate::archive::finding::{self, Found};
use crate::archive::queries::{self, ListRow};
use crate::archive::rights::{ImportInteractions, OpenContent, ViewArchive};
use crate::front::{answer, undoing};
use crate::logs::queries::saved as saved_searches;
use crate::logs::saved::menu as saved;
use crate::logs::saved::model::SavedSearch;
use crate::logs::saved::page::Page;
use crate::ui::field::Field;
use crate::ui::filter::{Chip, Filters, Menu, Preset};
use crate::ui::state::{Button, Empty};
use crate::ui::table::{Cell, Column, ColumnMenu, Pager, Row, Table};
use crate::ui::{Address, Locale, Shell, gallery};
use crate::users::pages::sheet;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Grant, GroupId, QueueId, Reader, Result, Timestamp, UserId};

/// Agents, groups, queues and saved searches to choose from.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    agents: Vec<(UserId, String)>,
    groups: Vec<(GroupId, String)>,
    queues: Vec<(QueueId, String)>,
    /// The agent that is chosen, who may not be among those shown.
    agent: Option<String>,
    /// Whether words may be sought.
    words: bool,
    saved: Vec<SavedSearch>,
}

impl Choices {
    /// The groups and queues within reach.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn places(r: &mut Reader<'_>) -> Result<Choices> {
        Ok(Choices { groups: queries::groups(r)?, queues: queries::queues(r)?, ..Choices::default() })
    }
    /// Looks up who is chosen at an address.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn look(&mut self, r: &mut Reader<'_>, here: &Address) -> Result<()> {
        let chosen: Option<UserId> = here.get("agent").and_then(|id| id.parse().ok());
        self.agent = chosen.map(|id| queries::agent_name(r, id)).transpose()?.flatten();
        Ok(())
    }
}

/// The list.
#[derive(askama::Template)]
#[template(path = "archive/pages/list.html")]
pub struct ArchiveList {
    /// The frame.
    pub shell: Shell,
    filters: Filters,
    table: Table,
    pager: Pager,
}

impl ArchiveList {
    /// The page at an address.
    pub fn new(shell: Shell, here: &Address, found: &Found, choices: &Choices) -> ArchiveList {
        let t = shell.t;
        let columns = columns(&t, here);
        let narrowed = finding::NARROWING.iter().any(|name| here.get(name).is_some_and(|v| !v.is_empty()));
        let empty = if narrowed {
            Empty::new(t.say("archive-empty-title"), t.say("archive-empty-filtered"))
                .step(Button::link(t.say("archive-clear"), "/archive"))
        } else {
            Empty::new(t.say("archive-empty-title"), t.say("archive-empty"))
        };
        let words = here.get("words").filter(|w| !w.is_empty());
        let rows = found.rows.iter().map(|row| line(&t, row, words)).collect();
        let filters = bar(t, here, choices).extra(ColumnMenu::new(&t, here, &columns));
        let older = found.next.as_ref().map(|from| here.with("from", from).to_string());
        let newer = here.get("from").map(|_| here.without(&["from"]).to_string());
        ArchiveList {
            filters,
            table: Table::new("interactions", t.say("archive-caption"), columns).rows(rows).empty(empty),
            pager: Pager::new(&t, newer, older),
            shell: shell.titled(t.say("archive-title")).at("/archive"),
        }
    }
}

fn columns(t: &Locale, here: &Address) -> Vec<Column> {
    // Without a word on it the list begins with the newest.
    let sorted = if here.get("sort").is_some() { here.clone() } else { here.with("sort", "-started") };
    let at = &sorted;
    let all = vec![
        Column::tight("started", t.say("archive-started")).sortable(at),
        Column::new("customer", t.say("archive-customer")),
        Column::new("agent", t.say("archive-agent")).sortable(at),
        Column::tight("medium", t.say("archive-medium")),
        Column::new("subject", t.say("archive-subject")),
        Column::new("queue", t.say("archive-queue")).sortable(at).minor(),
        Column::new("group", t.say("archive-group")).minor(),
        Column::tight("recorded", t.say("archive-recording")).minor(),
        Column::number("length", t.say("archive-length")).sortable(at),
    ];
    all.into_iter().map(|column| column.hideable(here)).collect()
}

fn line(t: &Locale, row: &ListRow, words: Option<&str>) -> Row {
    let cells = vec![
        t.when(row.started).into(),
        Cell::maybe(row.customer.as_deref()),
        Cell::maybe(row.agent.as_deref()),
        medium(t, &row.medium).into(),
        called(t, &row.subject, &row.medium).into(),
        Cell::maybe(row.queue_name.as_deref()),
        Cell::maybe(row.group.as_deref()),
        if row.recorded { t.say("archive-yes").into() } else { Cell::none() },
        t.clock(length_s(row.started, row.ended)).into(),
    ];
    let to = Address::new(format!("/archive/{}", row.id));
    let to = words.map_or(to.clone(), |words| to.with("words", words));
    Row::new(row.id.to_string(), cells).to(to.to_string())
}

fn bar(t: Locale, here: &Address, choices: &Choices) -> Filters {
    let media = ["call", "chat", "email"];
    let media = media.iter().map(|word| Preset::set(medium(&t, word), here, "medium", word)).collect();
    let agents =
        choices.agents.iter().map(|(id, name)| Preset::set(name, here, "agent", &id.to_string())).collect();
    let groups =
        choices.groups.iter().map(|(id, name)| Preset::set(name, here, "group", &id.to_string())).collect();
    let queues =
        choices.queues.iter().map(|(id, name)| Preset::set(name, here, "queue", &id.to_string())).collect();
    let recorded = vec![Preset::set(t.say("archive-recorded"), here, "recorded", "1")];
    let least = [30_u32, 60, 180, 600].map(|seconds| {
        Preset::set(t.say1("archive-at-least-value", "seconds", seconds), here, "least", &seconds.to_string())
    });
    let most = [60_u32, 180, 600, 1800].map(|seconds| {
        Preset::set(t.say1("archive-at-most-value", "seconds", seconds), here, "most", &seconds.to_string())
    });
    let sought = here.get("agents").unwrap_or_default();
    let finder = Field::text("agents", t.say("archive-agent-find")).value(sought);
    let mut menus = vec![
        saved::menu(&t, here, Page::Interactions, &choices.saved),
        Menu::choices(t.say("archive-medium"), media),
        Menu::choices(t.say("archive-agent"), agents).finder(finder, !sought.is_empty()),
        Menu::choices(t.say("archive-group"), groups),
        Menu::choices(t.say("archive-queue"), queues),
        Menu::choices(t.say("archive-length"), least.into_iter().chain(most).collect()),
        Menu::choices(t.say("archive-recording"), recorded),
    ];
    if choices.words {
        let field = Field::text("words", t.say("archive-words"))
            .value(here.get("words").unwrap_or_default())
            .help(t.say("archive-words-help"));
        menus.insert(1, Menu::fields(t.say("archive-words"), vec![field]));
    }
    Filters::new(t, here.clone())
        .search(t.say("archive-search"))
        .times(here.get("time").unwrap_or("all"))
        .between()
        .menus(menus)
        .chips(chips(&t, here, choices))
}

fn chips(t: &Locale, here: &Address, choices: &Choices) -> Vec<Chip> {
    let named = |name: &str, key: &str, value: Option<String>| {
        value.map(|value| Chip::new(t.say(key), value, here, &[name]))
    };
    let given = |name: &str| here.get(name).filter(|v| !v.is_empty());
    let agent =
        given("agent").map(|id| choices.agent.clone().unwrap_or_else(|| label(t, &choices.agents, id)));
    let queue = given("queue").map(|id| label(t, &choices.queues, id));
    let group = given("group").map(|id| label(t, &choices.groups, id));
    let all = [
        named("words", "archive-words", given("words").map(str::to_owned)),
        named("medium", "archive-medium", given("medium").map(|word| medium(t, word))),
        named("agent", "archive-agent", agent),
        named("group", "archive-group", group),
        named("queue", "archive-queue", queue),
        named(
            "least",
            "archive-at-least",
            given("least").map(|s| t.say1("archive-at-least-value", "seconds", s)),
        ),
        named(
            "most",
            "archive-at-most",
            given("most").map(|s| t.say1("archive-at-most-value", "seconds", s)),
        ),
        named("recorded", "archive-recording", given("recorded").map(|_| t.say("archive-yes"))),
        named("since", "ui-time-since", given("since").map(|at| at.replace('T', " "))),
        named("until", "ui-time-until", given("until").map(|at| at.replace('T', " "))),
    ];
    all.into_iter().flatten().collect()
}

/// The filters of an address in words, for who reads of them elsewhere than above the list.
pub fn in_words(t: &Locale, here: &Address, choices: &Choices) -> String {
    let sought = here.get("q").map(|q| Chip::new(t.say("ui-search"), q, here, &["q"]));
    let time = here.get("time").map(|time| t.say(&format!("ui-time-{time}")));
    let chips = chips(t, here, choices).into_iter().chain(sought);
    let all: Vec<String> = chips.map(|chip| chip.said()).chain(time).collect();
    all.join(" · ")
}

/// What is chosen, by its name; what is gone or beyond reach has none.
fn label<I: std::fmt::Display>(t: &Locale, known: &[(I, String)], id: &str) -> String {
    let found = known.iter().find(|(known, _)| known.to_string() == id);
    found.map_or_else(|| t.say("ui-chosen-one"), |(_, name)| name.clone())
}

/// `GET /archive`
pub async fn list(app: App, grant: Grant<ViewArchive>, ask: Ask) -> Result<Response> {
    let shell = sheet::done(app.shell(grant.access()).await?, &ask, &["logs-done-saved"]);
    let mut shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let here = Address::parse(ask.head.uri.path_and_query().map_or("/archive", |p| p.as_str()));
    let here = here.without(&["done"]);
    let found = finding::find(&app, &grant, &here, &shell.t).await?;
    let sought = finding::text(&here, "agents");
    let words = grant.access().may::<OpenContent>();
    let at = here.clone();
    let choices = grant
        .read(&app.store, move |r| {
            let agents = queries::agents(r, sought.as_deref())?;
            let saved = saved_searches::all_of_page(r, Page::Interactions)?;
            let mut choices = Choices { agents, words, saved, ..Choices::places(r)? };
            choices.look(r, &at)?;
            Ok(choices)
        })
        .await?;
    if grant.access().may::<ImportInteractions>() {
        let t = shell.t;
        shell = shell
            .action(Button::link(t.say("archive-aside"), "/archive/aside"))
            .action(Button::link(t.say("archive-import"), "/archive/import"));
    }
    answer::page(&ArchiveList::new(shell, &here, &found, &choices))
}

impl gallery::Samples for ArchiveList {
    fn samples(shell: &Shell) -> Vec<(&'static str, ArchiveList)> {
        let page = |at: &str, rows: Vec<ListRow>| {
            let found = Found { rows, next: Some("1_0".to_owned()) };
            let saved = ["Återbetalningar", &"Maximiliana ".repeat(6)].map(|name| SavedSearch {
                id: kernel::Uuid::from_u128(1),
                owner: kernel::Uuid::from_u128(2),
                page: Page::Interactions,
                name: name.to_owned(),
                filters: "medium=call&words=faktura".to_owned(),
                shared: true,
            });
            let choices = Choices { words: true, saved: saved.to_vec(), ..Choices::default() };
            ArchiveList::new(shell.clone(), &Address::parse(at), &found, &choices)
        };
        let row = |n: i64, subject: &str, customer: &str| ListRow {
            id: crate::archive::model::InteractionId(kernel::Uuid::from_u128(n as u128)),
            medium: if n % 3 == 0 { "chat" } else { "call" }.to_owned(),
            started: Timestamp(1_795_440_000_000_000 - n * 3_000_000_000),
            ended: Timestamp(1_795_440_000_000_000 - n * 3_000_000_000 + n * 31_000_000),
            agent: (n % 5 != 4).then(|| "Åsa Lindqvist".to_owned()),
            group: (n % 5 != 4).then(|| "Kundtjänst kväll".to_owned()),
            queue: None,
            queue_name: (n % 2 == 0).then(|| "Kundservice telefon".to_owned()),
            subject: subject.to_owned(),
            recorded: n % 3 != 0,
            customer: Some(customer.to_owned()),
        };
        let many =
            (0..20).map(|n| row(n, ["Hagelskada", "", "Dubbel faktura"][n as usize % 3], "+46 70 123 45 67"));
        let hostile = "<script>alert(1)</script>\u{202e}".repeat(8);
        vec![
            ("many", page("/archive?medium=call&words=faktura&sort=-length", many.collect())),
            ("hostile", page(&format!("/archive?words={hostile}"), vec![row(1, &hostile, &hostile)])),
            ("empty", page("/archive", Vec::new())),
        ]
    }
}
gallery::page!("archive/list", ArchiveList);
