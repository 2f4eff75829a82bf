//! A user begins.

use super::ManageUsers;
use super::bounds::{self, Asking};
use crate::users::import::events::{FromLine, LineFate, fated, made};
use crate::users::model::{Particulars, UserKind, sort_key};
use kernel::facet::fold;
use kernel::policy::Policy;
use kernel::{Error, Event, GroupId, Name, Problem, Result, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// A user was made: active, without password or link.
#[derive(Serialize)]
pub struct UserCreated {
    /// The new user.
    pub user: UserId,
    /// Person, wallboard, bot or service.
    pub kind: UserKind,
    /// The group it belongs to.
    pub group: GroupAtStart,
    /// What is written down about it.
    pub particulars: Particulars,
    /// The person an import is done for.
    pub by: Option<UserId>,
    /// The import it came with.
    pub import: Option<FromLine>,
}

/// The group a user begins in.
#[derive(Clone, Copy, Serialize)]
#[serde(transparent)]
pub struct GroupAtStart(pub GroupId);

impl Event for UserCreated {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.created", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (group, p) = (self.group.0, &self.particulars);
        let asking = Asking::of(w, self.by)?;
        bounds::kind_of(w, group)?;
        asking.reaches(w, group).map_err(|_| Error::invalid("group", "users-no-such-group"))?;
        asking.may_give(&Policy::read(w, None, Some(group))?.rights())?;
        asking.may_give_reach_of(w, group)?;
        unique(w, self.user, p)?;
        let insert = sql!(
            "insert into users (tenant_id, id, kind, group_id, user_name, user_name_folded, name, sort_key, mail, mail_folded, mobile,
               external_id, number, keywords, language, theme, state, suspended_from, suspended_until, search, made_at, changed_at)
             values ($tenant, $id, $kind, $group, $user_name, $user_name_folded, $name, $sort_key, $mail, $mail_folded, $mobile,
               $external_id, $number, $keywords, $language, null, 'active', null, null, $search, $now, $now)"
        );
        let params = params! {
            id: self.user, kind: self.kind, group: group, user_name: &p.user_name, user_name_folded: fold(&p.user_name),
            name: &p.name, sort_key: sort_key(&p.name), mail: p.mail.clone(), mail_folded: p.mail.as_deref().map(fold),
            mobile: p.mobile.clone(), external_id: p.external_id.clone(), number: p.number, keywords: &p.keywords,
            language: p.language.clone(), search: p.search(),
        };
        w.one(insert, params)?;
        if let Some(from) = self.import {
            made(w, from.import, self.user)?;
            fated(w, from, LineFate::Made)?;
        }
        w.about(&p.name);
        w.belongs(Some(group), None);
        w.changed("kind", (), self.kind);
        w.changed("group", (), group);
        w.changed("state", (), "active");
        for (field, value) in p.fields().into_iter().filter(|(_, v)| !v.is_null() && v != "") {
            w.changed(field, (), value);
        }
        Ok(())
    }
}

/// Says which of the particulars another user has already. A user name is also nobody else's mail address, and the
/// other way round, since either can be typed at sign-in.
///
/// # Errors
/// `Invalid` with every field that is taken.
pub(super) fn unique(w: &mut Writer<'_>, user: UserId, p: &Particulars) -> Result<()> {
    let find = sql!(
        "select /* system: a name is unique in the whole tenant */ 'user_name' from users
           where tenant_id = $tenant and id <> $user and user_name_folded = $user_name
         union all select 'user_name' from users where tenant_id = $tenant and id <> $user and mail_folded = $user_name
         union all select 'mail' from users where tenant_id = $tenant and id <> $user and mail_folded = $mail
         union all select 'mail' from users where tenant_id = $tenant and id <> $user and user_name_folded = $mail
         union all select 'external_id' from users where tenant_id = $tenant and id <> $user and external_id = $external_id
         union all select 'number' from users where tenant_id = $tenant and id <> $user and number = $number"
    );
    let params = params! {
        user: user, user_name: fold(&p.user_name), mail: p.mail.as_deref().map(fold),
        external_id: p.external_id.clone(), number: p.number,
    };
    let mut taken: Vec<(String,)> = w.rows(find, params)?;
    taken.sort();
    taken.dedup();
    if taken.is_empty() {
        return Ok(());
    }
    let problems =
        taken.into_iter().map(|(field,)| Problem { field: field.into(), message: "users-taken".into() });
    Err(Error::Invalid(problems.collect()))
}
