//! Tables: the first column is the link, numbers stand right, columns can be hidden, a row opens
//! in a drawer beside the list. A table never holds more than one page; [`Pager`] leads on.

use askama::Template;

use super::state::Empty;
use super::{Address, Html, Locale, component};

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    key: &'static str,
    label: String,
    class: &'static str,
    sort: Option<(String, &'static str)>,
    hidden: bool,
    minor: bool,
    least: bool,
}

impl Column {
    /// A column of text. `key` names it in addresses.
    pub fn new(key: &'static str, label: impl Into<String>) -> Column {
        Column { key, label: label.into(), class: "", sort: None, hidden: false, minor: false, least: false }
    }

    /// A column of numbers, set right.
    pub fn number(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "num", ..Column::new(key, label) }
    }

    /// Times and other values that must not break over lines.
    pub fn tight(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "tight", ..Column::new(key, label) }
    }

    /// Long text that may be cut at the end; the whole is shown on hover.
    pub fn long(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "long", ..Column::new(key, label) }
    }

    /// What a row is about: when it is cut, then so late that rows can be told apart.
    pub fn telling(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "telling", ..Column::new(key, label) }
    }

    /// Who or what somebody or something is called: in a wide list cut so late that it is known again.
    pub fn named(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "named", ..Column::new(key, label) }
    }

    /// Prose that may take several lines.
    pub fn wrapped(key: &'static str, label: impl Into<String>) -> Column {
        Column { class: "wrap", ..Column::new(key, label) }
    }

    /// Gives way first where there is little room: on a phone and beside an open drawer.
    pub fn minor(mut self) -> Column {
        self.minor = true;
        self
    }

    /// Shown only where there is room for a great many columns.
    pub fn least(mut self) -> Column {
        self.least = true;
        self
    }

    fn classes(&self) -> String {
        let minor = if self.minor { " minor" } else { "" };
        let least = if self.least { " least" } else { "" };
        format!("{}{minor}{least}", self.class)
    }

    /// Whether its text may be cut at the end of the line, so that the table fits its window.
    fn cuts(&self) -> bool {
        matches!(self.class, "" | "long" | "telling" | "named")
    }

    /// A cell as it stands in the column.
    fn held(&self, cell: &Cell) -> Html {
        if self.cuts() {
            Html::raw(format!("<span class=\"cut\">{}</span>", cell.html))
        } else {
            cell.html.clone()
        }
    }

    /// Sorts by the parameter `sort` of `here`: `key` up, `-key` down.
    pub fn sortable(mut self, here: &Address) -> Column {
        let down = format!("-{}", self.key);
        let (next, now) = match here.get("sort") {
            Some(s) if s == self.key => (down, "ascending"),
            Some(s) if s == down => (self.key.to_owned(), "descending"),
            _ => (self.key.to_owned(), "none"),
        };
        self.sort = Some((here.with("sort", next).without(&["from", "open"]).to_string(), now));
        self
    }

    /// Hides the column if the parameter `hide` of `here` names it.
    pub fn hideable(mut self, here: &Address) -> Column {
        self.hidden = here.has("hide", self.key);
        self
    }
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    html: Html,
    title: Option<String>,
}

impl Cell {
    /// Nothing known: a dash.
    pub fn none() -> Cell {
        Cell { html: Html::raw("<span class=\"quiet none\">–</span>".to_owned()), title: None }
    }

    /// Text in a fixed-width face: addresses, numbers of things, hashes.
    pub fn code(text: &str) -> Cell {
        Cell { html: Html::raw(format!("<code>{}</code>", Html::text(text))), title: None }
    }

    /// Text of less weight.
    pub fn quiet(text: &str) -> Cell {
        Cell { html: Html::raw(format!("<span class=\"quiet\">{}</span>", Html::text(text))), title: None }
    }

    /// A link beside the row's own.
    pub fn link(text: &str, href: &str) -> Cell {
        Cell {
            html: Html::raw(format!("<a href=\"{}\">{}</a>", Html::text(href), Html::text(text))),
            title: None,
        }
    }

    /// The cell as a link that narrows the list to its value.
    pub fn picks(self, href: &str) -> Cell {
        let html = format!("<a class=\"pick\" href=\"{}\">{}</a>", Html::text(href), self.html);
        Cell { html: Html::raw(html), title: self.title }
    }

    /// The cell alone, outside a table.
    pub fn html(self) -> Html {
        self.html
    }

    /// Text or a dash.
    pub fn maybe(text: Option<&str>) -> Cell {
        text.filter(|t| !t.is_empty()).map_or_else(Cell::none, Cell::from)
    }
}

impl<T: Into<Html>> From<T> for Cell {
    fn from(part: T) -> Cell {
        let html: Html = part.into();
        let plain = !html.as_str().contains('<') && html.as_str().len() > 24;
        let title = plain.then(|| html.as_str().to_owned());
        Cell { html, title }
    }
}

/// One row. The first cell is the link to `href`.
#[derive(Clone, Debug)]
pub struct Row {
    id: String,
    href: Option<String>,
    cells: Vec<Cell>,
    current: bool,
    still: bool,
}

impl Row {
    /// `id` is unique in the page and sent when the row is chosen.
    pub fn new(id: impl Into<String>, cells: Vec<Cell>) -> Row {
        Row { id: id.into(), href: None, cells, current: false, still: false }
    }

    /// Where the first cell leads.
    pub fn to(mut self, href: impl Into<String>) -> Row {
        self.href = Some(href.into());
        self
    }

    /// Open in the drawer now.
    pub fn current(mut self, current: bool) -> Row {
        self.current = current;
        self
    }

    /// Of a thing no longer in use: less ink.
    pub fn still(mut self, still: bool) -> Row {
        self.still = still;
        self
    }
}

/// A table of one page of rows.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/table.html")]
pub struct Table {
    id: &'static str,
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    empty: Option<Empty>,
    swap: Option<&'static str>,
    live: Option<(String, String, String)>,
    choose: Option<(&'static str, String)>,
    wide: bool,
}

impl Table {
    /// `caption` says what the table holds, for those who do not see the page.
    pub fn new(id: &'static str, caption: impl Into<String>, columns: Vec<Column>) -> Table {
        Table {
            id,
            caption: caption.into(),
            columns,
            rows: Vec::new(),
            empty: None,
            swap: None,
            live: None,
            choose: None,
            wide: false,
        }
    }

    /// The rows of this page.
    pub fn rows(mut self, rows: Vec<Row>) -> Table {
        self.rows = rows;
        self
    }

    /// What to show when there is no row.
    pub fn empty(mut self, empty: Empty) -> Table {
        self.empty = Some(empty);
        self
    }

    /// Rows open in the drawer: with script only `#drawer` is replaced.
    pub fn in_drawer(mut self) -> Table {
        self.swap = Some("drawer");
        self
    }

    /// New rows arrive from this address as server-sent events (see `script/live.js`).
    pub fn live(mut self, t: &Locale, href: impl Into<String>) -> Table {
        self.live = Some((href.into(), t.say("ui-live-more"), t.say("ui-live-rest")));
        self
    }

    /// A box before each row, sent as `name` by the form with the id `form`.
    pub fn choose(mut self, t: &Locale, form: &'static str) -> Table {
        self.choose = Some((form, t.say("ui-choose")));
        self
    }

    /// Has a column for each of many things: it scrolls sideways by itself, its first column stays in sight.
    pub fn wide(mut self) -> Table {
        self.wide = true;
        self
    }

    /// The rows alone, as sent by a live list.
    pub fn rows_only(&self) -> Html {
        Html::of(&Rows { table: self })
    }

    /// Whether any row is a link; if none is, the table itself must take the keyboard to scroll.
    fn leads(&self) -> bool {
        self.rows.iter().any(|row| row.href.is_some())
    }

    fn shown<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (bool, &'a Column, &'a Cell)> {
        let pairs = self.columns.iter().zip(&row.cells).filter(|(column, _)| !column.hidden);
        pairs.enumerate().map(|(i, (column, cell))| (i == 0, column, cell))
    }
}

/// What can be done with the chosen rows: the form their boxes belong to.
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<form class="bulk" id="{{ id }}" method="post" action="{{ action }}"><span class="quiet">{{ label }}</span>{% for button in buttons %}{{ button }}{% endfor %}</form>"#,
    ext = "html"
)]
pub struct Bulk {
    id: &'static str,
    action: String,
    label: String,
    buttons: Vec<super::state::Button>,
}

impl Bulk {
    /// The form `id` that [`Table::choose`] names, posting to `action`.
    pub fn new(t: &Locale, id: &'static str, action: impl Into<String>) -> Bulk {
        Bulk { id, action: action.into(), label: t.say("ui-chosen"), buttons: Vec::new() }
    }

    /// One thing to do with them; its button sends its name.
    pub fn button(mut self, button: super::state::Button) -> Bulk {
        self.buttons.push(button);
        self
    }
}

/// The rows of a table without its head.
#[derive(Template)]
#[template(path = "ui/components/rows.html")]
struct Rows<'a> {
    table: &'a Table,
}

/// A menu that hides and shows columns by address.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/columns.html")]
pub struct ColumnMenu {
    label: String,
    items: Vec<(String, String, bool)>,
}

impl ColumnMenu {
    /// Offers every column but the first.
    pub fn new(t: &Locale, here: &Address, columns: &[Column]) -> ColumnMenu {
        let items = columns
            .iter()
            .skip(1)
            .map(|c| (c.label.clone(), here.toggle("hide", c.key).to_string(), !c.hidden));
        ColumnMenu { label: t.say("ui-columns"), items: items.collect() }
    }
}

/// Links to the newer and the older page; pages are found by key, never by number.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "ui/components/pager.html")]
pub struct Pager {
    label: String,
    newer: Option<(String, String)>,
    older: Option<(String, String)>,
    count: Option<String>,
}

impl Pager {
    /// Either side may be missing.
    pub fn new(t: &Locale, newer: Option<String>, older: Option<String>) -> Pager {
        Pager {
            label: t.say("ui-pages"),
            newer: newer.map(|href| (href, t.say("ui-newer"))),
            older: older.map(|href| (href, t.say("ui-older"))),
            count: None,
        }
    }

    /// For lists that are not in order of time: "previous" and "next".
    pub fn by_name(t: &Locale, previous: Option<String>, next: Option<String>) -> Pager {
        Pager {
            label: t.say("ui-pages"),
            newer: previous.map(|href| (href, t.say("ui-previous"))),
            older: next.map(|href| (href, t.say("ui-next"))),
            count: None,
        }
    }

    /// How many are shown of how many, as a sentence.
    pub fn count(mut self, count: impl Into<String>) -> Pager {
        self.count = Some(count.into());
        self
    }
}

component!(Table, Bulk, Rows<'_>, ColumnMenu, Pager);
