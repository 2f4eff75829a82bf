//! Setting and changing a password: by a link, or by who knows the one before.

use super::arriving::{check, hashed};
use super::device::Device;
use super::events::links::{LinkRefused, PasswordLinkMade, PasswordSetByLink};
use super::events::passwords::{PasswordChangeRefused, PasswordChanged};
use super::model::{LEAST_CHARACTERS, Reason, ResetPasswords};
use super::password::{Typed, Verdict};
use super::queries::{self, LinkHolder, StaleLink};
use super::repeats::{Same, network};
use super::turns;
use super::waiting::{Counted, Turn};
use crate::App;
use crate::tenants::portal_address;
use kernel::gate::{Secret, hash};
use kernel::policy::{Anyone, Arriving, Policy};
use kernel::{Actor, Error, Grant, Kept, Message, Origin, Reader, Result, TenantId, UserId};

/// Words that no password may merely repeat.
const PRODUCT: &str = "vaktbok";

/// The user of a link that works, and proof to go on by it.
///
/// # Errors
/// `NotFound` for a link that is made up, used, or too old.
pub async fn link_holder(app: &App, origin: Origin, secret: &str) -> Result<(Grant<Anyone>, LinkHolder)> {
    let Ok(tenant) = app.gate.tenant_of(secret) else {
        refused(app, app.gate.operator(), origin, None).await?;
        return Err(Error::NotFound);
    };
    let grant: Grant<Anyone> = app.gate.visitor(tenant, origin.clone()).grant()?;
    let token = hash(secret);
    let (holder, stale) = grant.read(&app.store, move |r| queries::link(r, token)).await?;
    match (holder, stale) {
        (Some(holder), _) => Ok((grant, holder)),
        (None, stale) => {
            let there = grant.read(&app.store, crate::tenants::queries::tenant).await.is_ok();
            let tenant = if there { tenant } else { app.gate.operator() };
            refused(app, tenant, origin, stale).await?;
            Err(Error::NotFound)
        }
    }
}

/// A link that does not work is an attempt to come in, told of once in a while.
async fn refused(app: &App, tenant: TenantId, origin: Origin, stale: Option<StaleLink>) -> Result<()> {
    let reason = if stale.is_some() { "link-over" } else { "link-unknown" };
    let network = network(&origin.address);
    let same = Same { tenant: tenant.number(), reason, key: None, network };
    let Some(passed_over) = app.repeats.due(same, app.store.clock().now()) else { return Ok(()) };
    let grant: Grant<Anyone> = app.gate.visitor(tenant, origin).grant()?;
    let user = stale.map(|s| (s.user, s.group, s.name));
    grant.apply(&app.store, LinkRefused { user, reason, passed_over }).await
}

/// Sets a password by a link, which is used up by it.
///
/// # Errors
/// `Invalid` when the password is unfit; `NotFound` when the link no longer works.
pub async fn set_by_link(
    app: &App,
    origin: Origin,
    secret: &str,
    new: Typed,
    again: Typed,
) -> Result<LinkHolder> {
    let (grant, holder) = link_holder(app, origin.clone(), secret).await?;
    let user = holder.user;
    let least = grant.read(&app.store, move |r| least_characters(r, user)).await?;
    fit(&new, &again, least, &[&holder.user_name, &holder.name, &holder.tenant])?;
    let password = Kept(hashed(app, new).await?);
    let set = PasswordSetByLink { user: holder.user, link: hash(secret), password };
    match grant.apply(&app.store, set).await {
        Ok(()) => Ok(holder),
        Err(Error::NotFound) => {
            // Another one used it in the same moment.
            refused(app, grant.access().tenant(), origin, None).await?;
            Err(Error::NotFound)
        }
        Err(error) => Err(error),
    }
}

/// The mark for a browser in which a link was used: its holder is no stranger there, and waits for nobody's failures.
///
/// # Errors
/// `Broken` when the master key cannot be used.
pub fn device(app: &App, secret: &str, user: UserId) -> Result<String> {
    Device::new(user, app.store.chance()).cookie(&app.keys, app.gate.tenant_of(secret)?)
}

/// The shortest password a user may set.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn least_characters(r: &mut Reader<'_>, user: UserId) -> Result<i64> {
    let group = queries::group_of(r, user)?;
    Ok(Policy::read(r, Some(user), Some(group))?.count(&LEAST_CHARACTERS))
}

/// Changes the actor's own password; gives the session's new secret.
///
/// # Errors
/// `Invalid` when the current password is another or the new one is unfit; `Limit` after too many failures.
pub async fn change(
    app: &App,
    grant: &Grant<Arriving>,
    current: Typed,
    new: Typed,
    again: Typed,
) -> Result<String> {
    let Actor::User { user, session, .. } = *grant.access().actor() else { return Err(Error::SignedOut) };
    let (before, names, least) = grant
        .read(&app.store, move |r| {
            Ok((queries::hash(r, user)?, queries::names(r, user)?, least_characters(r, user)?))
        })
        .await?;
    let before = before.ok_or(Error::NotFound)?;
    fit(&new, &again, least, &[&names.0, &names.1, &names.2])?;
    if new == current {
        return Err(Error::invalid("new", "password-same"));
    }
    let tenant = grant.access().tenant();
    let counters = Counted::Device(user, session.bytes()).counters(tenant);
    if let Turn::Wait(seconds) = turns::take(app, grant, counters.clone()).await? {
        grant.apply(&app.store, PasswordChangeRefused { user, reason: Reason::Waiting }).await?;
        return Err(Error::Limit(Message::new("sign-in-wait").with("seconds", seconds)));
    }
    match check(app, current, before.clone()).await {
        Err(Error::Busy(message)) => {
            turns::give_back(app, grant, counters).await?;
            return Err(Error::Busy(message));
        }
        Ok(Verdict::Other) => {
            grant.apply(&app.store, PasswordChangeRefused { user, reason: Reason::WrongPassword }).await?;
            return Err(Error::invalid("current", "password-wrong"));
        }
        other => other?,
    };
    let secret = Secret::new(tenant, app.store.chance());
    let password = Kept(hashed(app, new).await?);
    let changed = PasswordChanged { user, before, password, token: secret.hash, counters };
    grant.apply(&app.store, changed).await?;
    Ok(secret.text)
}

fn fit(new: &Typed, again: &Typed, least: i64, names: &[&str]) -> Result<()> {
    let known = [&[PRODUCT], names].concat();
    if let Some(problem) = new.unfit(usize::try_from(least).map_err(Error::broken)?, &known) {
        return Err(Error::invalid("new", problem));
    }
    if new == again { Ok(()) } else { Err(Error::invalid("again", "password-differs")) }
}

/// Makes a link by which a user sets a password, and gives its address. Shown once.
///
/// # Errors
/// `NotFound` for a user out of reach; `Conflict` when that one may more than who asks.
pub async fn make_link(app: &App, grant: &Grant<ResetPasswords>, user: UserId) -> Result<String> {
    let (made, link) = new_link(app, grant, user).await?;
    grant.apply(&app.store, made).await?;
    Ok(link)
}

/// The change that makes a link, and the link's address.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn new_link(
    app: &App,
    grant: &Grant<ResetPasswords>,
    user: UserId,
) -> Result<(PasswordLinkMade, String)> {
    let tenant = grant.access().tenant();
    let host = grant.read(&app.store, crate::tenants::queries::tenant).await?.host;
    let secret = Secret::new(tenant, app.store.chance());
    let address = format!("{}/set-password/{}", portal_address(&app.config, host.as_deref()), secret.text);
    Ok((PasswordLinkMade { user, link: Kept(secret.hash), import: None }, address))
}
