//! One setting at one place: its chain, the value to give, and what that would do before it is saved.

use super::consequence::{self, Alike};
use super::{address, chain, framed};
use crate::App;
use crate::front::answer;
use crate::settings::bounds;
use crate::settings::events::{Expected, ManageSettings, SettingCleared, SettingGiven};
use crate::settings::model::{self, Change, Place, Told};
use crate::settings::queries::{self, Line};
use crate::settings::wording;
use crate::ui::facts::Section;
use crate::ui::field::{Choice, Field};
use crate::ui::state::Weight;
use crate::ui::{Html, Locale, Shell, gallery};
use crate::users::pages::sheet::{Form, Wrong};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::setting::{self, Given, Kind, Level, Mode, Setting};
use kernel::{Error, Grant, Result, policy};

/// One setting at one place.
#[derive(Template)]
#[template(path = "settings/pages/edit.html")]
pub struct SettingPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

/// What the page shows.
pub struct Shown {
    /// Whose setting.
    pub line: Line,
    /// The setting.
    pub setting: &'static Setting,
    /// Every value that bears on the place.
    pub givens: Vec<Given>,
    /// What stands at the place now.
    pub own: Option<Told>,
}

/// What was typed.
#[derive(Default)]
pub struct Typed {
    value: String,
    mode: String,
}

/// The parts of the page: the chain, the form, and the consequence with its button once it is known.
#[must_use]
pub fn parts(shell: &Shell, shown: &Shown, typed: &Typed, wrong: &Wrong, then: Option<Html>) -> Vec<Html> {
    let (t, setting) = (shell.t, shown.setting);
    let why = Section::new(t.say("settings-now")).lead(t.setting_help(setting.key)).with(chain(
        shell,
        &shown.line,
        setting,
        &shown.givens,
    ));
    let action = format!("{}/{}", address(shown.line.place), setting.key);
    let fields: Vec<Field> = fields(&t, shown, typed).into_iter().map(|field| wrong.at(&t, field)).collect();
    let form = Form::new(&t, action, t.say("settings-look"))
        .errors(wrong.summary(&t, &fields))
        .fields(fields)
        .hidden("step", "look");
    // Once it is seen what would change, saving is the one thing to do, and the way back stands beside that.
    let form = match then {
        Some(_) => form.weight(Weight::Quiet),
        None => form.back(&t, address(shown.line.place)),
    };
    let mut out = vec![why.into(), Section::new(t.say("settings-new-value")).with(form.into_html()).into()];
    out.extend(then);
    out
}

fn fields(t: &Locale, shown: &Shown, typed: &Typed) -> Vec<Field> {
    let setting = shown.setting;
    let name = t.setting(setting.key);
    let choice = |value: &str, label: &str| Choice::new(value, t.say(label));
    let field = match setting.kind {
        Kind::Right => {
            let choices = vec![choice("true", "settings-allowed"), choice("false", "settings-denied")];
            Field::radio("value", name, choices)
        }
        Kind::Flag { .. } => {
            Field::radio("value", name, vec![choice("true", "settings-yes"), choice("false", "settings-no")])
        }
        Kind::Count { least, most, unit, .. } => Field::number("value", name, least, most)
            .unit(wording::unit(t, unit))
            .help(wording::range(t, setting).unwrap_or_default()),
        Kind::Choice { words, .. } => {
            let choices = words.iter().map(|w| Choice::new(*w, wording::word(t, setting, w))).collect();
            Field::radio("value", name, choices)
        }
        Kind::Text { most } => Field::text("value", name).attribute("maxlength", most),
        Kind::Shaped { most, form, .. } => {
            Field::text("value", name).attribute("maxlength", most).help(t.say(form))
        }
    };
    let mut out = vec![field.value(typed.value.clone())];
    if shown.line.place.level() != Level::User && setting.lowest > shown.line.place.level() {
        let modes = [Mode::Free, Mode::Tighten, Mode::Fixed];
        let choices = modes.map(|m| Choice::new(m.name(), wording::mode(t, m))).into();
        out.push(Field::radio("mode", t.say("settings-mode"), choices).value(typed.mode.clone()));
    }
    out
}

impl Typed {
    /// What stands there now, or would be inherited.
    fn of(shown: &Shown) -> Self {
        let chain = shown.setting.resolve(shown.givens.iter().filter(|g| g.key == shown.setting.key));
        match &shown.own {
            Some(told) => Self { value: model::plain(&told.value), mode: told.mode.name().to_owned() },
            None => Self { value: model::plain(&chain.value), mode: Mode::Free.name().to_owned() },
        }
    }
    fn sent(fields: &Fields) -> Self {
        let text = |name| fields.get(name).unwrap_or_default().to_owned();
        Self { value: text("value"), mode: text("mode") }
    }
    /// The value, once it is of the setting's kind.
    ///
    /// # Errors
    /// `Invalid` at the field.
    pub fn told(&self, setting: &'static Setting) -> Result<Told> {
        let value = model::parse(setting, &self.value)
            .ok_or_else(|| Error::invalid("value", model::range(setting)))?;
        let mode = if self.mode.is_empty() { Some(Mode::Free) } else { Mode::parse(&self.mode) };
        Ok(Told { value, mode: mode.ok_or_else(|| Error::invalid("mode", "settings-not-a-choice"))? })
    }
}

async fn shown(app: &App, grant: &Grant<ManageSettings>, place: Place, key: &str) -> Result<Shown> {
    let setting = setting::find(key).ok_or(Error::NotFound)?;
    grant
        .read(&app.store, move |r| {
            let line = queries::line(r, place)?;
            let mut givens = policy::givens(r, line.user_id(), line.group_id())?;
            givens.retain(|g| g.level <= place.level());
            let own = queries::at(r, place, setting.key)?;
            Ok(Shown { line, setting, givens, own })
        })
        .await
}

async fn frame(app: &App, grant: &Grant<ManageSettings>, shown: &Shown) -> Result<Shell> {
    let shell = framed(app.shell(grant.access()).await?, &shown.line);
    let (t, above) = (shell.t, shell.title.clone());
    Ok(shell.under(above, address(shown.line.place)).titled(t.setting(shown.setting.key)))
}

async fn show(app: App, grant: Grant<ManageSettings>, ask: Ask, place: Place) -> Result<Response> {
    let key: String = ask.place("key")?;
    let shown = shown(&app, &grant, place, &key).await?;
    let shell = frame(&app, &grant, &shown).await?;
    let parts = parts(&shell, &shown, &Typed::of(&shown), &Wrong::default(), None);
    answer::page(&SettingPage { shell, parts })
}

async fn send(app: App, grant: Grant<ManageSettings>, ask: Ask, place: Place) -> Result<Response> {
    let key: String = ask.place("key")?;
    let shown = shown(&app, &grant, place, &key).await?;
    let shell = frame(&app, &grant, &shown).await?;
    let fields = ask.fields().await?;
    let typed = Typed::sent(&fields);
    let answered = match typed.told(shown.setting) {
        Err(error) => Err(error),
        Ok(told) if fields.get("step") == Some("save") => save(&app, &grant, &shown, told, &fields).await,
        Ok(told) => look(&app, &grant, &shell, &shown, told).await.and_then(|then| {
            let parts = parts(&shell, &shown, &typed, &Wrong::default(), Some(then));
            answer::page(&SettingPage { shell: shell.clone(), parts })
        }),
    };
    answered.or_else(|error| {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = Wrong::of(&shell.t, error)?;
        let parts = parts(&shell, &shown, &typed, &wrong, None);
        answer::page_with(status, &SettingPage { shell: shell.clone(), parts })
    })
}

async fn save(
    app: &App,
    grant: &Grant<ManageSettings>,
    shown: &Shown,
    told: Told,
    fields: &Fields,
) -> Result<Response> {
    let (place, key) = (shown.line.place, shown.setting.key.to_owned());
    let expected = expected(fields)?;
    grant.apply(&app.store, SettingGiven { place, key, told, expected }).await?;
    answer::see_other(&format!("{}?done=given#{}", address(place), shown.setting.key.replace('.', "-")))
}

/// What the page showed as standing there, if it said so.
fn expected(fields: &Fields) -> Result<Expected> {
    let Some(seen) = fields.get("seen") else { return Ok(Expected::Anything) };
    let seen = serde_json::from_str(seen).map_err(|_| Error::invalid("seen", "error-field-form"))?;
    let told = Told::from_entry(&seen).map_err(|_| Error::invalid("seen", "error-field-form"))?;
    Ok(Expected::Just(told))
}

async fn look(
    app: &App,
    grant: &Grant<ManageSettings>,
    shell: &Shell,
    shown: &Shown,
    told: Told,
) -> Result<Html> {
    let change = Change { setting: shown.setting, place: shown.line.place, to: Some(told) };
    let asked = change.clone();
    let all = grant
        .read(&app.store, move |r| {
            let outcomes = bounds::judge(r, &asked)?;
            consequence::gathered(r, &asked, &outcomes)
        })
        .await?;
    Ok(promised(shell, shown, &change, &all))
}

/// The consequence with the button that saves.
fn promised(shell: &Shell, shown: &Shown, change: &Change, all: &[Alike]) -> Html {
    let (t, place) = (shell.t, shown.line.place);
    let seen = serde_json::to_string(&shown.own).unwrap_or_default();
    let (value, mode) = match &change.to {
        Some(told) => (model::plain(&told.value), told.mode.name()),
        None => (String::new(), ""),
    };
    Form::new(&t, format!("{}/{}", address(place), shown.setting.key), t.say("settings-save"))
        .with(consequence::shown(&t, change, all))
        .hidden("step", "save")
        .hidden("value", value)
        .hidden("mode", mode)
        .hidden("seen", seen)
        .back(&t, address(place))
        .into_html()
}

async fn inherit(app: App, grant: Grant<ManageSettings>, ask: Ask, place: Place) -> Result<Response> {
    let key: String = ask.place("key")?;
    let expected = expected(&ask.fields().await?)?;
    let anchor = key.replace('.', "-");
    grant.apply(&app.store, SettingCleared { place, key, expected }).await?;
    answer::see_other(&format!("{}?done=cleared#{anchor}", address(place)))
}

/// The doors of one place: the form, what it sends, and the way back to what is inherited.
macro_rules! doors {
    ($name:ident, $path:literal, |$ask:ident| $place:expr) => {
        #[doc = concat!("The doors of `", $path, "/{key}`.")]
        pub mod $name {
            use super::*;
            /// `GET`: the form.
            pub async fn form(app: App, grant: Grant<ManageSettings>, $ask: Ask) -> Result<Response> {
                let place = $place;
                show(app, grant, $ask, place).await
            }
            /// `POST`: what it would do, or do it.
            pub async fn sent(app: App, grant: Grant<ManageSettings>, $ask: Ask) -> Result<Response> {
                let place = $place;
                send(app, grant, $ask, place).await
            }
            /// `POST …/inherit`: take the value away.
            pub async fn inherited(app: App, grant: Grant<ManageSettings>, $ask: Ask) -> Result<Response> {
                let place = $place;
                inherit(app, grant, $ask, place).await
            }
        }
    };
}
doors!(system, "/system/settings", |_ask| Place::System);
doors!(tenant, "/settings", |_ask| Place::Tenant);
doors!(group, "/groups/{id}/settings", |ask| Place::Group(ask.place("id")?));
doors!(user, "/users/{id}/settings", |ask| Place::User(ask.place("id")?));

impl SettingPage {
    fn sample(shell: &Shell, wrong: Wrong, after: Option<i64>) -> SettingPage {
        let setting = &kernel::gate::SESSION_IDLE_MINUTES;
        let shown = Shown { line: super::sample_line("group"), setting, givens: Vec::new(), own: None };
        let typed = Typed { value: after.unwrap_or(60).to_string(), mode: "tighten".to_owned() };
        let told = Told { value: after.unwrap_or(60).into(), mode: Mode::Tighten };
        let change = Change { setting, place: shown.line.place, to: Some(told) };
        let all = [Alike::sample(60.into(), after.unwrap_or(60).into(), 41)];
        let then = after.map(|_| promised(shell, &shown, &change, &all));
        let parts = parts(shell, &shown, &typed, &wrong, then);
        SettingPage { shell: framed(shell.clone(), &shown.line).titled(shell.t.setting(setting.key)), parts }
    }
}

impl gallery::Samples for SettingPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, SettingPage)> {
        let problem =
            Wrong::of(&shell.t, Error::invalid("value", model::range(&kernel::gate::SESSION_IDLE_MINUTES)));
        vec![
            ("form", Self::sample(shell, Wrong::default(), None)),
            ("problem", Self::sample(shell, problem.unwrap_or_default(), None)),
            ("consequence", Self::sample(shell, Wrong::default(), Some(15))),
        ]
    }
}
gallery::page!("settings/edit", SettingPage);
