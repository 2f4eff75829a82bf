//! Users and user groups as the product speaks of them. No SQL, no HTML.

use crate::users::start;
use kernel::{Error, GroupId, Result, Timestamp, UserId};
use serde::Serialize;

/// Characters a name, mail address or other line of a user may have.
pub const LINE_CHARACTERS: usize = 200;
/// Characters of a user's keywords.
pub const KEYWORDS_CHARACTERS: usize = 500;

/// A column of a list and a direction; each list says what its columns are and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<C> {
    /// By what.
    pub column: C,
    /// Greatest, newest, longest or last in the alphabet first.
    pub down: bool,
}

impl<C: std::str::FromStr> Order<C> {
    /// As an address says it: `seen`, or `-seen` for the other direction.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (column, down) = text.strip_prefix('-').map_or((text, false), |column| (column, true));
        Some(Self { column: column.parse().ok()?, down })
    }
}

/// Makes a closed set of words that stand in tables, forms, the API and the log alike.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// All of them, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word in tables, forms, the API and the log.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = kernel::Error;
            fn from_str(text: &str) -> kernel::Result<Self> {
                Self::ALL.iter().copied().find(|w| w.word() == text)
                    .ok_or_else(|| kernel::Error::broken(format!("no such word: {text}")))
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
                s.serialize_str(self.word())
            }
        }
        impl kernel::IntoValue for $name {
            fn into_value(self) -> kernel::Value { kernel::Value::Text(self.word().to_owned()) }
        }
        impl kernel::FromValue for $name {
            fn from_value(value: kernel::Value) -> kernel::Result<Self> {
                <String as kernel::FromValue>::from_value(value)?.parse()
            }
        }
    };
}
pub(crate) use words;

words!(
    /// What kind of user it is.
    UserKind {
        /// A human being, who signs in.
        Person = "person",
        /// A screen on a wall.
        Wallboard = "wallboard",
        /// A program that talks with customers.
        Bot = "bot",
        /// A program that uses the API.
        Service = "service",
    }
);

words!(
    /// What a user group is for: it decides what the group starts with.
    GroupKind {
        /// Those who run the centre.
        Administrators = "administrators",
        /// Those who talk with customers.
        Agents = "agents",
        /// Screens.
        Wallboards = "wallboards",
        /// Programs.
        Services = "services",
    }
);

impl GroupKind {
    /// The settings such a group starts with.
    #[must_use]
    pub fn starts_with(self) -> Vec<(&'static str, serde_json::Value)> {
        start::settings(self)
    }
}

words!(
    /// Whether a user is in use, as the column says; suspension stands in its own two dates.
    UserState {
        /// In use.
        Active = "active",
        /// Left; kept for the record.
        Deactivated = "deactivated",
        /// Their particulars are gone for good.
        Erased = "erased",
    }
);

/// A span during which a user may not be here. `until` `None`: until somebody resumes the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Suspension {
    /// The first moment.
    pub from: Timestamp,
    /// The moment it is over.
    pub until: Option<Timestamp>,
}

/// What a user's state comes to at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May sign in.
    Active,
    /// May sign in, until the suspension begins.
    SuspendedLater(Suspension),
    /// May not, within these dates.
    Suspended(Suspension),
    /// Left.
    Deactivated,
    /// Erased.
    Erased,
}

impl Standing {
    /// The standing at `now` of these columns.
    #[must_use]
    pub fn at(now: Timestamp, state: UserState, from: Option<Timestamp>, until: Option<Timestamp>) -> Self {
        match (state, from) {
            (UserState::Deactivated, _) => Self::Deactivated,
            (UserState::Erased, _) => Self::Erased,
            (UserState::Active, None) => Self::Active,
            (UserState::Active, Some(_)) if until.is_some_and(|u| u <= now) => Self::Active,
            (UserState::Active, Some(from)) if from > now => Self::SuspendedLater(Suspension { from, until }),
            (UserState::Active, Some(from)) => Self::Suspended(Suspension { from, until }),
        }
    }
    /// Whether the user may sign in now.
    #[must_use]
    pub const fn may_enter(self) -> bool {
        matches!(self, Self::Active | Self::SuspendedLater(_))
    }
    /// The word in filters and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::SuspendedLater(_) => "suspended_later",
            Self::Suspended(_) => "suspended",
            Self::Deactivated => "deactivated",
            Self::Erased => "erased",
        }
    }
}

/// What is written down about a user and can be edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Default)]
pub struct Particulars {
    /// As shown.
    pub name: String,
    /// What is typed at sign-in; unique, case apart.
    pub user_name: String,
    /// Unique where given, case apart.
    pub mail: Option<String>,
    /// As typed.
    pub mobile: Option<String>,
    /// The key in another system; unique where given.
    pub external_id: Option<String>,
    /// The number agents log on with; unique where given.
    pub number: Option<i64>,
    /// Words to be found by.
    pub keywords: String,
    /// Language tag; `None`: the tenant's.
    pub language: Option<String>,
}

impl Particulars {
    /// Everything a search looks through, folded, a line each.
    #[must_use]
    pub fn search(&self) -> String {
        let number = self.number.map(|n| n.to_string());
        let all = [
            Some(self.name.as_str()),
            Some(self.user_name.as_str()),
            self.mail.as_deref(),
            self.mobile.as_deref(),
            self.external_id.as_deref(),
            number.as_deref(),
            Some(self.keywords.as_str()),
        ];
        kernel::facet::fold(&all.into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }
    /// The fields with their names, as the log and the diff show them.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, serde_json::Value); 8] {
        [
            ("name", self.name.clone().into()),
            ("user_name", self.user_name.clone().into()),
            ("mail", self.mail.clone().into()),
            ("mobile", self.mobile.clone().into()),
            ("external_id", self.external_id.clone().into()),
            ("number", self.number.into()),
            ("keywords", self.keywords.clone().into()),
            ("language", self.language.clone().into()),
        ]
    }
    /// The same particulars with one field set from the value [`Particulars::fields`] gave.
    ///
    /// # Errors
    /// `Broken` for a field that is not one, or a value of another form.
    pub fn with(mut self, field: &str, value: &serde_json::Value) -> Result<Self> {
        let text = || value.as_str().map(str::to_owned);
        match field {
            "name" => self.name = text().unwrap_or_default(),
            "user_name" => self.user_name = text().unwrap_or_default(),
            "mail" => self.mail = text(),
            "mobile" => self.mobile = text(),
            "external_id" => self.external_id = text(),
            "number" => self.number = value.as_i64(),
            "keywords" => self.keywords = text().unwrap_or_default(),
            "language" => self.language = text(),
            other => return Err(Error::broken(format!("users have no field {other}"))),
        }
        Ok(self)
    }
}

/// One user as every page and the API show it.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Person, wallboard, bot or service.
    pub kind: UserKind,
    /// Its group.
    pub group: GroupId,
    /// The group's name.
    pub group_name: String,
    /// The group's kind.
    pub group_kind: GroupKind,
    /// What can be edited.
    pub particulars: Particulars,
    /// Whether it may sign in.
    pub standing: Standing,
    /// When it last did.
    pub last_sign_in: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Where it stands in a sorted list.
    pub sort_key: String,
}

/// One user group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name, unique, case apart.
    pub name: String,
    /// What it is for.
    pub kind: GroupKind,
    /// How many users are in it.
    pub users: i64,
}

/// Rows by their names, as a Swedish list is sorted.
#[must_use]
pub fn by_name<T>(mut rows: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    rows.sort_by_cached_key(|row| sort_key(name(row)));
    rows
}

/// The key a Swedish list is sorted by: å ä ö after z in that order, other marks off, ü as y, case apart.
#[must_use]
pub fn sort_key(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded: String = kernel::facet::fold(text).nfc().collect();
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'å' => out.push('{'),
            'ä' | 'æ' => out.push('|'),
            'ö' | 'ø' => out.push('}'),
            'ü' => out.push('y'),
            c => out.extend(std::iter::once(c).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c))),
        }
    }
    out
}
