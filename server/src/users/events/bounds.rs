//! What nobody can step over: giving what one lacks, and touching somebody who may do more than oneself.
//!
//! - A user is placed in a group, or moved to one, only if every right and every reach gained is held by who asks.
//!   Moving oneself is no exception, so nobody raises their own rights that way.
//! - A user who holds a right that the actor lacks cannot be changed by that actor: otherwise a new mail address and
//!   a reset link would lend the right.
//! - Our own work on somebody's behalf (an import) is held to that somebody's rights.

use super::subject::Columns;
use super::{ImportUsers, ManageUsers};
use crate::users::model::GroupKind;
use kernel::policy::Policy;
use kernel::{Actor, Error, GroupId, Message, Result, Right, UserId, Uuid, Writer, params, sql};

/// What who asks may give away.
pub struct Asking {
    /// `None`: everything (a command on the machine).
    rights: Option<Vec<&'static str>>,
    holders: [Uuid; 2],
}

impl Asking {
    /// The rights in force now, read in this transaction; `by` is the person our own work is done for.
    ///
    /// # Errors
    /// `Forbidden` when that person may no longer be here.
    pub fn of(w: &mut Writer<'_>, by: Option<UserId>) -> Result<Self> {
        let (user, group) = match (w.access().actor().clone(), by) {
            (Actor::Machine { .. }, None) => return Ok(Self { rights: None, holders: [Uuid::nil(); 2] }),
            (Actor::Machine { .. }, Some(by)) => (by, group_of(w, by)?),
            (actor, _) => match (actor.user(), actor.group()) {
                (Some(user), Some(group)) => (user, group),
                _ => return Err(Error::SignedOut),
            },
        };
        let mut rights = Policy::read(w, Some(user), Some(group))?.rights();
        if let Actor::Key { .. } = w.access().actor() {
            // A key gives away no more than its own scope opens.
            rights.retain(|right| w.access().holds(right));
        }
        if let Some(right) =
            by.and([ImportUsers::KEY, ManageUsers::KEY].into_iter().find(|r| !rights.contains(r)))
        {
            return Err(Error::Forbidden(right));
        }
        Ok(Self { rights: Some(rights), holders: [user.0, group.0] })
    }
    /// The rights of `wanted` that who asks lacks.
    #[must_use]
    pub fn lacks(&self, wanted: &[&'static str]) -> Vec<&'static str> {
        match &self.rights {
            None => Vec::new(),
            Some(held) => wanted.iter().copied().filter(|right| !held.contains(right)).collect(),
        }
    }
    /// Refuses what would give rights that who asks lacks.
    ///
    /// # Errors
    /// `Conflict` that names how many and one of them.
    pub fn may_give(&self, wanted: &[&'static str]) -> Result<()> {
        match self.lacks(wanted).first() {
            None => Ok(()),
            Some(right) => {
                Err(Error::conflict(Message::new("users-beyond-your-rights").with("right", right)))
            }
        }
    }
    /// Refuses a group whose reach goes beyond that of who asks.
    ///
    /// # Errors
    /// `Conflict` when it does.
    pub fn may_give_reach_of(&self, w: &mut Writer<'_>, group: GroupId) -> Result<()> {
        if self.covers_reach(w, [group.0, group.0])? {
            Ok(())
        } else {
            Err(Error::conflict("users-beyond-your-reach"))
        }
    }
    /// Refuses what would let who asks come in as somebody else (a link that sets that one's password) who may do or reach
    /// anything that oneself does not.
    ///
    /// # Errors
    /// `NotFound` out of reach; `Conflict` when the other may do or reaches more.
    pub fn may_act_as(&self, w: &mut Writer<'_>, user: UserId, group: GroupId) -> Result<()> {
        self.reaches(w, group)?;
        self.may_give(&Policy::read(w, Some(user), Some(group))?.rights())?;
        if self.covers_reach(w, [user.0, group.0])? {
            Ok(())
        } else {
            Err(Error::conflict("users-reaches-more-than-you"))
        }
    }
    /// Whether all that these two reach is reached by who asks.
    fn covers_reach(&self, w: &mut Writer<'_>, of: [Uuid; 2]) -> Result<bool> {
        if self.rights.is_none() {
            return Ok(true);
        }
        let beyond = sql!(
            "select count(*) from reach g where g.tenant_id = $tenant and g.holder in ($one, $other) and not exists (
               select 1 from reach r where r.tenant_id = $tenant and r.holder in ($user, $own)
                 and (r.kind = 'all' or (r.kind = g.kind and r.scope_id = g.scope_id)))"
        );
        let ([user, own], [one, other]) = (self.holders, of);
        Ok(w.row::<(i64,)>(beyond, params! { one: one, other: other, user: user, own: own })? == (0,))
    }
    /// Whether this group's users are within reach of who asks, or it is their own group.
    ///
    /// # Errors
    /// `NotFound` when it is not.
    pub fn reaches(&self, w: &mut Writer<'_>, group: GroupId) -> Result<()> {
        let [user, own] = self.holders;
        if self.rights.is_none() || own == group.0 {
            return Ok(());
        }
        let within = sql!(
            "select count(*) from reach r where r.tenant_id = $tenant and r.holder in ($user, $own)
               and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = $group))"
        );
        match w.row::<(i64,)>(within, params! { group: group, user: user, own: own })? {
            (0,) => Err(Error::NotFound),
            _ => Ok(()),
        }
    }
}

/// The one our own work is done for: out if they are suspended or have left.
fn group_of(w: &mut Writer<'_>, by: UserId) -> Result<GroupId> {
    let find = sql!(
        "select /* system: an import is held to the rights of who started it */ group_id from users
         where tenant_id = $tenant and id = $by and state = 'active'
           and (suspended_from is null or suspended_from > $now or suspended_until <= $now)"
    );
    let (group,) =
        w.maybe::<(GroupId,)>(find, params! { by: by })?.ok_or(Error::Forbidden("users.import"))?;
    Ok(group)
}

/// Refuses a change of somebody who may do more than the actor; everybody may be changed by themselves.
///
/// # Errors
/// `Conflict` that names a right the actor lacks.
pub fn may_touch(w: &mut Writer<'_>, asking: &Asking, subject: &Columns) -> Result<()> {
    if w.access().actor().user() == Some(subject.id) {
        return Ok(());
    }
    let theirs = Policy::read(w, Some(subject.id), Some(subject.group))?.rights();
    match asking.lacks(&theirs).first() {
        None => Ok(()),
        Some(right) => Err(Error::conflict(Message::new("users-may-do-more-than-you").with("right", right))),
    }
}

/// Refuses shutting oneself out: somebody else must do it, and can undo it.
///
/// # Errors
/// `Conflict` when the subject is the actor.
pub fn not_oneself(w: &Writer<'_>, subject: &Columns) -> Result<()> {
    if w.access().actor().user() == Some(subject.id) {
        return Err(Error::conflict("users-not-yourself"));
    }
    Ok(())
}

/// The kind of a group.
///
/// # Errors
/// `Invalid` at `group` when there is none.
pub fn kind_of(w: &mut Writer<'_>, group: GroupId) -> Result<GroupKind> {
    let find = sql!("select kind from user_groups where tenant_id = $tenant and id = $group");
    let (kind,) = w
        .maybe::<(GroupKind,)>(find, params! { group: group })?
        .ok_or_else(|| Error::invalid("group", "users-no-such-group"))?;
    Ok(kind)
}

/// A group's name and kind, whoever asks.
///
/// # Errors
/// `NotFound` when there is none.
pub fn named(w: &mut Writer<'_>, group: GroupId) -> Result<(String, GroupKind)> {
    w.row(
        sql!("select name, kind from user_groups where tenant_id = $tenant and id = $group"),
        params! { group: group },
    )
}
