//! Text that is already safe to stand in a page.
//!
//! Only this folder can make [`Html`] from a bare string; everyone else gets it from a template or
//! by escaping, so that no name typed by a stranger becomes markup.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

/// A piece of a page. Shown as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Plain text, escaped.
    pub fn text(text: &str) -> Html {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
        Html(out)
    }

    /// A template, rendered. Writing to memory fails only if a value's own `Display` does; then
    /// the piece is empty and the log says which.
    pub fn of(template: &impl Template) -> Html {
        match template.render() {
            Ok(text) => Html(text),
            Err(cause) => {
                tracing::error!(%cause, "template failed");
                Html::default()
            }
        }
    }

    /// Several pieces, one after another.
    pub fn join(pieces: impl IntoIterator<Item = Html>) -> Html {
        Html(pieces.into_iter().map(|piece| piece.0).collect())
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Markup made here from escaped parts.
    pub(super) fn raw(markup: String) -> Html {
        Html(markup)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

impl From<&str> for Html {
    fn from(text: &str) -> Html {
        Html::text(text)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Html {
        Html::text(&text)
    }
}

/// Lets a component stand in a template as `{{ component }}` and turn into [`Html`].
macro_rules! component {
    ($($name:ty),+ $(,)?) => {$(
        impl askama::filters::HtmlSafe for $name {}
        impl From<$name> for $crate::ui::html::Html {
            fn from(part: $name) -> Self {
                $crate::ui::html::Html::of(&part)
            }
        }
    )+};
}
pub(super) use component;
