//! Every setting at one place, by area: its value, where it comes from, who may change it, one click back.

use super::{address, framed};
use crate::App;
use crate::front::{answer, undoing};
use crate::settings::events::{ManageSettings, ViewSettings};
use crate::settings::model::{Change, Place, Told};
use crate::settings::queries::{self, Line};
use crate::settings::wording;
use crate::ui::change::SettingRow;
use crate::ui::facts::Section;
use crate::ui::filter::{Chip, Filters, Menu, Preset};
use crate::ui::state::Empty;
use crate::ui::{Address, Flash, Html, Locale, Shell, gallery};
use askama::Template;
use axum::response::Response;
use kernel::door::Ask;
use kernel::facet::fold;
use kernel::setting::{Given, Level, Mode, Setting, known};
use kernel::{Grant, Result, policy};
use std::collections::BTreeMap;

/// The settings of one place.
#[derive(Template)]
#[template(path = "settings/pages/list.html")]
pub struct SettingsPage {
    /// The frame.
    pub shell: Shell,
    filters: Filters,
    parts: Vec<Html>,
}

/// What the page shows.
pub struct Shown {
    /// Whose settings.
    pub line: Line,
    /// Every value that bears on the place.
    pub givens: Vec<Given>,
    /// Whether who reads may change any.
    pub may_change: bool,
    /// The page's own address with its filters.
    pub here: Address,
}

impl SettingsPage {
    /// The page.
    #[must_use]
    pub fn new(shell: Shell, shown: &Shown) -> SettingsPage {
        let t = shell.t;
        let mut areas: BTreeMap<String, Vec<&'static Setting>> = BTreeMap::new();
        for setting in known().filter(|s| fits(&t, shown, s)) {
            areas.entry(wording::area(&t, setting.area)).or_default().push(setting);
        }
        let mut parts = Vec::new();
        for (title, mut settings) in areas {
            settings.sort_by_key(|s| (s.is_right(), fold(&t.setting(s.key))));
            let rows = settings.into_iter().map(|setting| row(&t, shown, setting));
            parts.push(rows.fold(Section::new(title), Section::with).into());
        }
        if parts.is_empty() {
            parts.push(Empty::new(t.say("settings-none"), t.say("settings-none-text")).into());
        }
        let filters = filters(t, shown);
        SettingsPage { shell: framed(shell, &shown.line), filters, parts }
    }
}

fn fits(t: &Locale, shown: &Shown, setting: &Setting) -> bool {
    let wanted = |name| shown.here.get(name).unwrap_or_default();
    let q = fold(wanted("q"));
    let texts = [t.setting(setting.key), t.setting_help(setting.key), setting.key.to_owned()];
    let own = || own(shown, setting).is_some();
    let rights_for_all = shown.line.place == Place::System && setting.is_right();
    !rights_for_all
        && (q.is_empty() || texts.iter().any(|text| fold(text).contains(&q)))
        && (wanted("area").is_empty() || wanted("area") == setting.area)
        && (wanted("own").is_empty() || own())
}

fn own<'a>(shown: &'a Shown, setting: &Setting) -> Option<&'a Given> {
    let level = shown.line.place.level();
    shown.givens.iter().find(|g| g.level == level && g.key == setting.key)
}

fn filters(t: Locale, shown: &Shown) -> Filters {
    let here = &shown.here;
    let mut areas: Vec<(String, &str)> = known().map(|s| (wording::area(&t, s.area), s.area)).collect();
    areas.sort_unstable();
    areas.dedup();
    let choices = areas.iter().map(|(name, area)| Preset::set(name.clone(), here, "area", area)).collect();
    let mut chips = Vec::new();
    if let Some((name, _)) = areas.iter().find(|(_, area)| Some(*area) == here.get("area")) {
        chips.push(Chip::new(t.say("settings-area"), name.clone(), here, &["area"]));
    }
    if here.get("own").is_some() {
        chips.push(Chip::new(t.say("settings-shown"), t.say("settings-own-only"), here, &["own"]));
    }
    let only = vec![Preset::set(t.say("settings-own-only"), here, "own", "1")];
    Filters::new(t, here.clone())
        .search(t.say("settings-search"))
        .menus(vec![
            Menu::choices(t.say("settings-area"), choices),
            Menu::choices(t.say("settings-shown"), only),
        ])
        .chips(chips)
}

fn row(t: &Locale, shown: &Shown, setting: &'static Setting) -> SettingRow {
    let (line, base) = (&shown.line, address(shown.line.place));
    let chain = setting.resolve(shown.givens.iter().filter(|g| g.key == setting.key));
    let level = chain.decided_by().and_then(|l| l.level);
    let value = wording::value(t, setting, &chain.value);
    let id = setting.key.replace('.', "-");
    let mut row = SettingRow::new(*t, id, t.setting(setting.key), value, wording::source(t, line, level));
    let range = wording::range(t, setting).map(|range| format!(" {range}")).unwrap_or_default();
    row = row.help(format!("{}{range} {}", t.setting_help(setting.key), wording::lowest(t, setting)));
    if let Place::User(user) = line.place {
        row = row.why(format!("/users/{user}/why/{}", setting.key));
    }
    let own = own(shown, setting);
    if let Some(own) = own {
        let inherited = wording::value(t, setting, &chain.inherited(setting, line.place.level()));
        let inherit = shown.may_change.then(|| format!("{base}/{}/inherit", setting.key));
        row = row.own(inherited, inherit);
        if own.mode != Mode::Free {
            row = row.affects(wording::mode(t, own.mode));
        }
    }
    match closed(t, shown, setting) {
        Some(why) => row.fixed(why),
        None if shown.may_change => row.edit(format!("{base}/{}", setting.key)),
        None => row,
    }
}

/// Why nothing can be given here, if so.
fn closed(t: &Locale, shown: &Shown, setting: &'static Setting) -> Option<String> {
    let (place, user, group) = (shown.line.place, shown.line.user_id(), shown.line.group_id());
    let chain = setting.resolve(shown.givens.iter().filter(|g| g.key == setting.key));
    let value = chain.inherited(setting, place.level());
    let change = Change { setting, place, to: Some(Told { value, mode: Mode::Free }) };
    let allowed =
        change.is_of_form().and_then(|()| change.allowed_by(&change.made(shown.givens.clone(), user, group)));
    match allowed {
        Err(kernel::Error::Conflict(why)) => Some(t.tell(&why)),
        _ => None,
    }
}

/// `GET /settings`
pub async fn tenant(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    list(app, grant, ask, Place::Tenant).await
}

/// `GET /groups/{id}/settings`
pub async fn group(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    let place = Place::Group(ask.place("id")?);
    list(app, grant, ask, place).await
}

/// `GET /users/{id}/settings`
pub async fn user(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    let place = Place::User(ask.place("id")?);
    list(app, grant, ask, place).await
}

/// `GET /system/settings`
pub async fn system(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    list(app, grant, ask, Place::System).await
}

async fn list(app: App, grant: Grant<ViewSettings>, ask: Ask, place: Place) -> Result<Response> {
    let (line, givens) = grant
        .read(&app.store, move |r| {
            let line = queries::line(r, place)?;
            let mut givens = policy::givens(r, line.user_id(), line.group_id())?;
            givens.retain(|g| g.level <= place.level());
            Ok((line, givens))
        })
        .await?;
    let mut shell = app.shell(grant.access()).await?;
    let t = shell.t;
    if let Some(done @ ("cleared" | "given")) = ask.query().get("done") {
        shell.flash.push(Flash::done(t.say(&format!("settings-done-{done}"))));
    }
    shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let here = Address::parse(&ask.head.uri.to_string()).without(&["done"]);
    let may_change = grant.access().may::<ManageSettings>();
    answer::page(&SettingsPage::new(shell, &Shown { line, givens, may_change, here }))
}

impl gallery::Samples for SettingsPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, SettingsPage)> {
        let given = |level, value: serde_json::Value, mode| Given {
            level,
            key: "session.idle_minutes".to_owned(),
            value,
            mode,
        };
        let page = |of, givens, here: &str| {
            let line = super::sample_line(of);
            let here = Address::parse(here);
            SettingsPage::new(shell.clone(), &Shown { line, givens, may_change: true, here })
        };
        let own =
            vec![given(Level::Tenant, 30.into(), Mode::Tighten), given(Level::Group, 15.into(), Mode::Fixed)];
        vec![
            ("tenant", page("tenant", Vec::new(), "/settings")),
            ("group", page("group", own.clone(), "/groups/1/settings?area=sign-in")),
            ("user", page("user", own, "/users/1/settings?own=1")),
        ]
    }
}
gallery::page!("settings/list", SettingsPage);
