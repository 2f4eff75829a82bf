//! Making a tenant: its number first, then all that is in it; the same again completes what a crash left half done.

use super::events::{TenantAdded, TenantSetUp};
use super::model::{Added, NewTenant, STARTING_GROUPS, StartingGroup};
use crate::App;
use crate::ops::config::Config;
use crate::signin::model::LINK_MINUTES;
use crate::ui::{Language, Locale};
use kernel::gate::Secret;
use kernel::policy::Machine;
use kernel::{Error, GroupId, Kept, Origin, RequestId, Result, TenantId, UserId, Way};

/// The name of the operator's own tenant and of its first administrator.
const OPERATOR: &str = "Operator";
/// The user name of a first administrator where none is stated.
pub const FIRST_ADMINISTRATOR: &str = "admin";

/// Makes a tenant, or completes one whose making was cut short. `account` is the account on the machine.
///
/// # Errors
/// `Conflict` when number or host name are taken; `Busy` when the book cannot be written.
pub async fn add(app: &App, account: &str, new: NewTenant) -> Result<Added> {
    let host = new.host.as_ref().map(ToString::to_string);
    if let Err(Error::NotFound) = app.gate.by_number(new.number).await {
        let operator = app.gate.machine(app.gate.operator(), account, origin(app));
        let taken = TenantAdded { number: new.number, name: new.name.clone(), host: host.clone() };
        operator.grant::<Machine>()?.apply(&app.store, taken).await?;
    }
    let tenant = app.gate.by_number(new.number).await?;
    let link = Secret::new(tenant, app.store.chance());
    let set_up = set_up(app, &new, host.clone(), Some(link.hash));
    let administrator = set_up.user;
    let machine = app.gate.machine(tenant, account, origin(app));
    machine.grant::<Machine>()?.apply(&app.store, set_up).await?;
    let until = app.store.clock().now().plus_seconds(LINK_MINUTES * 60);
    let link = format!("{}/set-password/{}", portal_address(&app.config, host.as_deref()), link.text);
    Ok(Added { tenant, administrator, link, until })
}

/// Makes the operator's own tenant unless it is there. Two nodes may do so at once: one makes it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn ensure_operator(app: &App, account: &str) -> Result<TenantId> {
    let operator = app.gate.operator();
    if app.gate.by_number(operator.number()).await.is_ok() {
        return Ok(operator);
    }
    let new = NewTenant {
        number: operator.number(),
        name: OPERATOR.to_owned(),
        language: Language::En,
        zone: "UTC".to_owned(),
        host: None,
        administrator: FIRST_ADMINISTRATOR.to_owned(),
    };
    let machine = app.gate.machine(operator, account, origin(app));
    match machine.grant::<Machine>()?.apply(&app.store, set_up(app, &new, None, None)).await {
        Ok(()) | Err(Error::Conflict(_)) => Ok(operator),
        Err(error) => Err(error),
    }
}

fn set_up(app: &App, new: &NewTenant, host: Option<String>, link: Option<[u8; 32]>) -> TenantSetUp {
    let (now, chance) = (app.store.clock().now(), app.store.chance());
    let t = Locale::new(new.language, &new.zone);
    TenantSetUp {
        name: new.name.clone(),
        language: new.language.code(),
        zone: new.zone.clone(),
        host,
        groups: STARTING_GROUPS
            .iter()
            .map(|(kind, name)| StartingGroup {
                id: GroupId::new(now, chance),
                kind: *kind,
                name: t.say(name),
            })
            .collect(),
        reach: chance.uuid(now),
        reach_name: t.say("tenant-everything"),
        user: UserId::new(now, chance),
        user_name: new.administrator.clone(),
        person: t.say("tenant-first-administrator"),
        link: link.map(Kept),
    }
}

fn origin(app: &App) -> Origin {
    Origin::inside(Way::Command, RequestId::new(app.store.clock().now(), app.store.chance()))
}

/// The address people reach the portal by: the tenant's host name, else the first stated one, else where it listens.
#[must_use]
pub fn portal_address(config: &Config, host: Option<&str>) -> String {
    let stated = config.public_hosts.first().map(ToString::to_string);
    match host.map(str::to_owned).or(stated) {
        Some(host) => format!("https://{host}"),
        None if config.tls.is_some() => format!("https://{}", config.listen),
        None => format!("http://{}", config.listen),
    }
}
