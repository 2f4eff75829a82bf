//! The two shapes of this domain's pages: a sheet of parts, and a form.

use crate::front::{answer, navigation, refusal};
use crate::ui::field::{ErrorSummary, Field};
use crate::ui::state::{Button, Weight};
use crate::ui::{Flash, Html, Locale, Shell, gallery};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Access, Error, Problem, Result};

/// A page that is a sequence of parts.
#[derive(Template)]
#[template(path = "users/pages/sheet.html")]
pub struct Sheet {
    /// The frame.
    pub shell: Shell,
    /// The parts, from above.
    pub body: Vec<Html>,
}

impl Sheet {
    /// The page, as an answer.
    ///
    /// # Errors
    /// `Broken` when it cannot be rendered.
    pub fn answer(shell: Shell, body: Vec<Html>) -> Result<Response> {
        answer::page(&Sheet { shell, body })
    }
    /// The page with a form that was not taken: 422.
    ///
    /// # Errors
    /// `Broken` when it cannot be rendered.
    pub fn refused(shell: Shell, body: Vec<Html>) -> Result<Response> {
        answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Sheet { shell, body })
    }
}

impl gallery::Samples for Sheet {
    fn samples(shell: &Shell) -> Vec<(&'static str, Sheet)> {
        let t = shell.t;
        let form = Form::new(&t, "/x", t.say("users-save"))
            .fields(vec![Field::text("name", t.say("users-field-name")).error(t.say("users-taken"))])
            .into_html();
        vec![
            ("empty", Sheet { shell: shell.clone().titled(t.say("users-title")), body: Vec::new() }),
            ("form", Sheet { shell: shell.clone().titled(t.say("users-new")), body: vec![form] }),
        ]
    }
}
gallery::page!("users/sheet", Sheet);

/// A form with its errors above, its fields, one button and the way back.
#[derive(Template)]
#[template(path = "users/pages/form.html")]
pub struct Form {
    action: String,
    multipart: bool,
    errors: Html,
    parts: Vec<Html>,
    hidden: Vec<(String, String)>,
    verb: String,
    weight: Weight,
    other: Option<Html>,
    back: Option<Html>,
}

impl Form {
    /// A form that posts to `action` by a button that says `verb`.
    #[must_use]
    pub fn new(_t: &Locale, action: impl Into<String>, verb: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            multipart: false,
            errors: Html::default(),
            parts: Vec::new(),
            hidden: Vec::new(),
            verb: verb.into(),
            weight: Weight::Primary,
            other: None,
            back: None,
        }
    }
    /// How grave its button looks, if not as the one thing to do here.
    #[must_use]
    pub fn weight(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }
    /// Another way to send it, told apart by a field.
    #[must_use]
    pub fn or(mut self, verb: impl Into<String>, name: &str, value: &str) -> Self {
        self.other = Some(Button::submit(verb, Weight::Quiet).sends(name, value).into());
        self
    }
    /// Takes a file along.
    #[must_use]
    pub fn upload(mut self) -> Self {
        self.multipart = true;
        self
    }
    /// Its fields.
    #[must_use]
    pub fn fields(mut self, fields: Vec<Field>) -> Self {
        self.parts.extend(fields.into_iter().map(Html::from));
        self
    }
    /// Anything else in it.
    #[must_use]
    pub fn with(mut self, part: impl Into<Html>) -> Self {
        self.parts.push(part.into());
        self
    }
    /// A hidden field.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }
    /// The errors above it.
    #[must_use]
    pub fn errors(mut self, errors: ErrorSummary) -> Self {
        self.errors = errors.into();
        self
    }
    /// The way back without doing it.
    #[must_use]
    pub fn back(mut self, t: &Locale, href: impl Into<String>) -> Self {
        self.back = Some(Button::link(t.say("ui-cancel"), href).into());
        self
    }
    fn button(&self) -> Button {
        Button::submit(self.verb.clone(), self.weight)
    }
    /// As a part of a page.
    #[must_use]
    pub fn into_html(self) -> Html {
        Html::of(&self)
    }
}

/// What was wrong with a form: problems at fields, or a sentence about the whole.
#[derive(Default)]
pub struct Wrong {
    /// At fields.
    pub problems: Vec<Problem>,
    /// About the whole.
    pub whole: Option<String>,
}

impl Wrong {
    /// What a form can show of an error; other errors go on to the door.
    ///
    /// # Errors
    /// Everything but `Invalid` and `Conflict`.
    pub fn of(t: &Locale, error: Error) -> Result<Self> {
        match error {
            Error::Invalid(problems) => Ok(Self { problems, whole: None }),
            Error::Conflict(message) => {
                Ok(Self { problems: Vec::new(), whole: Some(refusal::say(t, &message)) })
            }
            other => Err(other),
        }
    }
    /// The field with what is wrong with it.
    #[must_use]
    pub fn at(&self, t: &Locale, field: Field) -> Field {
        match refusal::at_field(t, &self.problems, field.name()) {
            Some(said) => field.error(said),
            None => field,
        }
    }
    /// All of it, above the form.
    #[must_use]
    pub fn summary<'a>(&self, t: &Locale, fields: impl IntoIterator<Item = &'a Field>) -> ErrorSummary {
        let summary = ErrorSummary::of(t, fields);
        match &self.whole {
            Some(said) => summary.whole(t, said.clone()),
            None => summary,
        }
    }
}

/// The message that the page before asked for by `?done=`; only words of `allowed` are said.
#[must_use]
pub fn done(shell: Shell, ask: &Ask, allowed: &[&'static str]) -> Shell {
    let mut shell = shell;
    let query = ask.query();
    let said = query.get("done").unwrap_or_default();
    if let Some(key) = allowed.iter().find(|key| **key == said) {
        shell.flash.push(Flash::done(shell.t.say1(
            key,
            "n",
            query.get("n").and_then(|n| n.parse::<i64>().ok()).unwrap_or(1),
        )));
    }
    shell
}

/// Buttons to the settings and the reach of a group or user, for those whom these pages open. `path` is the page's own
/// door, with its place `{id}`.
#[must_use]
pub fn leading_on(shell: Shell, access: &Access, path: &str, id: impl std::fmt::Display) -> Shell {
    let id = id.to_string();
    let pages = [("settings", "ui-nav-settings"), ("reach", "reach-tab-reach")];
    pages.iter().fold(shell, |shell, (page, label)| {
        let door = format!("{path}/{page}");
        if !navigation::opens(access, &door) {
            return shell;
        }
        let label = shell.t.say(label);
        shell.action(Button::link(label, door.replace("{id}", &id)))
    })
}

/// Boxes to tick that are sent under one name.
#[derive(Template)]
#[template(path = "users/pages/boxes.html")]
struct Boxes<'a> {
    name: &'a str,
    legend: &'a str,
    help: &'a str,
    items: Vec<(String, String, bool)>,
}

/// Boxes to tick, each a value with its label, sent under one name.
#[must_use]
pub fn boxes(name: &str, legend: &str, help: &str, items: Vec<(String, String)>, ticked: &[String]) -> Html {
    let items = items.into_iter().map(|(value, label)| {
        let on = ticked.contains(&value);
        (value, label, on)
    });
    Html::of(&Boxes { name, legend, help, items: items.collect() })
}
