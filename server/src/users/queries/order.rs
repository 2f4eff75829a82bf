//! The orders of the list of users, and where in one a page ends.
//!
//! Equals stand by name, and those without a value stand last in either direction.

use crate::users::model::{Order, Standing, User, words};
use kernel::{Params, UserId, facet};

words!(
    /// What the list can be ordered by. The words are those of the columns.
    UserColumn {
        /// The name, as Swedes sort.
        Name = "name",
        /// The group's name, as Swedes sort.
        Group = "group",
        /// In use, suspended, left.
        State = "state",
        /// The last sign-in.
        Seen = "seen",
        /// The number.
        Number = "number",
    }
);

/// An order of the list of users.
pub type UserOrder = Order<UserColumn>;

impl Default for UserOrder {
    fn default() -> Self {
        Self { column: UserColumn::Name, down: false }
    }
}

/// The last user of a page, as the order sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPlace {
    /// What stands in the ordered column; empty where the name orders.
    key: String,
    name: String,
    id: UserId,
}

/// The place of those who have no value: behind all others.
const NOWHERE: i64 = i64::MAX;

impl UserOrder {
    const fn sign(self) -> i64 {
        if self.down { -1 } else { 1 }
    }

    /// Where a user stands.
    #[must_use]
    pub fn place(self, user: &User) -> UserPlace {
        let number = |value: Option<i64>| value.map_or(NOWHERE, |value| value * self.sign()).to_string();
        let key = match self.column {
            UserColumn::Name => String::new(),
            // As the statement has it: å before ä.
            UserColumn::Group => facet::fold(&user.group_name).replace('å', "ã"),
            UserColumn::State => number(Some(match user.standing {
                Standing::Active | Standing::SuspendedLater(_) => 0,
                Standing::Suspended(_) => 1,
                Standing::Deactivated | Standing::Erased => 2,
            })),
            UserColumn::Seen => number(user.last_sign_in.map(|at| at.0)),
            UserColumn::Number => number(user.particulars.number),
        };
        UserPlace { key, name: user.sort_key.clone(), id: user.id }
    }

    /// The parameters that turn the parts of the statement on, for the rows after a place.
    pub(super) fn params(self, params: Params, after: &Option<UserPlace>) -> Params {
        let on = |column: UserColumn, down: Option<bool>| {
            (self.column == column && down.is_none_or(|down| down == self.down)).then_some(1_i64)
        };
        let params = params
            .with("sign", self.sign())
            .with("nowhere", NOWHERE)
            .filter("name_down", on(UserColumn::Name, Some(true)))
            .filter("group_up", on(UserColumn::Group, Some(false)))
            .filter("group_down", on(UserColumn::Group, Some(true)))
            .filter("by_state", on(UserColumn::State, None))
            .filter("by_seen", on(UserColumn::Seen, None))
            .filter("by_number", on(UserColumn::Number, None));
        let Some(UserPlace { key, name, id }) = after else { return params };
        let params = params.with("last", *id);
        let number = key.parse().unwrap_or(NOWHERE);
        match (self.column, self.down) {
            (UserColumn::Name, false) => params.with("after", name.as_str()),
            (UserColumn::Name, true) => params.with("before_name", name.as_str()),
            (UserColumn::Group, false) => {
                params.with("after_group", key.as_str()).with("beyond", name.as_str())
            }
            (UserColumn::Group, true) => {
                params.with("before_group", key.as_str()).with("beyond", name.as_str())
            }
            (UserColumn::State, _) => params.with("after_state", number).with("beyond", name.as_str()),
            (UserColumn::Seen, _) => params.with("after_seen", number).with("beyond", name.as_str()),
            (UserColumn::Number, _) => params.with("after_number", number).with("beyond", name.as_str()),
        }
    }
}

impl UserPlace {
    /// As an address says it: `ID~BYTES~KEY NAME`, where `BYTES` is how long the key is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '~');
        let (id, bytes, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes: usize = bytes.parse().ok()?;
        let (key, name) = (rest.get(..bytes)?, rest.get(bytes..)?);
        Some(Self { key: key.to_owned(), name: name.to_owned(), id: id.parse().ok()? })
    }
}

impl std::fmt::Display for UserPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}~{}{}", self.id, self.key.len(), self.key, self.name)
    }
}
