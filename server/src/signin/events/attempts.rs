//! Attempts to come in, good and bad: entries of the access log.

use crate::signin::model::Reason;
use crate::signin::waiting::Counter;
use book::PartKind;
use kernel::policy::{Anyone, Policy};
use kernel::{Error, Event, GroupId, Message, Name, Result, SessionId, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// Somebody came in.
#[derive(Serialize)]
pub struct SignedIn {
    /// Who.
    #[serde(skip)]
    pub user: UserId,
    /// The session that begins.
    pub session: SessionId,
    /// How: `password`.
    pub method: &'static str,
    /// The name as typed.
    #[serde(skip)]
    pub typed: String,
    /// The hash of the session's secret.
    #[serde(skip)]
    pub token: [u8; 32],
    /// The password hash that was checked: it must still be the one.
    #[serde(skip)]
    pub checked: String,
    /// The same password hashed anew, where the old hash was too weak.
    #[serde(skip)]
    pub rehashed: Option<String>,
    /// The counts of failures that this ends.
    #[serde(skip)]
    pub counters: Vec<Counter>,
    /// The secret that the browser brought along: its session ends.
    #[serde(skip)]
    pub replaces: Option<[u8; 32]>,
}

struct Now {
    name: String,
    group: GroupId,
    hash: String,
    must_change: bool,
}
kernel::from_row!(Now { name, group, hash, must_change });

impl Event for SignedIn {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "sign-in.accepted", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: nobody has come in yet */ u.name, u.group_id, p.hash, p.must_change from users u
             join password p on p.tenant_id = u.tenant_id and p.user_id = u.id
             join tenants t on t.tenant_id = u.tenant_id
             where u.tenant_id = $tenant and u.id = $user and u.state = 'active' and t.state = 'active'
             and (u.suspended_from is null or u.suspended_from > $now or u.suspended_until <= $now)"
        );
        let now: Option<Now> = w.maybe(find, params! { user: self.user })?;
        let Some(now) = now.filter(|now| now.hash == self.checked) else {
            return Err(Error::conflict(Message::new("sign-in-changed-meanwhile")));
        };
        told(w, &self.typed, self.method, "accepted", None);
        w.about(&now.name);
        w.facet("user", self.user);
        w.belongs(Some(now.group), None);
        self.come_in(w, &now)?;
        self.tidy(w)
    }
}

impl SignedIn {
    fn come_in(&self, w: &mut Writer<'_>, now: &Now) -> Result<()> {
        let mark = Policy::read(w, Some(self.user), Some(now.group))?.rights_mark();
        let origin = w.access().origin().clone();
        let begin = sql!(
            "insert into session (tenant_id, id, token_hash, previous_until, user_id, made_at, seen_at, stage, method,
             rights_mark, address, country, network, browser, system)
             values ($tenant, $id, $token, 0, $user, $now, $now, $stage, $method, $mark, $address, $country, $network,
             $browser, $system)"
        );
        w.one(
            begin,
            params! { id: self.session, token: self.token, user: self.user, method: self.method, mark: mark,
            stage: if now.must_change { "password" } else { "full" }, address: &origin.address,
            country: &origin.country, network: &origin.network, browser: &origin.browser, system: &origin.system },
        )?;
        let seen = sql!(
            "insert into user_activity (tenant_id, user_id, last_sign_in) values ($tenant, $user, $now)
             on conflict (tenant_id, user_id) do update set last_sign_in = $now"
        );
        w.one(seen, params! { user: self.user })
    }
    /// The failures before are forgotten, the session the browser had ends, a weak hash is replaced.
    fn tidy(&self, w: &mut Writer<'_>) -> Result<()> {
        super::turns::forgotten(w, &self.counters)?;
        if let Some(old) = self.replaces {
            let end = sql!("delete from session where tenant_id = $tenant and token_hash = $token");
            w.any(end, params! { token: old })?;
        }
        if let Some(hash) = &self.rehashed {
            let renew =
                sql!("update password set hash = $hash where tenant_id = $tenant and user_id = $user");
            w.one(renew, params! { hash: hash, user: self.user })?;
            w.changed("password-hash", "outdated", "renewed");
        }
        Ok(())
    }
}

/// Somebody was not let in. The reason is for the log alone.
#[derive(Serialize)]
pub struct SignInRefused {
    /// The user, if the name is one's.
    #[serde(skip)]
    pub user: Option<(UserId, GroupId, String)>,
    /// How it was tried.
    pub method: &'static str,
    /// Why not.
    pub reason: Reason,
    /// The name as typed.
    #[serde(skip)]
    pub typed: String,
    /// The customer number as typed, where no tenant has it.
    #[serde(skip)]
    pub number: Option<String>,
}

impl Event for SignInRefused {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "sign-in.refused", 1);
    fn subject(&self) -> Subject {
        self.user.as_ref().map_or(Subject::TENANT, |(user, ..)| (*user).into())
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        told(w, &self.typed, self.method, "refused", Some(self.reason.name()));
        if let Some((user, group, name)) = &self.user {
            w.about(name);
            w.facet("user", user);
            w.belongs(Some(*group), None);
        }
        if let Some(number) = &self.number {
            w.say(PartKind::Who, "number", number);
            w.facet("number", number);
        }
        Ok(())
    }
}

/// What every attempt says of itself.
fn told(
    w: &mut Writer<'_>,
    typed: &str,
    method: &'static str,
    result: &'static str,
    reason: Option<&'static str>,
) {
    w.say(PartKind::Who, "typed", typed);
    w.facet("typed", typed);
    came_of(w, method, result, reason);
}

/// What came of trying to come in: by which method, let in or not, and why not.
pub(super) fn came_of(
    w: &mut Writer<'_>,
    method: &'static str,
    result: &'static str,
    reason: Option<&'static str>,
) {
    let told = [("method", Some(method)), ("result", Some(result)), ("reason", reason)];
    for (field, word) in told {
        if let Some(word) = word {
            w.say(PartKind::Who, field, word);
            w.facet(field, word);
        }
    }
}
