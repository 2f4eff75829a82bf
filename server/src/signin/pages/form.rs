//! A page that is one form: signing in, setting a password.

use crate::front::refusal::{at_field, say};
use crate::ui::field::{ErrorSummary, Field};
use crate::ui::state::{Button, Weight};
use crate::ui::{Locale, Shell, gallery};
use askama::Template;
use kernel::{Message, Problem};

/// A bare page with one form.
#[derive(Template)]
#[template(path = "signin/pages/form.html")]
pub struct FormPage {
    /// Who reads.
    pub t: Locale,
    /// The frame.
    pub shell: Shell,
    intro: String,
    action: String,
    fields: Vec<Field>,
    hidden: Vec<(&'static str, String)>,
    errors: ErrorSummary,
    button: Button,
    foot: String,
    back: Option<Button>,
}

impl FormPage {
    /// A form that is sent to `action`.
    #[must_use]
    pub fn new(shell: Shell, title: &str, action: &str, fields: Vec<Field>) -> Self {
        let t = shell.t;
        let title = t.say(title);
        Self {
            t,
            button: Button::submit(title.clone(), Weight::Primary),
            shell: shell.titled(title),
            intro: String::new(),
            action: action.to_owned(),
            errors: ErrorSummary::of(&t, &[]),
            fields,
            hidden: Vec::new(),
            foot: String::new(),
            back: None,
        }
    }
    /// What it is for.
    #[must_use]
    pub fn intro(mut self, text: String) -> Self {
        self.intro = text;
        self
    }
    /// What stands at the foot.
    #[must_use]
    pub fn foot(mut self, text: String) -> Self {
        self.foot = text;
        self
    }
    /// The way back without doing it.
    #[must_use]
    pub fn back(mut self, href: &str) -> Self {
        self.back = Some(Button::link(self.t.say("ui-cancel"), href));
        self
    }
    /// Something sent along.
    #[must_use]
    pub fn carrying(mut self, name: &'static str, value: String) -> Self {
        self.hidden.push((name, value));
        self
    }
    /// What is wrong, at each field and above.
    #[must_use]
    pub fn wrong(mut self, problems: &[Problem]) -> Self {
        let t = self.t;
        let told = |field: Field| match at_field(&t, problems, field.name()) {
            Some(error) => field.error(error),
            None => field,
        };
        self.fields = self.fields.into_iter().map(told).collect();
        self.errors = ErrorSummary::of(&t, &self.fields);
        self
    }
    /// What is wrong with the whole.
    #[must_use]
    pub fn refused(mut self, message: &Message) -> Self {
        self.errors = self.errors.whole(&self.t, say(&self.t, message));
        self
    }
}

impl gallery::Samples for FormPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, FormPage)> {
        let sign_in = || super::sign_in::form(shell.clone(), "", "åsa@example.se", "/", false);
        vec![
            ("sign-in", sign_in()),
            ("sign-in-refused", sign_in().refused(&Message::new("sign-in-refused"))),
            (
                "password-first",
                super::passwords::link_form(shell.clone(), "/set-password/x", &"Å".repeat(200), "set-up", 15),
            ),
            (
                "password-change",
                super::passwords::change_form(shell.clone(), true, 15).wrong(&[Problem {
                    field: "new".into(),
                    message: Message::new("password-too-short").with("least", 15),
                }]),
            ),
        ]
    }
}
gallery::page!("sign-in/form", FormPage);
