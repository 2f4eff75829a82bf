//! One page of the list of users.

use super::UserRow;
use super::order::{UserOrder, UserPlace};
use crate::users::model::{User, UserKind, words};
use kernel::{Error, GroupId, Reader, Result, Timestamp, params, sql};

/// Users on one page of the list.
pub const USERS_PER_PAGE: usize = 50;
/// Characters of a search.
const SEARCH_CHARACTERS: usize = 200;

words!(
    /// Whether somebody is in use, as a filter.
    Presence {
        /// May come in now.
        Active = "active",
        /// Suspended now.
        Suspended = "suspended",
        /// Left.
        Deactivated = "deactivated",
    }
);

words!(
    /// How long somebody has not signed in, as a filter.
    Absence {
        /// Never signed in.
        Never = "never",
        /// Not in 30 days.
        Days30 = "30",
        /// Not in 90 days.
        Days90 = "90",
    }
);

impl Absence {
    fn before(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::Days30 => Some(now.plus_seconds(-30 * 86_400)),
            Self::Days90 => Some(now.plus_seconds(-90 * 86_400)),
        }
    }
}

/// What narrows the list. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// A part of any text field; `*` stands for anything.
    pub search: Option<String>,
    /// Of this group.
    pub group: Option<GroupId>,
    /// Of this kind.
    pub kind: Option<UserKind>,
    /// In use or not.
    pub presence: Option<Presence>,
    /// Long not seen.
    pub absence: Option<Absence>,
    /// In which order.
    pub order: UserOrder,
    /// The last user of the page before.
    pub after: Option<UserPlace>,
    /// How many at the most; one more is read to tell whether there are others.
    pub most: usize,
}

/// Users within reach in the order asked for, and whether there are more.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn users(r: &mut Reader<'_>, filter: &UserFilter) -> Result<(Vec<User>, bool)> {
    let find = sql!(
        "select /* whole: but for the order by name the users of a tenant are sorted; there are tens of thousands at most */
           u.id, u.kind, u.group_id, g.name, g.kind, u.state, u.suspended_from, u.suspended_until, u.name, u.user_name,
           u.mail, u.mobile, u.external_id, u.number, u.keywords, u.language, a.last_sign_in, u.made_at, u.sort_key
         from users u join user_groups g on g.tenant_id = u.tenant_id and g.id = u.group_id
         left join user_activity a on a.tenant_id = u.tenant_id and a.user_id = u.id
         where u.tenant_id = $tenant and u.state <> 'erased'
           and (u.id = $actor or exists (select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group)
             and (r.kind = 'all' or (r.kind = 'group' and r.scope_id = u.group_id))))
           {search| and u.search like $search escape '\\'} {group| and u.group_id = $group} {kind| and u.kind = $kind}
           {active| and u.state = 'active' and (u.suspended_from is null or u.suspended_from > $now or u.suspended_until <= $now)}
           {suspended| and u.state = 'active' and u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now)}
           {deactivated| and u.state = 'deactivated'}
           {never| and a.last_sign_in is null} {before| and (a.last_sign_in is null or a.last_sign_in < $before)}
           {after| and (u.sort_key, u.id) > ($after, $last)} {before_name| and (u.sort_key, u.id) < ($before_name, $last)}
           {after_group| and (replace(g.folded, 'å', 'ã'), u.sort_key, u.id) > ($after_group, $beyond, $last)}
           {before_group| and (replace(g.folded, 'å', 'ã') < $before_group or replace(g.folded, 'å', 'ã') = $before_group
             and (u.sort_key, u.id) > ($beyond, $last))}
           {after_state| and ($sign * cast(case when u.state = 'deactivated' then 2
             when u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now) then 1 else 0 end as bigint),
             u.sort_key, u.id) > ($after_state, $beyond, $last)}
           {after_seen| and (coalesce($sign * a.last_sign_in, $nowhere), u.sort_key, u.id) > ($after_seen, $beyond, $last)}
           {after_number| and (coalesce($sign * u.number, $nowhere), u.sort_key, u.id) > ($after_number, $beyond, $last)}
         order by {group_up| replace(g.folded, 'å', 'ã'),} {group_down| replace(g.folded, 'å', 'ã') desc,} {name_down| u.sort_key desc, u.id desc,}
           {by_state| $sign * cast(case when u.state = 'deactivated' then 2
             when u.suspended_from <= $now and (u.suspended_until is null or u.suspended_until > $now) then 1 else 0 end as bigint),}
           {by_seen| coalesce($sign * a.last_sign_in, $nowhere),} {by_number| coalesce($sign * u.number, $nowhere),}
           u.sort_key, u.id limit $most"
    );
    let now = r.now();
    let most = filter.most.clamp(1, 1000);
    let on = |is: bool| is.then_some(1_i64);
    let params =
        filter.order.params(params! { most: i64::try_from(most + 1).map_err(Error::broken)? }, &filter.after);
    let params = params
        .filter("search", filter.search.as_deref().map(pattern))
        .filter("group", filter.group)
        .filter("kind", filter.kind)
        .filter("active", on(filter.presence == Some(Presence::Active)))
        .filter("suspended", on(filter.presence == Some(Presence::Suspended)))
        .filter("deactivated", on(filter.presence == Some(Presence::Deactivated)))
        .filter("never", on(filter.absence == Some(Absence::Never)))
        .filter("before", filter.absence.and_then(|a| a.before(now)));
    let mut rows: Vec<UserRow> = r.rows(find, params)?;
    let more = rows.len() > most;
    rows.truncate(most);
    Ok((rows.into_iter().map(|row| row.at(now)).collect(), more))
}

/// What was typed, as a pattern of `like`: folded, `*` for anything, everything else as it stands.
fn pattern(typed: &str) -> String {
    let mut out = String::from("%");
    for c in kernel::facet::fold(typed).chars().take(SEARCH_CHARACTERS) {
        match c {
            '*' => out.push('%'),
            '%' | '_' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push('%');
    out
}
