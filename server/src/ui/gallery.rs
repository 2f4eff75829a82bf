//! Every page with its samples, to be looked at in either language and theme, and to be tested.
//!
//! A page joins by two items beside it: `impl Samples for Page` and `gallery::page!("name", Page)`.

use askama::Template;

use super::{Language, Locale, NavItem, Person, Shell, Theme};

/// Example states of a page: ordinary, empty, hostile names, names of 200 characters.
pub trait Samples: Template + Sized {
    /// Each state with its name. `shell` speaks the language and wears the theme to be shown.
    fn samples(shell: &Shell) -> Vec<(&'static str, Self)>;
}

/// A page known to the gallery.
pub struct Entry {
    name: &'static str,
    names: fn(&Shell) -> Vec<&'static str>,
    render: fn(&Shell, &str) -> Option<String>,
}

inventory::collect!(Entry);

impl Entry {
    /// Used by [`page!`].
    pub const fn of<P: Samples>(name: &'static str) -> Entry {
        Entry { name, names: names::<P>, render: render_one::<P> }
    }
}

/// Makes a page with [`Samples`] known to the gallery and its tests.
macro_rules! page {
    ($name:literal, $page:ty) => {
        inventory::submit! { $crate::ui::gallery::Entry::of::<$page>($name) }
    };
}
pub(crate) use page;

fn names<P: Samples>(shell: &Shell) -> Vec<&'static str> {
    P::samples(shell).into_iter().map(|(name, _)| name).collect()
}

fn render_one<P: Samples>(shell: &Shell, sample: &str) -> Option<String> {
    let (_, page) = P::samples(shell).into_iter().find(|(name, _)| *name == sample)?;
    page.render().ok()
}

/// Every page and sample there is, in order of name.
pub fn all() -> Vec<(&'static str, Vec<&'static str>)> {
    let shell = sample_shell(Locale::new(Language::En, "UTC"), Theme::System);
    let mut pages: Vec<_> =
        inventory::iter::<Entry>.into_iter().map(|e| (e.name, (e.names)(&shell))).collect();
    pages.sort();
    pages
}

/// Renders one sample; `None` if there is no such page or sample.
pub fn render(page: &str, sample: &str, t: Locale, theme: Theme) -> Option<String> {
    let entry = inventory::iter::<Entry>.into_iter().find(|e| e.name == page)?;
    (entry.render)(&sample_shell(t, theme), sample)
}

/// One line of the index: the page, and each sample with its four views.
struct Line {
    page: &'static str,
    samples: Vec<(&'static str, Vec<(String, String)>)>,
}

/// The list of everything that can be looked at.
#[derive(Template)]
#[template(path = "ui/gallery.html")]
struct Index {
    shell: Shell,
    lines: Vec<Line>,
}

/// The gallery's own page. Views are at `/ui/gallery/{page}?sample=&language=&theme=`.
pub fn index(t: Locale) -> String {
    let view = |page: &str, sample: &str, language: Language, theme: Theme| {
        let here = super::Address::new(format!("/ui/gallery/{page}")).with("sample", sample);
        let href = here.with("language", language.code()).with("theme", theme.code()).to_string();
        (format!("{} {}", language.code(), theme.code()), href)
    };
    let views = |page: &str, sample: &str| {
        let pairs = Language::ALL.into_iter().flat_map(|l| [(l, Theme::Light), (l, Theme::Dark)]);
        pairs.map(|(l, theme)| view(page, sample, l, theme)).collect()
    };
    let lines = all().into_iter().map(|(page, samples)| Line {
        page,
        samples: samples.into_iter().map(|s| (s, views(page, s))).collect(),
    });
    let index =
        Index { shell: Shell::new(t, Theme::System).titled(t.say("ui-gallery")), lines: lines.collect() };
    super::Html::of(&index).as_str().to_owned()
}

/// A frame with a whole navigation, for samples.
pub fn sample_shell(t: Locale, theme: Theme) -> Shell {
    let item =
        |key: &str, href: &str, waiting| NavItem { waiting, ..NavItem::new(t.say(key), href.to_owned()) };
    let under = |item: NavItem, below: &[(&str, &str)]| NavItem {
        under: below.iter().map(|(key, href)| NavItem::new(t.say(key), *href)).collect(),
        ..item
    };
    let mut shell = Shell::new(t, theme);
    shell.tenant = "Norrsken Kundservice AB".to_owned();
    shell.person = Some(Person { name: "Åsa Lindqvist".to_owned(), href: "/me".to_owned() });
    shell.nav = vec![
        item("ui-nav-home", "/", 0),
        item("ui-nav-cases", "/cases", 3),
        item("ui-nav-archive", "/archive", 0),
        under(item("ui-nav-logs", "/logs", 0), &[("ui-nav-book", "/book")]),
        under(
            item("ui-nav-users", "/users", 0),
            &[("ui-nav-groups", "/groups"), ("ui-nav-profiles", "/profiles")],
        ),
        item("ui-nav-access", "/access", 0),
        item("ui-nav-settings", "/settings", 0),
        item("ui-nav-learning", "/learning", 0),
    ];
    shell
}
