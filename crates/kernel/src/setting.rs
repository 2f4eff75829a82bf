//! Typed settings with a range and a default, inherited system → tenant → group → user.
//!
//! - The nearest level wins, unless a level above is fixed; where a level may only be tightened, a looser value below is refused.
//! - Each setting says itself which direction is tighter.

use serde_json::Value;

/// Where a value is given. The order is that of inheritance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Above all tenants, by the operator.
    System,
    /// For a whole tenant.
    Tenant,
    /// For a user group.
    Group,
    /// For one user.
    User,
}

impl Level {
    /// The word in the tables, in the log and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Tenant => "tenant",
            Self::Group => "group",
            Self::User => "user",
        }
    }
    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "tenant" => Self::Tenant,
            "group" => Self::Group,
            "user" => Self::User,
            _ => Self::System,
        }
    }
}

/// What a level lets the levels below it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Lower levels may set any value.
    Free,
    /// Lower levels may only set a tighter one.
    Tighten,
    /// Lower levels may not set it.
    Fixed,
}

impl Mode {
    /// The word in the tables, in the log and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Tighten => "tighten",
            Self::Fixed => "fixed",
        }
    }
    /// The mode of that name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Free, Self::Tighten, Self::Fixed].into_iter().find(|m| m.name() == word)
    }
}

/// What a setting's value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Allow or deny; deny is tighter.
    Right,
    /// Yes or no.
    Flag {
        /// Which of the two is tighter, if one is.
        tighter: Option<bool>,
    },
    /// A whole number with its unit.
    Count {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
        /// `days`, `minutes`, `characters` …: a key of the sentences.
        unit: &'static str,
        /// Which direction is tighter.
        tighter: Tighter,
    },
    /// One of some words, from loosest to tightest if `ordered`.
    Choice {
        /// The words.
        words: &'static [&'static str],
        /// Whether a later word is tighter.
        ordered: bool,
    },
    /// Text.
    Text {
        /// Characters at the most.
        most: usize,
    },
    /// Text of a certain form, or empty.
    Shaped {
        /// Characters at the most.
        most: usize,
        /// Whether a text that is not empty has the form.
        fits: fn(&str) -> bool,
        /// The key of the sentence that says what the form is.
        form: &'static str,
    },
}

/// Which direction of a number is tighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tighter {
    /// Neither.
    Neither,
    /// A lower number.
    Lower,
    /// A higher number.
    Higher,
}

/// A setting of the product. Its name and explanation are the sentences `setting-KEY` and `setting-KEY-help`, dots as dashes.
#[derive(Debug)]
pub struct Setting {
    /// The key, such as `session.idle_minutes`.
    pub key: &'static str,
    /// The part of the settings page.
    pub area: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// The default as JSON.
    pub default: &'static str,
    /// The mode where no level says another.
    pub mode: Mode,
    /// The lowest level at which it can be given.
    pub lowest: Level,
}

/// A setting known to the settings page.
pub struct Known(pub &'static Setting);
inventory::collect!(Known);

/// Every setting, in no order.
pub fn known() -> impl Iterator<Item = &'static Setting> {
    inventory::iter::<Known>.into_iter().map(|k| k.0)
}

/// The setting of that key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Setting> {
    known().find(|s| s.key == key)
}

/// Makes a setting known: `setting!(pub SESSION_IDLE = Setting { … });`.
#[macro_export]
macro_rules! setting {
    ($(#[$doc:meta])* $vis:vis $name:ident = $value:expr) => {
        $(#[$doc])*
        $vis static $name: $crate::setting::Setting = $value;
        $crate::inventory::submit! { $crate::setting::Known(&$name) }
    };
}

/// One value given at one level.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where.
    pub level: Level,
    /// Which setting.
    pub key: String,
    /// The value.
    pub value: Value,
    /// What it lets lower levels do.
    pub mode: Mode,
}

impl Given {
    /// From the columns of a table; what cannot be read counts as null, and is then refused by the setting.
    #[must_use]
    pub fn new(level: Level, key: String, value: &str, mode: &str) -> Self {
        Self {
            level,
            key,
            value: serde_json::from_str(value).unwrap_or_default(),
            mode: Mode::parse(mode).unwrap_or(Mode::Free),
        }
    }
}

/// What became of a value given at a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is the value in force.
    Decides,
    /// A nearer level gave another.
    Overridden,
    /// A level above is fixed.
    Forbidden,
    /// A level above allows only tighter values.
    TooLoose,
    /// It is outside the setting's range.
    Unfit,
}

/// One link of the chain: a value at a level and what became of it. `level` `None` is the default.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it was given; `None` for the default.
    pub level: Option<Level>,
    /// The value.
    pub value: Value,
    /// What it lets lower levels do.
    pub mode: Mode,
    /// What became of it.
    pub fate: Fate,
}

/// The value in force and how it came to be.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The value in force.
    pub value: Value,
    /// Default first, then the levels that gave a value, from above.
    pub links: Vec<Link>,
}

impl Chain {
    /// The link that decided.
    #[must_use]
    pub fn decided_by(&self) -> Option<&Link> {
        self.links.iter().find(|l| l.fate == Fate::Decides)
    }
    /// The value that would hold at a level if nothing were given there or below.
    #[must_use]
    pub fn inherited(&self, setting: &Setting, level: Level) -> Value {
        let above: Vec<Given> = self
            .links
            .iter()
            .filter_map(|l| {
                l.level.filter(|at| *at < level).map(|at| Given {
                    level: at,
                    key: setting.key.to_owned(),
                    value: l.value.clone(),
                    mode: l.mode,
                })
            })
            .collect();
        setting.resolve(above.iter()).value
    }
}

impl Setting {
    /// A right: deny unless allowed, free below, down to one user.
    #[must_use]
    pub const fn right(key: &'static str, area: &'static str) -> Self {
        Self { key, area, kind: Kind::Right, default: "false", mode: Mode::Free, lowest: Level::User }
    }
    /// Whether it is a right.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        matches!(self.kind, Kind::Right)
    }
    /// The default.
    #[must_use]
    pub fn default_value(&self) -> Value {
        serde_json::from_str(self.default).unwrap_or_default()
    }
    /// Whether a value is of the setting's kind and range.
    #[must_use]
    pub fn fits(&self, value: &Value) -> bool {
        match self.kind {
            Kind::Right | Kind::Flag { .. } => value.is_boolean(),
            Kind::Count { least, most, .. } => value.as_i64().is_some_and(|n| (least..=most).contains(&n)),
            Kind::Choice { words, .. } => value.as_str().is_some_and(|w| words.contains(&w)),
            Kind::Text { most } => value.as_str().is_some_and(|t| t.chars().count() <= most),
            Kind::Shaped { most, fits, .. } => {
                value.as_str().is_some_and(|t| t.chars().count() <= most && (t.is_empty() || fits(t)))
            }
        }
    }
    /// Whether `value` is at least as tight as `above`.
    #[must_use]
    pub fn as_tight(&self, value: &Value, above: &Value) -> bool {
        if value == above {
            return true;
        }
        match self.kind {
            Kind::Right => value == &Value::Bool(false),
            Kind::Flag { tighter } => tighter.is_some_and(|t| value == &Value::Bool(t)),
            Kind::Count { tighter, .. } => match (value.as_i64(), above.as_i64(), tighter) {
                (Some(v), Some(a), Tighter::Lower) => v <= a,
                (Some(v), Some(a), Tighter::Higher) => v >= a,
                _ => false,
            },
            Kind::Choice { words, ordered } => {
                let place = |v: &Value| v.as_str().and_then(|v| words.iter().position(|w| *w == v));
                ordered && place(value) >= place(above)
            }
            Kind::Text { .. } | Kind::Shaped { .. } => false,
        }
    }
    /// The value in force, from the values given for this setting in any order.
    #[must_use]
    pub fn resolve<'a>(&self, givens: impl Iterator<Item = &'a Given>) -> Chain {
        let mut givens: Vec<&Given> = givens.collect();
        givens.sort_by_key(|g| g.level);
        let mut links =
            vec![Link { level: None, value: self.default_value(), mode: self.mode, fate: Fate::Decides }];
        let (mut decides, mut mode) = (0, self.mode);
        for given in givens {
            let above = links.get(decides).map(|l: &Link| l.value.clone()).unwrap_or_default();
            // The system level may set anything: the product's own default binds tenants, not the operator.
            let bound = if given.level == Level::System { Mode::Free } else { mode };
            let fate = match bound {
                _ if !self.fits(&given.value) => Fate::Unfit,
                Mode::Fixed => Fate::Forbidden,
                Mode::Tighten if !self.as_tight(&given.value, &above) => Fate::TooLoose,
                _ => Fate::Decides,
            };
            if fate == Fate::Decides {
                if let Some(before) = links.get_mut(decides) {
                    before.fate = Fate::Overridden;
                }
                decides = links.len();
                mode = stricter(mode, given);
            }
            links.push(Link { level: Some(given.level), value: given.value.clone(), mode: given.mode, fate });
        }
        let value = links.get(decides).map(|l| l.value.clone()).unwrap_or_default();
        Chain { value, links }
    }
}

/// A level may bind the levels below it more than it is bound, never less; the system may do either.
const fn stricter(mode: Mode, given: &Given) -> Mode {
    match (given.level, mode, given.mode) {
        (Level::System, _, said) => said,
        (_, Mode::Fixed, _) | (_, _, Mode::Fixed) => Mode::Fixed,
        (_, Mode::Tighten, _) | (_, _, Mode::Tighten) => Mode::Tighten,
        (_, Mode::Free, Mode::Free) => Mode::Free,
    }
}

#[cfg(test)]
mod tests;
