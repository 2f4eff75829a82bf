//! What a value becomes: words, names and, where no name may be said, the plain id beside a word that says so.

use crate::ui::{Html, Locale};
use askama::Template;
use kernel::Uuid;

/// A part of a value as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// A name, and the page of what it names.
    Named {
        /// The name.
        name: String,
        /// The page, where there is one.
        href: Option<String>,
    },
    /// Something that has no name for this reader: it is gone, erased, or beyond reach.
    Unnamed(Uuid),
}

/// A value as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said(pub Vec<Piece>);

/// A link as a part.
#[derive(Template)]
#[template(source = r#"<a href="{{ href }}">{{ name }}</a>"#, ext = "html")]
struct Link<'a> {
    href: &'a str,
    name: &'a str,
}

/// An id as a part.
#[derive(Template)]
#[template(source = r#"{{ word }} <code class="id">{{ id }}</code>"#, ext = "html")]
struct Plain {
    word: String,
    id: Uuid,
}

impl Said {
    /// Words alone; nothing where they are empty.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Said {
        let text = text.into();
        Said(if text.is_empty() { Vec::new() } else { vec![Piece::Words(text)] })
    }
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// As it stands in a line of a list: no id is shown.
    #[must_use]
    pub fn line(&self, t: &Locale) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Named { name: words, .. } => words.clone(),
            Piece::Unnamed(_) => t.say("logs-unnamed"),
        };
        self.0.iter().map(piece).collect()
    }
    /// As it stands in a file: an id where there is no name.
    #[must_use]
    pub fn written(&self, t: &Locale) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Named { name: words, .. } => words.clone(),
            Piece::Unnamed(id) => format!("{} {id}", t.say("logs-unnamed")),
        };
        self.0.iter().map(piece).collect()
    }
    /// As it stands in the drawer: names lead to their pages.
    #[must_use]
    pub fn html(&self, t: &Locale) -> Html {
        Html::join(self.0.iter().map(|piece| match piece {
            Piece::Words(words) | Piece::Named { name: words, href: None } => Html::text(words),
            Piece::Named { name, href: Some(href) } => Html::of(&Link { href, name }),
            Piece::Unnamed(id) => Html::of(&Plain { word: t.say("logs-unnamed"), id: *id }),
        }))
    }
}
