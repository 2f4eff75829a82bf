//! The user a change is about, read in the change's own transaction and within the actor's reach.

use crate::users::model::{GroupKind, Particulars, Standing, UserKind, UserState};
use kernel::{Actor, Error, GroupId, Result, Timestamp, UserId, Writer, from_row, params, sql};

/// The columns of a user that changes compare with and set.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The user.
    pub id: UserId,
    /// What kind of user it is.
    pub kind: UserKind,
    /// The group it is in.
    pub group: GroupId,
    /// That group's kind.
    pub group_kind: GroupKind,
    /// In use, left or erased.
    pub state: UserState,
    /// The suspension's first moment.
    pub suspended_from: Option<Timestamp>,
    /// The moment it is over.
    pub suspended_until: Option<Timestamp>,
    name: String,
    user_name: String,
    mail: Option<String>,
    mobile: Option<String>,
    external_id: Option<String>,
    number: Option<i64>,
    keywords: String,
    language: Option<String>,
}
from_row!(Columns {
    id,
    kind,
    group,
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
});

impl Columns {
    /// What can be edited.
    #[must_use]
    pub fn particulars(&self) -> Particulars {
        Particulars {
            name: self.name.clone(),
            user_name: self.user_name.clone(),
            mail: self.mail.clone(),
            mobile: self.mobile.clone(),
            external_id: self.external_id.clone(),
            number: self.number,
            keywords: self.keywords.clone(),
            language: self.language.clone(),
        }
    }
    /// Whether the user may sign in at `now`.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        Standing::at(now, self.state, self.suspended_from, self.suspended_until)
    }
}

/// The user, if the actor reaches them; tells the entry whom it is about and which group they were in.
///
/// # Errors
/// `NotFound` when there is none, or not for this actor; `Conflict` when they are erased.
pub fn find(w: &mut Writer<'_>, user: UserId) -> Result<Columns> {
    let row = read(w, user)?;
    if row.state == UserState::Erased {
        return Err(Error::conflict("users-erased-already"));
    }
    w.about(&row.name);
    w.belongs(Some(row.group), None);
    Ok(row)
}

fn read(w: &mut Writer<'_>, user: UserId) -> Result<Columns> {
    if matches!(w.access().actor(), Actor::Machine { .. }) {
        let all = sql!(
            "select /* system: the machine has no reach of its own */ u.id, u.kind, u.group_id, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
               u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language
             from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
             where u.tenant_id = $tenant and u.id = $user"
        );
        return w.row(all, params! { user: user });
    }
    let reached = sql!(
        "select u.id, u.kind, u.group_id, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
           u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language
         from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         where u.tenant_id = $tenant and u.id = $user
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))"
    );
    w.row(reached, params! { user: user })
}
