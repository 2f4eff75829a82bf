//! The frame round every page: navigation, tenant, person, title, messages.
//!
//! The shell looks nothing up either: the caller hands it the navigation of doors that exist and
//! that this person may open.

use askama::Template;

use super::{Address, Html, Locale, component};

/// Paper or night. `System` follows the reader's machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the machine says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

impl Theme {
    /// The stored word, also the `data-theme` attribute.
    pub fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads a stored word.
    pub fn parse(word: &str) -> Option<Theme> {
        [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|t| t.code() == word)
    }

    /// Reads the `theme` cookie that the toggle leaves, from a whole `Cookie` header.
    pub fn from_cookies(header: &str) -> Theme {
        let word = header.split(';').find_map(|pair| pair.trim().strip_prefix("theme="));
        word.and_then(Theme::parse).unwrap_or_default()
    }
}

/// One line of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// What it says, in the reader's language.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many things wait there; 0 shows nothing.
    pub waiting: u64,
    /// Whether this page is inside it.
    pub current: bool,
    /// The lines below it, shown while this page is inside one of them or it.
    pub under: Vec<NavItem>,
}

impl NavItem {
    /// A line that leads somewhere.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> NavItem {
        NavItem { label: label.into(), href: href.into(), waiting: 0, current: false, under: Vec::new() }
    }

    /// Whether the lines below it are shown.
    pub fn open(&self) -> bool {
        !self.under.is_empty() && (self.current || self.under.iter().any(|item| item.current))
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    /// The name to show.
    pub name: String,
    /// Their own page.
    pub href: String,
}

/// A message about what has just happened, with its undo where there is one.
#[derive(Clone, Debug)]
pub struct Flash {
    /// `ok`, `warn`, `bad` or `note`.
    pub tone: super::state::Tone,
    /// The sentence.
    pub text: String,
    /// A form that takes the change back: its action and hidden fields.
    pub undo: Option<(String, Vec<(String, String)>)>,
}

impl Flash {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Flash {
        Flash { tone: super::state::Tone::Ok, text: text.into(), undo: None }
    }

    /// Something could not be done.
    pub fn failed(text: impl Into<String>) -> Flash {
        Flash { tone: super::state::Tone::Bad, text: text.into(), undo: None }
    }

    /// Offers to take it back by a POST to `action`.
    pub fn undo(mut self, action: impl Into<String>, fields: Vec<(String, String)>) -> Flash {
        self.undo = Some((action.into(), fields));
        self
    }
}

/// The frame. Fields are public: build it once per request, then set what the page decides.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Who reads.
    pub t: Locale,
    /// Paper or night.
    pub theme: Theme,
    /// The page's own name, heading and browser title.
    pub title: String,
    /// The tenant's name; empty before sign-in.
    pub tenant: String,
    /// The navigation, in order.
    pub nav: Vec<NavItem>,
    /// Who is signed in; nobody on bare pages.
    pub person: Option<Person>,
    /// The way down to this page: label and address, outermost first.
    pub path: Vec<(String, String)>,
    /// What has just happened.
    pub flash: Vec<Flash>,
    /// Buttons beside the title.
    pub actions: Vec<Html>,
    /// Reload after so many seconds where there is no script (pages with progress).
    pub reload_s: Option<u32>,
}

impl Shell {
    /// An empty frame.
    pub fn new(t: Locale, theme: Theme) -> Shell {
        Shell {
            t,
            theme,
            title: String::new(),
            tenant: String::new(),
            nav: Vec::new(),
            person: None,
            path: Vec::new(),
            flash: Vec::new(),
            actions: Vec::new(),
            reload_s: None,
        }
    }

    /// Names the page.
    pub fn titled(mut self, title: impl Into<String>) -> Shell {
        self.title = title.into();
        self
    }

    /// Puts the page under another.
    pub fn under(mut self, label: impl Into<String>, href: impl Into<String>) -> Shell {
        self.path.push((label.into(), href.into()));
        self
    }

    /// Adds a button or link beside the title.
    pub fn action(mut self, action: impl Into<Html>) -> Shell {
        self.actions.push(action.into());
        self
    }

    /// Marks the navigation line under which `path` lies: the one with the same first word.
    pub fn at(mut self, path: &str) -> Shell {
        for item in &mut self.nav {
            item.current = first_word(&item.href) == first_word(path);
            for below in &mut item.under {
                below.current = first_word(&below.href) == first_word(path);
            }
        }
        self
    }
}

fn first_word(path: &str) -> &str {
    path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default()
}

/// Hidden form fields.
#[derive(Template)]
#[template(path = "ui/components/hidden.html")]
pub struct Hidden<'a> {
    pairs: &'a [(String, String)],
}

component!(Hidden<'_>);

impl Address {
    /// The parameters as hidden fields, so that a form keeps the other filters.
    pub fn hidden(&self, except: &[&str]) -> Html {
        let kept = self.without(except);
        Html::of(&Hidden { pairs: kept.pairs() })
    }
}
