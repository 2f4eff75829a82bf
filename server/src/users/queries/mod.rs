//! Every read of users and user groups, each within the reach of who asks.

mod groups;
mod one;
mod order;
mod page;

pub use groups::{group, group_by_name, groups, named_groups};
pub use one::{Account, ReachPart, account, by_id, by_key, own_values, reach_of, rights_of, user};
pub use order::{UserColumn, UserOrder, UserPlace};
pub use page::{Absence, Presence, USERS_PER_PAGE, UserFilter, users};

use super::model::{GroupKind, Particulars, Standing, User, UserKind, UserState};
use kernel::{GroupId, Timestamp, UserId, from_row};

/// The columns of a list or page of users, in the statements' order.
struct UserRow {
    id: UserId,
    kind: UserKind,
    group: GroupId,
    group_name: String,
    group_kind: GroupKind,
    state: UserState,
    suspended_from: Option<Timestamp>,
    suspended_until: Option<Timestamp>,
    name: String,
    user_name: String,
    mail: Option<String>,
    mobile: Option<String>,
    external_id: Option<String>,
    number: Option<i64>,
    keywords: String,
    language: Option<String>,
    last_sign_in: Option<Timestamp>,
    made_at: Timestamp,
    sort_key: String,
}
from_row!(UserRow {
    id,
    kind,
    group,
    group_name,
    group_kind,
    state,
    suspended_from,
    suspended_until,
    name,
    user_name,
    mail,
    mobile,
    external_id,
    number,
    keywords,
    language,
    last_sign_in,
    made_at,
    sort_key,
});

impl UserRow {
    fn at(self, now: Timestamp) -> User {
        let standing = Standing::at(now, self.state, self.suspended_from, self.suspended_until);
        let particulars = Particulars {
            name: self.name,
            user_name: self.user_name,
            mail: self.mail,
            mobile: self.mobile,
            external_id: self.external_id,
            number: self.number,
            keywords: self.keywords,
            language: self.language,
        };
        User {
            id: self.id,
            kind: self.kind,
            group: self.group,
            group_name: self.group_name,
            group_kind: self.group_kind,
            particulars,
            standing,
            last_sign_in: self.last_sign_in,
            made_at: self.made_at,
            sort_key: self.sort_key,
        }
    }
}
