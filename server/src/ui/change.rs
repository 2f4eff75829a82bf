//! Changes: before and after, where a value comes from, what a change would do, the last question.

use askama::Template;

use super::state::{Button, Weight};
use super::{Html, Locale, component};

/// A change, field by field: old struck, new underlined. No old value means added, no new one
/// means taken away.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/diff.html")]
pub struct Diff {
    caption: String,
    before: String,
    after: String,
    field: String,
    lines: Vec<(String, Option<Html>, Option<Html>)>,
}

impl Diff {
    /// No field changed yet.
    pub fn new(t: &Locale) -> Diff {
        Diff {
            caption: t.say("ui-diff"),
            field: t.say("ui-diff-field"),
            before: t.say("ui-diff-before"),
            after: t.say("ui-diff-after"),
            lines: Vec::new(),
        }
    }

    /// One field.
    pub fn line(self, field: impl Into<String>, before: Option<String>, after: Option<String>) -> Diff {
        self.said(field, before.map(Html::from), after.map(Html::from))
    }

    /// One field whose values are pieces of a page: a name that leads somewhere.
    pub fn said(mut self, field: impl Into<String>, before: Option<Html>, after: Option<Html>) -> Diff {
        self.lines.push((field.into(), before, after));
        self
    }

    /// Whether no field has been told.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// One level of a chain.
#[derive(Clone, Debug)]
struct Link {
    level: String,
    name: String,
    value: Option<String>,
    href: Option<String>,
    decides: bool,
}

/// Why someone has a value: system → tenant → group → user, with the deciding level lit.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/chain.html")]
pub struct Chain {
    label: String,
    unset: String,
    decides: String,
    links: Vec<Link>,
}

impl Chain {
    /// `label` says whose and what.
    pub fn new(t: &Locale, label: impl Into<String>) -> Chain {
        let (unset, decides) = (t.say("ui-chain-unset"), t.say("ui-chain-decides"));
        Chain { label: label.into(), unset, decides, links: Vec::new() }
    }

    /// Adds a level, outermost first; `None` where the level says nothing.
    pub fn level(
        mut self,
        level: impl Into<String>,
        name: impl Into<String>,
        value: Option<String>,
    ) -> Chain {
        self.links.push(Link { level: level.into(), name: name.into(), value, href: None, decides: false });
        self
    }

    /// The last added level decides.
    pub fn decides(mut self) -> Chain {
        if let Some(link) = self.links.last_mut() {
            link.decides = true;
        }
        self
    }

    /// The last added level can be changed there.
    pub fn href(mut self, href: impl Into<String>) -> Chain {
        if let Some(link) = self.links.last_mut() {
            link.href = Some(href.into());
        }
        self
    }
}

/// A setting in a list: value in force, which level set it, what it would be if inherited.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/setting.html")]
pub struct SettingRow {
    t: Locale,
    id: String,
    label: String,
    help: String,
    value: Html,
    source: String,
    own: bool,
    inherited: String,
    edit: Option<String>,
    inherit: Option<String>,
    why: Option<String>,
    affects: String,
    fixed: String,
}

impl SettingRow {
    /// `source` is a whole sentence: "Set for the group Sales".
    pub fn new(
        t: Locale,
        id: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<Html>,
        source: impl Into<String>,
    ) -> SettingRow {
        let none = String::new;
        SettingRow {
            t,
            id: id.into(),
            label: label.into(),
            help: none(),
            value: value.into(),
            source: source.into(),
            own: false,
            inherited: none(),
            edit: None,
            inherit: None,
            why: None,
            affects: none(),
            fixed: none(),
        }
    }

    /// What the setting does.
    pub fn help(mut self, help: impl Into<String>) -> SettingRow {
        self.help = help.into();
        self
    }

    /// Set at the very level the page is about; `inherited` is the value it would fall back to and
    /// `inherit` the POST address that lets it, for who may.
    pub fn own(mut self, inherited: impl Into<String>, inherit: Option<String>) -> SettingRow {
        self.own = true;
        self.inherited = inherited.into();
        self.inherit = inherit;
        self
    }

    /// Where it is changed.
    pub fn edit(mut self, href: impl Into<String>) -> SettingRow {
        self.edit = Some(href.into());
        self
    }

    /// Where the chain that decided it is told.
    pub fn why(mut self, href: impl Into<String>) -> SettingRow {
        self.why = Some(href.into());
        self
    }

    /// Who lives by it, as a sentence: "214 users".
    pub fn affects(mut self, affects: impl Into<String>) -> SettingRow {
        self.affects = affects.into();
        self
    }

    /// Why it cannot be changed here, as a sentence.
    pub fn fixed(mut self, why: impl Into<String>) -> SettingRow {
        self.fixed = why.into();
        self
    }
}

/// What will happen, shown before it is saved: who gains, who loses, what is deleted.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/consequence.html")]
pub struct Consequence {
    title: String,
    lines: Vec<(&'static str, String, Vec<String>)>,
}

impl Consequence {
    /// What the change would do.
    pub fn new(title: impl Into<String>) -> Consequence {
        Consequence { title: title.into(), lines: Vec::new() }
    }

    /// Someone gains something; `who` are names.
    pub fn gain(mut self, text: impl Into<String>, who: Vec<String>) -> Consequence {
        self.lines.push(("gain", text.into(), who));
        self
    }

    /// Someone loses something.
    pub fn loss(mut self, text: impl Into<String>, who: Vec<String>) -> Consequence {
        self.lines.push(("loss", text.into(), who));
        self
    }

    /// Something else worth knowing.
    pub fn note(mut self, text: impl Into<String>) -> Consequence {
        self.lines.push(("note", text.into(), Vec::new()));
        self
    }
}

/// The last question before what cannot be undone. Its title names the thing and the number.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/confirm.html")]
pub struct Confirm {
    title: String,
    text: String,
    action: String,
    fields: Vec<(String, String)>,
    parts: Vec<Html>,
    button: Html,
    back: Html,
}

impl Confirm {
    /// `title`: "Erase 214 recordings"; `verb`: the button; `back`: where not doing it leads.
    pub fn new(
        t: &Locale,
        title: impl Into<String>,
        verb: impl Into<String>,
        action: impl Into<String>,
        back: impl Into<String>,
    ) -> Confirm {
        Confirm {
            title: title.into(),
            text: String::new(),
            action: action.into(),
            fields: Vec::new(),
            parts: Vec::new(),
            button: Button::submit(verb, Weight::Danger).into(),
            back: Button::link(t.say("ui-cancel"), back).into(),
        }
    }

    /// What it means.
    pub fn text(mut self, text: impl Into<String>) -> Confirm {
        self.text = text.into();
        self
    }

    /// A hidden field.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Confirm {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// A field to fill in (a reason), or the consequence.
    pub fn with(mut self, part: impl Into<Html>) -> Confirm {
        self.parts.push(part.into());
        self
    }
}

component!(Diff, Chain, SettingRow, Consequence, Confirm);
