//! What narrows a list: the search box, chips for what is chosen, menus to choose more, times.
//!
//! Everything is a GET form or a link, so the address holds it all.

use askama::Template;

use super::field::Field;
use super::{Address, Html, Locale, component};

/// A chosen filter: `Result: refused ×`. The whole chip takes the filter away.
#[derive(Clone, Debug)]
pub struct Chip {
    label: String,
    value: String,
    remove: String,
}

impl Chip {
    /// `names` are the parameters of `here` that this filter uses.
    pub fn new(label: impl Into<String>, value: impl Into<String>, here: &Address, names: &[&str]) -> Chip {
        Chip { label: label.into(), value: value.into(), remove: start(&here.without(names)) }
    }

    /// What it says.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}: {}", self.label, self.value)
    }
}

/// A choice one can make: in a menu, or among the presets for time.
#[derive(Clone, Debug)]
pub struct Preset {
    label: String,
    href: String,
    current: bool,
}

impl Preset {
    /// Leads to `href`; `current` when it is what the page shows.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Preset {
        Preset { label: label.into(), href: href.into(), current }
    }

    /// Sets the parameter `name` of `here` to `value`, back at the first page.
    pub fn set(label: impl Into<String>, here: &Address, name: &str, value: &str) -> Preset {
        Preset::new(label, start(&here.with(name, value)), here.get(name) == Some(value))
    }
}

/// A menu that narrows by one column: choices, or a form with a field to type in.
#[derive(Clone, Debug)]
pub struct Menu {
    label: String,
    choices: Vec<Preset>,
    field: Option<Html>,
    open: bool,
    /// The parameters its fields send, which the form must not carry along as well.
    names: Vec<String>,
}

impl Menu {
    /// A menu of links.
    pub fn choices(label: impl Into<String>, choices: Vec<Preset>) -> Menu {
        Menu { label: label.into(), choices, field: None, open: false, names: Vec::new() }
    }

    /// A menu with one or more fields, sent together with the filters in force.
    pub fn fields(label: impl Into<String>, fields: Vec<Field>) -> Menu {
        let names = fields.iter().map(|f| f.name().to_owned()).collect();
        let field = Html::join(fields.into_iter().map(Html::from));
        Menu { label: label.into(), choices: Vec::new(), field: Some(field), open: false, names }
    }

    /// Above its choices a field that narrows them; the menu stands open once it was used.
    pub fn finder(mut self, field: Field, used: bool) -> Menu {
        self.names.push(field.name().to_owned());
        self.field = Some(field.into());
        self.open = used;
        self
    }
}

/// Menus of a long bar that stand in it without being asked for.
const SHOWN_MENUS: usize = 8;

/// The bar above a list.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/filters.html")]
pub struct Filters {
    t: Locale,
    here: Address,
    search: Option<(String, String)>,
    presets: Vec<Preset>,
    chips: Vec<Chip>,
    menus: Vec<Menu>,
    extra: Vec<Html>,
}

impl Filters {
    /// The bar of the page at `here`.
    pub fn new(t: Locale, here: Address) -> Filters {
        let search = None;
        Filters {
            t,
            here,
            search,
            presets: Vec::new(),
            chips: Vec::new(),
            menus: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// A search box sending `q`; `hint` says what it looks through.
    pub fn search(mut self, hint: impl Into<String>) -> Filters {
        self.search = Some((hint.into(), self.here.get("q").unwrap_or_default().to_owned()));
        self
    }

    /// Times to choose from; use [`Filters::times`] for the usual ones.
    pub fn presets(mut self, presets: Vec<Preset>) -> Filters {
        self.presets = presets;
        self
    }

    /// Last hour, today, 7 days, 30 days, all: the parameter `time`.
    pub fn times(mut self, chosen: &str) -> Filters {
        let all = [
            ("1h", "ui-time-1h"),
            ("today", "ui-time-today"),
            ("7d", "ui-time-7d"),
            ("30d", "ui-time-30d"),
            ("all", "ui-time-all"),
        ];
        let here = self.here.without(&["since", "until"]);
        self.presets = all
            .iter()
            .map(|(value, key)| {
                Preset::new(self.t.say(key), start(&here.with("time", value)), *value == chosen)
            })
            .collect();
        self
    }

    /// A menu with a first and a last moment: the parameters `since` and `until`, local times as
    /// `2026-11-23T14:05`.
    pub fn between(mut self) -> Filters {
        let field = |name: &str, key: &str| {
            let value = self.local(self.here.get(name).unwrap_or_default());
            Field::input("datetime-local", name, self.t.say(key)).value(value).attribute("step", 1)
        };
        let fields = vec![field("since", "ui-time-since"), field("until", "ui-time-until")];
        let mut menu = Menu::fields(self.t.say("ui-time-between"), fields);
        // Two moments take the place of a preset.
        menu.names.push("time".to_owned());
        self.menus.insert(0, menu);
        self
    }

    /// A moment with its distance to UTC as the local time that a field for moments takes.
    fn local(&self, moment: &str) -> String {
        match moment.parse::<jiff::Timestamp>() {
            Ok(at) => self.t.zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            Err(_) => moment.to_owned(),
        }
    }

    /// What is chosen.
    pub fn chips(mut self, chips: Vec<Chip>) -> Filters {
        self.chips = chips;
        self
    }

    /// What can be chosen.
    pub fn menus(mut self, menus: Vec<Menu>) -> Filters {
        self.menus.extend(menus);
        self
    }

    /// Anything else at the end of the bar: the column menu, an export.
    pub fn extra(mut self, part: impl Into<Html>) -> Filters {
        self.extra.push(part.into());
        self
    }

    /// On a phone what narrows stands behind one button, so that the rows come first.
    fn folds(&self) -> bool {
        !(self.presets.is_empty() && self.menus.is_empty() && self.extra.is_empty())
    }

    /// Menus that stand in the bar; the rest stand behind one that says how many they are, if it is worth it.
    fn shown(&self) -> usize {
        if self.menus.len() > SHOWN_MENUS + 2 { SHOWN_MENUS } else { self.menus.len() }
    }

    fn rest(&self) -> usize {
        self.menus.len() - self.shown()
    }

    fn rest_is_open(&self) -> bool {
        self.menus.iter().skip(self.shown()).any(|menu| menu.open)
    }

    fn bare(&self) -> String {
        start(&Address::new(self.here.to_string().split('?').next().unwrap_or_default()))
    }

    fn kept<S: AsRef<str>>(&self, except: &[S]) -> Html {
        let mut gone = vec!["from", "open"];
        gone.extend(except.iter().map(AsRef::as_ref));
        self.here.hidden(&gone)
    }
}

/// A changed filter starts at the first page with nothing open.
fn start(here: &Address) -> String {
    here.without(&["from", "open"]).to_string()
}

component!(Filters);
