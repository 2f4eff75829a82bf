//! A transcript or chat: customer left, agent right, each line with its time or sound position.

use askama::Template;
use std::ops::Range;

use super::{Html, component};

/// Who speaks, and so where the bubble stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The customer, left.
    Customer,
    /// The agent, right.
    Agent,
    /// The system, in the middle without a bubble.
    System,
}

impl Side {
    fn class(self) -> &'static str {
        match self {
            Side::Customer => "customer",
            Side::Agent => "agent",
            Side::System => "system",
        }
    }
}

/// One thing said.
#[derive(Clone, Debug)]
pub struct Bubble {
    /// Where it stands.
    pub side: Side,
    /// Who says it.
    pub who: String,
    /// When, as shown: a time or a position.
    pub at: Html,
    /// Position in the recording, if there is one: makes the time a button that plays from there.
    pub from_s: Option<f64>,
    /// What is said, as plain text.
    pub text: String,
    /// Where sought words stand in it: bytes of the text, in order, apart from each other.
    pub hits: Vec<Range<usize>>,
}

/// A conversation, in order.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/bubbles.html")]
pub struct Bubbles {
    label: String,
    player: Option<String>,
    bubbles: Vec<Bubble>,
    hits: Option<(String, String)>,
}

impl Bubbles {
    /// A conversation.
    pub fn new(label: impl Into<String>, bubbles: Vec<Bubble>) -> Bubbles {
        Bubbles { label: label.into(), player: None, bubbles, hits: None }
    }

    /// The id of the `<audio>` that the positions move.
    pub fn player(mut self, id: impl Into<String>) -> Bubbles {
        self.player = Some(id.into());
        self
    }

    /// Above it a list that leads from hit to hit: the title, and what the ids of lines with hits begin with.
    pub fn hits(mut self, title: impl Into<String>, prefix: impl Into<String>) -> Bubbles {
        self.hits = Some((title.into(), prefix.into()));
        self
    }

    /// The lines with a hit, counted from 1.
    fn hit(&self) -> Vec<(usize, &Bubble)> {
        self.bubbles.iter().filter(|b| !b.hits.is_empty()).enumerate().map(|(n, b)| (n + 1, b)).collect()
    }

    /// The id of a line that hits lead to.
    fn anchor(&self, bubble: &Bubble) -> Option<String> {
        let (_, prefix) = self.hits.as_ref()?;
        let (n, _) = self.hit().into_iter().find(|(_, hit)| std::ptr::eq(*hit, bubble))?;
        Some(format!("{prefix}-{n}"))
    }

    fn said(&self, bubble: &Bubble) -> Html {
        mark(&bubble.text, &bubble.hits)
    }
}

/// Escapes `text` and wraps each of the places in `<mark>`.
fn mark(text: &str, places: &[Range<usize>]) -> Html {
    let mut pieces = Vec::new();
    let mut plain = 0;
    for place in places {
        pieces.push(Html::text(text.get(plain..place.start).unwrap_or_default()));
        pieces.push(Html::of(&Mark { text: text.get(place.clone()).unwrap_or_default() }));
        plain = place.end;
    }
    pieces.push(Html::text(text.get(plain..).unwrap_or_default()));
    Html::join(pieces)
}

#[derive(Template)]
#[template(source = "<mark>{{ text }}</mark>", ext = "html")]
struct Mark<'a> {
    text: &'a str,
}

component!(Bubbles);
