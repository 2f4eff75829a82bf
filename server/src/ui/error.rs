//! Error pages: what happened, what to do next, and the number to give to whoever helps.

use askama::Template;
use kernel::Error;

use super::state::Button;
use super::{Locale, Shell};

/// What an error itself says to the reader: its sentence, or those of its fields. None where only its kind is known.
pub fn said(t: &Locale, error: &Error) -> Option<String> {
    match error {
        Error::Invalid(problems) => {
            Some(problems.iter().map(|p| t.tell(&p.message)).collect::<Vec<_>>().join(" "))
        }
        other => other.message().map(|message| t.tell(message)),
    }
}

/// A page in place of the one asked for.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/error.html")]
pub struct ErrorView {
    /// The frame; bare, since who asked may not be known.
    pub shell: Shell,
    /// The HTTP status, 400–599.
    pub status: u16,
    /// What happened and what to do next, as a sentence.
    pub text: String,
    /// The number under which the cause stands in the program's log.
    pub incident: Option<String>,
}

impl ErrorView {
    /// The page for a status with its usual words.
    pub fn new(shell: Shell, status: u16) -> ErrorView {
        let (title, text) = match status {
            400 | 422 => ("ui-error-400-title", "ui-error-400"),
            401 => ("ui-error-401-title", "ui-error-401"),
            403 => ("ui-error-403-title", "ui-error-403"),
            404 => ("ui-error-404-title", "ui-error-404"),
            409 => ("ui-error-409-title", "ui-error-409"),
            413 => ("ui-error-413-title", "ui-error-413"),
            415 => ("ui-error-415-title", "ui-error-415"),
            429 => ("ui-error-429-title", "ui-error-429"),
            503 => ("ui-error-503-title", "ui-error-503"),
            _ => ("ui-error-500-title", "ui-error-500"),
        };
        let text = shell.t.say(text);
        let title = shell.t.say(title);
        ErrorView { shell: shell.titled(title), status, text, incident: None }
    }

    /// The page for what went wrong. `incident` is the number under which a `Broken` was logged.
    pub fn of(shell: Shell, error: &Error, incident: Option<String>) -> ErrorView {
        let t = shell.t;
        let page = ErrorView { incident, ..ErrorView::new(shell, error.status()) };
        match error {
            Error::Forbidden("same-origin") => page,
            Error::Forbidden(right) => page.lacks(right),
            other => match said(&t, other) {
                Some(text) => page.text(text),
                None => page,
            },
        }
    }

    /// Names the right that is missing.
    fn lacks(mut self, right: &str) -> ErrorView {
        let t = self.shell.t;
        let name = t.setting(right);
        self.shell.title = t.say("ui-error-right-title");
        self.text(t.say1("ui-error-right", "right", name))
    }

    /// Says it in words that fit the case.
    pub fn text(mut self, text: impl Into<String>) -> ErrorView {
        self.text = text.into();
        self
    }

    /// Adds the incident number.
    pub fn incident(mut self, number: impl Into<String>) -> ErrorView {
        self.incident = Some(number.into());
        self
    }

    /// The same within the portal, for whoever is signed in.
    pub fn inside(self) -> ErrorInside {
        ErrorInside { shell: self.shell.clone(), view: self }
    }

    fn home(&self) -> Button {
        Button::link(self.shell.t.say("ui-error-home"), "/")
    }
}

/// What went wrong, with the navigation of whoever is signed in round it.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/error_inside.html")]
pub struct ErrorInside {
    /// The frame with its navigation.
    pub shell: Shell,
    view: ErrorView,
}

impl super::gallery::Samples for ErrorInside {
    fn samples(shell: &Shell) -> Vec<(&'static str, ErrorInside)> {
        let of = |error| ErrorView::of(shell.clone(), &error, None).inside();
        vec![
            ("404", of(Error::NotFound)),
            ("409", of(Error::conflict("error-exists-already"))),
            ("right", of(Error::Forbidden("<script>alert(1)</script>"))),
            ("500", ErrorView::new(shell.clone(), 500).incident("7F3K-20QX").inside()),
        ]
    }
}
super::gallery::page!("ui/error-inside", ErrorInside);

impl super::gallery::Samples for ErrorView {
    fn samples(shell: &Shell) -> Vec<(&'static str, ErrorView)> {
        let bare = || Shell::new(shell.t, shell.theme);
        let encoded = Error::Unread("error-body-encoded".into());
        vec![
            ("encoded", ErrorView::of(bare(), &encoded, None)),
            ("403", ErrorView::new(bare(), 403)),
            ("404", ErrorView::new(bare(), 404)),
            ("500", ErrorView::new(bare(), 500).incident("7F3K-20QX")),
            ("503", ErrorView::of(bare(), &Error::Busy("error-book-unwritable".into()), None)),
            ("right", ErrorView::of(bare(), &Error::Forbidden("<script>alert(1)</script>"), None)),
            (
                "large",
                ErrorView::of(
                    bare(),
                    &Error::TooLarge(kernel::Message::new("error-body-too-large").with("bytes", 65536)),
                    None,
                ),
            ),
        ]
    }
}
super::gallery::page!("ui/error", ErrorView);
