//! Facts about one thing: a list of names and values, a section, the drawer beside a list.

use askama::Template;

use super::{Html, Locale, component};

/// Names and values, one under another.
#[derive(Template, Clone, Debug, Default)]
#[template(
    source = r#"<dl class="facts">{% for (name, value) in items %}<div><dt>{{ name }}</dt><dd>{{ value }}</dd></div>{% endfor %}</dl>"#,
    ext = "html"
)]
pub struct Facts {
    items: Vec<(String, Html)>,
}

impl Facts {
    /// No facts yet.
    pub fn new() -> Facts {
        Facts::default()
    }

    /// Adds a fact.
    pub fn fact(mut self, name: impl Into<String>, value: impl Into<Html>) -> Facts {
        self.items.push((name.into(), value.into()));
        self
    }

    /// Adds a fact if it is known.
    pub fn maybe(self, name: impl Into<String>, value: Option<impl Into<Html>>) -> Facts {
        match value {
            Some(value) => self.fact(name, value),
            None => self,
        }
    }
}

/// A headed part of a page.
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<section class="part"{% if !id.is_empty() %} id="{{ id }}"{% endif %}>{% if !title.is_empty() %}<header><h2>{{ title }}</h2>{% for action in actions %}{{ action }}{% endfor %}</header>{% endif %}{% if !lead.is_empty() %}<p class="lead">{{ lead }}</p>{% endif %}{% for piece in body %}{{ piece }}{% endfor %}</section>"#,
    ext = "html"
)]
pub struct Section {
    id: String,
    title: String,
    lead: String,
    actions: Vec<Html>,
    body: Vec<Html>,
}

impl Section {
    /// An empty part.
    pub fn new(title: impl Into<String>) -> Section {
        Section {
            id: String::new(),
            title: title.into(),
            lead: String::new(),
            actions: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A part of a page whose title says what it is: it has no heading of its own, and no actions beside one.
    pub fn untitled() -> Section {
        Section::new("")
    }

    /// An anchor, also what a script may replace.
    pub fn id(mut self, id: impl Into<String>) -> Section {
        self.id = id.into();
        self
    }

    /// A sentence under the heading.
    pub fn lead(mut self, lead: impl Into<String>) -> Section {
        self.lead = lead.into();
        self
    }

    /// A button or link beside the heading.
    pub fn action(mut self, action: impl Into<Html>) -> Section {
        self.actions.push(action.into());
        self
    }

    /// Adds a paragraph.
    pub fn text(self, text: impl AsRef<str>) -> Section {
        self.with(Html::raw(format!("<p>{}</p>", Html::text(text.as_ref()))))
    }

    /// Adds a piece of content.
    pub fn with(mut self, piece: impl Into<Html>) -> Section {
        self.body.push(piece.into());
        self
    }
}

/// What stands beside a list: one row, in full. Closed, it keeps its place for the script.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/drawer.html")]
pub struct Drawer {
    open: Option<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    title: String,
    sub: Html,
    close: String,
    close_label: String,
    body: Vec<Html>,
}

impl Drawer {
    /// Nothing open.
    pub fn closed() -> Drawer {
        Drawer { open: None }
    }

    /// One row, with the address of the list without it.
    pub fn open(t: &Locale, title: impl Into<String>, close: impl Into<String>) -> Drawer {
        let close_label = t.say("ui-close");
        let open = Open {
            title: title.into(),
            sub: Html::default(),
            close: close.into(),
            close_label,
            body: Vec::new(),
        };
        Drawer { open: Some(open) }
    }

    /// A line under the title.
    pub fn sub(mut self, sub: impl Into<Html>) -> Drawer {
        if let Some(open) = &mut self.open {
            open.sub = sub.into();
        }
        self
    }

    /// Adds a piece of content.
    pub fn with(mut self, piece: impl Into<Html>) -> Drawer {
        if let Some(open) = &mut self.open {
            open.body.push(piece.into());
        }
        self
    }
}

component!(Facts, Section, Drawer);
