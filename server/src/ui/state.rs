//! States as word, shape and colour; buttons; tabs; empty pages; copying.

use askama::Template;

use super::{Html, component};

/// What a colour means. Never shown without its word and shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Good: a filled dot.
    Ok,
    /// Look at this: a triangle.
    Warn,
    /// Refused, broken, lost: a square.
    Bad,
    /// For information: a ring.
    Note,
    /// Over, off, not in use: a dash.
    Still,
}

impl Tone {
    /// The class that colours it.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Note => "note",
            Tone::Still => "still",
        }
    }
}

/// A state: `● active`, `▲ suspended`, `■ refused`.
#[derive(Template, Clone, Debug)]
#[template(source = r#"<span class="badge {{ tone.class() }}">{{ word }}</span>"#, ext = "html")]
pub struct Badge {
    tone: Tone,
    word: String,
}

impl Badge {
    /// A state with its word in the reader's language.
    pub fn new(tone: Tone, word: impl Into<String>) -> Badge {
        Badge { tone, word: word.into() }
    }
}

/// How a button looks: one primary a page, quiet for the rest, danger for what cannot be undone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// Anything else.
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Weight::Primary => "primary",
            Weight::Quiet => "quiet",
            Weight::Danger => "danger",
        }
    }
}

/// A link or a submit button that looks like a button.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/button.html")]
pub struct Button {
    label: String,
    weight: Weight,
    href: Option<String>,
    /// Form field sent with a submit button.
    sends: Option<(String, String)>,
    swap: Option<&'static str>,
    off: bool,
}

impl Button {
    /// Leads to `href`.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Button {
        Button { href: Some(href.into()), ..Button::submit(label, Weight::Quiet) }
    }

    /// Sends the form it stands in.
    pub fn submit(label: impl Into<String>, weight: Weight) -> Button {
        Button { label: label.into(), weight, href: None, sends: None, swap: None, off: false }
    }

    /// The one thing to do here.
    pub fn primary(mut self) -> Button {
        self.weight = Weight::Primary;
        self
    }

    /// Sends `name=value` along, so that one form can have several buttons.
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Button {
        self.sends = Some((name.into(), value.into()));
        self
    }

    /// Where there is script, replaces only the element with this id.
    pub fn swap(mut self, id: &'static str) -> Button {
        self.swap = Some(id);
        self
    }

    /// Cannot be pressed now.
    pub fn off(mut self, off: bool) -> Button {
        self.off = off;
        self
    }
}

/// Tabs: each is an address.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/tabs.html")]
pub struct Tabs {
    label: String,
    items: Vec<Tab>,
}

/// One tab.
#[derive(Clone, Debug)]
struct Tab {
    label: String,
    href: String,
    current: bool,
    count: Option<String>,
}

impl Tabs {
    /// `label` names the set for those who do not see it.
    pub fn new(label: impl Into<String>) -> Tabs {
        Tabs { label: label.into(), items: Vec::new() }
    }

    /// Adds a tab.
    pub fn tab(mut self, label: impl Into<String>, href: impl Into<String>, current: bool) -> Tabs {
        self.items.push(Tab { label: label.into(), href: href.into(), current, count: None });
        self
    }

    /// Adds a tab that says how many are inside, already written as a number.
    pub fn counted(
        mut self,
        label: impl Into<String>,
        href: impl Into<String>,
        current: bool,
        count: String,
    ) -> Tabs {
        self.items.push(Tab { label: label.into(), href: href.into(), current, count: Some(count) });
        self
    }
}

/// A page or list with nothing in it yet: what will stand here, and the step that makes it so.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/empty.html")]
pub struct Empty {
    title: String,
    text: String,
    step: Option<Html>,
}

impl Empty {
    /// What will appear here.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Empty {
        Empty { title: title.into(), text: text.into(), step: None }
    }

    /// The one step that makes it appear.
    pub fn step(mut self, step: impl Into<Html>) -> Empty {
        self.step = Some(step.into());
        self
    }
}

/// A value with a button that copies it (the button needs script, the value does not).
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<span class="copy"><code>{{ value }}</code><button class="link needs-script" type="button" data-copy="{{ value }}" data-done="{{ done }}">{{ label }}</button></span>"#,
    ext = "html"
)]
pub struct Copy {
    value: String,
    label: String,
    done: String,
}

impl Copy {
    /// Shows `value` and offers to copy it.
    pub fn new(t: &super::Locale, value: impl Into<String>) -> Copy {
        Copy { value: value.into(), label: t.say("ui-copy"), done: t.say("ui-copied") }
    }
}

/// Buttons side by side.
#[derive(Template, Clone, Debug, Default)]
#[template(
    source = r#"<div class="actions">{% for button in buttons %}{{ button }}{% endfor %}</div>"#,
    ext = "html"
)]
pub struct Actions {
    buttons: Vec<Button>,
}

impl Actions {
    /// These, in this order.
    pub fn new(buttons: Vec<Button>) -> Actions {
        Actions { buttons }
    }
}

component!(Badge, Button, Tabs, Empty, Copy, Actions);
