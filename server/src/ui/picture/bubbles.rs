//! A transcript or chat: customer left, agent right, each line with its time or sound position.

use askama::Template;

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
    /// The searched word stands in it.
    pub hit: bool,
}

/// A conversation, in order.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/bubbles.html")]
pub struct Bubbles {
    label: String,
    player: Option<String>,
    bubbles: Vec<Bubble>,
    marked: Option<String>,
}

impl Bubbles {
    /// A conversation.
    pub fn new(label: impl Into<String>, bubbles: Vec<Bubble>) -> Bubbles {
        Bubbles { label: label.into(), player: None, bubbles, marked: None }
    }

    /// The id of the `<audio>` that the positions move.
    pub fn player(mut self, id: impl Into<String>) -> Bubbles {
        self.player = Some(id.into());
        self
    }

    /// Marks every occurrence of a word, whatever its case.
    pub fn mark(mut self, word: impl Into<String>) -> Bubbles {
        self.marked = Some(word.into()).filter(|w| !w.is_empty());
        self
    }

    fn said(&self, text: &str) -> Html {
        match &self.marked {
            Some(word) => mark(text, word),
            None => Html::text(text),
        }
    }
}

/// Escapes `text` and wraps each occurrence of `word` in `<mark>`.
fn mark(text: &str, word: &str) -> Html {
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut pieces = Vec::new();
    let (mut plain, mut i) = (0, 0);
    while i < chars.len() {
        match match_at(&chars[i..], &wanted) {
            Some(n) if n > 0 => {
                let (start, end) = (chars[i].0, chars.get(i + n).map_or(text.len(), |c| c.0));
                pieces.push(Html::text(text.get(plain..start).unwrap_or_default()));
                pieces.push(Html::of(&Mark { text: text.get(start..end).unwrap_or_default() }));
                (plain, i) = (end, i + n);
            }
            _ => i += 1,
        }
    }
    pieces.push(Html::text(text.get(plain..).unwrap_or_default()));
    Html::join(pieces)
}

/// How many characters from the start of `chars` spell `wanted` in lower case.
fn match_at(chars: &[(usize, char)], wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (n, (_, c)) in chars.iter().enumerate() {
        if left.is_empty() {
            return Some(n);
        }
        for lower in c.to_lowercase() {
            left = left.strip_prefix(&[lower])?;
        }
    }
    left.is_empty().then_some(chars.len())
}

#[derive(Template)]
#[template(source = "<mark>{{ text }}</mark>", ext = "html")]
struct Mark<'a> {
    text: &'a str,
}

component!(Bubbles);
