//! Settings as the product speaks of them. No SQL, no HTML.

use kernel::setting::{Fate, Given, Level, Link, Mode, Setting};
use kernel::{Error, GroupId, Message, Result, UserId, Uuid};
use serde::Serialize;
use serde_json::Value;

/// Where a value can be given: a level, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Above all tenants.
    System,
    /// The tenant who asks.
    Tenant,
    /// One of its groups.
    Group(GroupId),
    /// One of its users.
    User(UserId),
}

impl Place {
    /// The level.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::System => Level::System,
            Self::Tenant => Level::Tenant,
            Self::Group(_) => Level::Group,
            Self::User(_) => Level::User,
        }
    }
    /// The group's or user's id; zero above them.
    #[must_use]
    pub const fn holder(self) -> Uuid {
        match self {
            Self::System | Self::Tenant => Uuid::nil(),
            Self::Group(group) => group.0,
            Self::User(user) => user.0,
        }
    }
    /// The place of a level and a holder, as the log and the API write them.
    #[must_use]
    pub fn of(level: &str, holder: Uuid) -> Option<Self> {
        Some(match level {
            "system" => Self::System,
            "tenant" => Self::Tenant,
            "group" => Self::Group(GroupId(holder)),
            "user" => Self::User(UserId(holder)),
            _ => return None,
        })
    }
    /// Whether a value given here bears on a user of a group.
    #[must_use]
    pub fn covers(self, user: Option<UserId>, group: Option<GroupId>) -> bool {
        match self {
            Self::System | Self::Tenant => true,
            Self::Group(here) => group == Some(here),
            Self::User(here) => user == Some(here),
        }
    }
}

/// A value as it stands at a place, and as the log tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The value.
    pub value: Value,
    /// What it lets lower levels do.
    #[serde(serialize_with = "mode_name")]
    pub mode: Mode,
}

fn mode_name<S: serde::Serializer>(mode: &Mode, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(mode.name())
}

impl Told {
    /// From the columns of a table.
    #[must_use]
    pub fn stored(value: &str, mode: &str) -> Self {
        Self {
            value: serde_json::from_str(value).unwrap_or_default(),
            mode: Mode::parse(mode).unwrap_or(Mode::Free),
        }
    }
    /// As an entry of the log tells it: null where nothing stood.
    ///
    /// # Errors
    /// `Broken` when it is told otherwise.
    pub fn from_entry(told: &Value) -> Result<Option<Self>> {
        if told.is_null() {
            return Ok(None);
        }
        let mode = told.get("mode").and_then(Value::as_str).and_then(Mode::parse);
        match (told.get("value"), mode) {
            (Some(value), Some(mode)) => Ok(Some(Self { value: value.clone(), mode })),
            _ => Err(Error::broken("a setting's entry does not tell value and mode")),
        }
    }
    fn given(&self, level: Level, key: &str) -> Given {
        Given { level, key: key.to_owned(), value: self.value.clone(), mode: self.mode }
    }
}

/// What is to stand at a place: a value, or none any more.
#[derive(Clone, Debug)]
pub struct Change {
    /// The setting.
    pub setting: &'static Setting,
    /// Where.
    pub place: Place,
    /// The value; `None`: inherit again.
    pub to: Option<Told>,
}

impl Change {
    /// The values that bear on somebody, as they would be after the change.
    #[must_use]
    pub fn made(&self, mut givens: Vec<Given>, user: Option<UserId>, group: Option<GroupId>) -> Vec<Given> {
        if self.place.covers(user, group) {
            let level = self.place.level();
            givens.retain(|g| g.level != level || g.key != self.setting.key);
            givens.extend(self.to.iter().map(|told| told.given(level, self.setting.key)));
        }
        givens
    }
    /// Whether the setting can have this value at this level; what the levels above say is judged by [`Change::allowed_by`].
    ///
    /// # Errors
    /// `Invalid` that says what can be had, `Conflict` where the level is out of place.
    pub fn is_of_form(&self) -> Result<()> {
        let level = self.place.level();
        if level > self.setting.lowest {
            let lowest = Message::new("settings-not-so-low").with("level", self.setting.lowest.name());
            return Err(Error::Conflict(lowest));
        }
        if level == Level::System && self.setting.is_right() {
            return Err(Error::conflict("settings-no-rights-for-all"));
        }
        match &self.to {
            Some(told) if !self.setting.fits(&told.value) => {
                Err(Error::invalid("value", range(self.setting)))
            }
            Some(told) if level == Level::User && told.mode != Mode::Free => {
                Err(Error::invalid("mode", "settings-nothing-below"))
            }
            _ => Ok(()),
        }
    }
    /// Whether the levels above let this one say so. `givens` are the values after the change.
    ///
    /// # Errors
    /// `Conflict` that names the level which forbids it.
    pub fn allowed_by(&self, givens: &[Given]) -> Result<()> {
        let chain = self.setting.resolve(givens.iter().filter(|g| g.key == self.setting.key));
        let level = self.place.level();
        let Some(own) = chain.links.iter().find(|l| l.level == Some(level)) else { return Ok(()) };
        let sentence = match own.fate {
            Fate::Forbidden => "settings-fixed-above",
            Fate::TooLoose => "settings-only-tighter",
            Fate::Decides | Fate::Overridden | Fate::Unfit => return Ok(()),
        };
        let binds = binding(self.setting, &chain.links, level).map_or("product", Level::name);
        Err(Error::Conflict(Message::new(sentence).with("level", binds)))
    }
}

/// The level above `level` that binds it most tightly; `None`: the product itself.
#[must_use]
pub fn binding(setting: &Setting, links: &[Link], level: Level) -> Option<Level> {
    let above = links.iter().filter(|l| l.level.is_some_and(|at| at < level));
    let counted = above.filter(|l| matches!(l.fate, Fate::Decides | Fate::Overridden));
    let strictest = |mode| counted.clone().find(|l| l.mode == mode).and_then(|l| l.level);
    strictest(Mode::Fixed)
        .or_else(|| if setting.mode == Mode::Fixed { None } else { strictest(Mode::Tighten) })
}

/// What a setting takes, as a problem of its field says it.
#[must_use]
pub fn range(setting: &Setting) -> Message {
    use kernel::setting::Kind;
    match setting.kind {
        Kind::Count { least, most, .. } => {
            Message::new("settings-out-of-range").with("least", least).with("most", most)
        }
        Kind::Text { most } => Message::new("error-field-too-long").with("most", most),
        Kind::Shaped { form, .. } => Message::new(form),
        Kind::Right | Kind::Flag { .. } | Kind::Choice { .. } => Message::new("settings-not-a-choice"),
    }
}

/// A value as a form or a program sent it, or `None` when it is not of the setting's kind.
#[must_use]
pub fn parse(setting: &Setting, text: &str) -> Option<Value> {
    use kernel::setting::Kind;
    let text = text.trim();
    let value = match setting.kind {
        Kind::Right | Kind::Flag { .. } => Value::Bool(text.parse().ok()?),
        Kind::Count { .. } => Value::from(text.parse::<i64>().ok()?),
        Kind::Choice { .. } | Kind::Text { .. } | Kind::Shaped { .. } => Value::from(text),
    };
    setting.fits(&value).then_some(value)
}

/// A value as a form sends it: the reverse of [`parse`].
#[must_use]
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whom a change of a value reaches.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// Everybody in a group who has no value of their own.
    Group {
        /// The group.
        id: GroupId,
        /// Its name.
        name: String,
        /// How many users have none of their own.
        users: i64,
    },
    /// A user with a value of their own, before or after.
    User {
        /// The user.
        id: UserId,
        /// Their name.
        name: String,
    },
}

impl Whose {
    /// How many users this is.
    #[must_use]
    pub const fn users(&self) -> i64 {
        match self {
            Self::Group { users, .. } => *users,
            Self::User { .. } => 1,
        }
    }
}

/// What a change does to some users: their value before and after, which differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whom.
    pub whose: Whose,
    /// The value in force before.
    pub before: Value,
    /// The value in force after.
    pub after: Value,
}

impl Outcome {
    /// Whether a right is gained.
    #[must_use]
    pub fn gains(&self) -> bool {
        self.after == Value::Bool(true)
    }
}
