//! Form fields: label, help, the error at the field, what was typed kept.
//!
//! A form shows all its errors at once: [`ErrorSummary`] above, each linked to its field.

use askama::Template;

use super::{Html, Locale, component};

/// What a field takes.
#[derive(Clone, Debug)]
enum Kind {
    Input(&'static str),
    Area(u8),
    Select(Vec<Choice>),
    Radio(Vec<Choice>),
    Check(bool),
}

/// One of several things to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    label: String,
    help: String,
}

impl Choice {
    /// The sent value and what a person reads.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), help: String::new() }
    }

    /// A line of explanation; shown beside radio buttons.
    pub fn help(mut self, help: impl Into<String>) -> Choice {
        self.help = help.into();
        self
    }
}

/// One field of a form.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/field.html")]
pub struct Field {
    name: String,
    label: String,
    kind: Kind,
    value: String,
    help: String,
    unit: String,
    error: String,
    required: bool,
    off: bool,
    autofocus: bool,
    attributes: Vec<(&'static str, String)>,
}

impl Field {
    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Field {
        Field {
            name: name.into(),
            label: label.into(),
            kind,
            value: String::new(),
            help: String::new(),
            unit: String::new(),
            error: String::new(),
            required: false,
            off: false,
            autofocus: false,
            attributes: Vec::new(),
        }
    }

    /// A line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Input("text"), name, label)
    }

    /// Any other `<input type>`: `email`, `tel`, `date`, `datetime-local`, `time`, `file`, `search`.
    pub fn input(kind: &'static str, name: impl Into<String>, label: impl Into<String>) -> Field {
        Field::new(Kind::Input(kind), name, label)
    }

    /// A password; `autocomplete` is `current-password` or `new-password`.
    pub fn password(name: impl Into<String>, label: impl Into<String>, autocomplete: &str) -> Field {
        Field::new(Kind::Input("password"), name, label).attribute("autocomplete", autocomplete)
    }

    /// A whole number within a range.
    pub fn number(name: impl Into<String>, label: impl Into<String>, least: i64, most: i64) -> Field {
        let field = Field::new(Kind::Input("number"), name, label);
        field.attribute("min", least).attribute("max", most).attribute("inputmode", "numeric")
    }

    /// Several lines of text.
    pub fn area(name: impl Into<String>, label: impl Into<String>, lines: u8) -> Field {
        Field::new(Kind::Area(lines), name, label)
    }

    /// One of many.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(Kind::Select(choices), name, label)
    }

    /// One of a few, all in view.
    pub fn radio(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Field {
        Field::new(Kind::Radio(choices), name, label)
    }

    /// Yes or no; sends `on` when ticked and nothing otherwise.
    pub fn check(name: impl Into<String>, label: impl Into<String>, ticked: bool) -> Field {
        Field::new(Kind::Check(ticked), name, label)
    }

    /// What was typed, or is in force. Never call it for a password.
    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    /// One line under the label.
    pub fn help(mut self, help: impl Into<String>) -> Field {
        self.help = help.into();
        self
    }

    /// The unit after the field: days, characters.
    pub fn unit(mut self, unit: impl Into<String>) -> Field {
        self.unit = unit.into();
        self
    }

    /// What is wrong and what to do; an empty text means nothing is.
    pub fn error(mut self, error: impl Into<String>) -> Field {
        self.error = error.into();
        self
    }

    /// Keeps what was sent for it, except a password.
    pub fn sent(mut self, fields: &kernel::door::Fields) -> Field {
        match &mut self.kind {
            Kind::Input("password" | "file") => {}
            Kind::Check(ticked) => *ticked = fields.get(&self.name).is_some(),
            _ => fields.get(&self.name).unwrap_or_default().clone_into(&mut self.value),
        }
        self
    }

    /// Takes the problems that are about it.
    pub fn judged(self, t: &Locale, problems: &[kernel::Problem]) -> Field {
        let mine = problems.iter().filter(|p| p.field == self.name).map(|p| t.tell(&p.message));
        let error = mine.collect::<Vec<_>>().join(" ");
        self.error(error)
    }

    /// Must be filled in.
    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Cannot be changed here.
    pub fn off(mut self, off: bool) -> Field {
        self.off = off;
        self
    }

    /// Takes the first key press of the page.
    pub fn first(mut self) -> Field {
        self.autofocus = true;
        self
    }

    /// `maxlength`, `autocomplete`, `spellcheck`, `accept`, `pattern`, `placeholder`, …
    pub fn attribute(mut self, name: &'static str, value: impl ToString) -> Field {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The name it is sent under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether something is wrong with it.
    pub fn is_wrong(&self) -> bool {
        !self.error.is_empty()
    }

    fn described(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("{}-help", self.name));
        let error = self.is_wrong().then(|| format!("{}-error", self.name));
        help.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// All that is wrong with a form, above it; each line leads to its field.
#[derive(Template, Clone, Debug)]
#[template(path = "ui/components/errors.html")]
pub struct ErrorSummary {
    title: String,
    items: Vec<(String, String, String)>,
}

impl ErrorSummary {
    /// Gathers the errors of `fields`; shows nothing when there are none.
    pub fn of<'a>(t: &Locale, fields: impl IntoIterator<Item = &'a Field>) -> ErrorSummary {
        let wrong = fields.into_iter().filter(|f| f.is_wrong());
        let items: Vec<_> = wrong.map(|f| (f.name.clone(), f.label.clone(), f.error.clone())).collect();
        ErrorSummary { title: t.say1("ui-errors", "n", items.len()), items }
    }

    /// Adds the problems that are about none of `fields`.
    pub fn beside<'a>(
        self,
        t: &Locale,
        problems: &[kernel::Problem],
        fields: impl IntoIterator<Item = &'a Field>,
    ) -> ErrorSummary {
        let names: Vec<&str> = fields.into_iter().map(Field::name).collect();
        let others = problems.iter().filter(|p| !names.contains(&p.field.as_ref()));
        others.fold(self, |summary, p| summary.whole(t, t.tell(&p.message)))
    }

    /// Adds an error that belongs to no single field.
    pub fn whole(mut self, t: &Locale, error: impl Into<String>) -> ErrorSummary {
        self.items.insert(0, (String::new(), String::new(), error.into()));
        self.title = t.say1("ui-errors", "n", self.items.len());
        self
    }
}

/// Fields that belong together, under one heading.
#[derive(Template, Clone, Debug)]
#[template(
    source = r#"<fieldset class="group"><legend>{{ title }}</legend>{% if !help.is_empty() %}<p class="help">{{ help }}</p>{% endif %}{% for field in fields %}{{ field }}{% endfor %}</fieldset>"#,
    ext = "html"
)]
pub struct FieldGroup {
    title: String,
    help: String,
    fields: Vec<Html>,
}

impl FieldGroup {
    /// A heading with its fields.
    pub fn new(title: impl Into<String>, help: impl Into<String>, fields: Vec<Field>) -> FieldGroup {
        FieldGroup {
            title: title.into(),
            help: help.into(),
            fields: fields.into_iter().map(Html::from).collect(),
        }
    }
}

component!(Field, ErrorSummary, FieldGroup);
