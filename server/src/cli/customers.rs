//! Tenants and their users, by the operator.

use super::line::{TenantAdd, TenantCommand, UserCommand, UserLink};
use super::{Answering, Caller};
use crate::App;
use crate::ops::client::HostName;
use crate::signin::changing;
use crate::signin::model::ResetPasswords;
use crate::tenants::model::{NAME_CHARACTERS, TenantRow};
use crate::tenants::{self, NewTenant, queries};
use crate::ui::Language;
use kernel::policy::Machine;
use kernel::{Error, Grant, Message, Origin, Problem, RequestId, Result, Right, TenantId, Way};
use serde_json::json;

/// A command's grant in a tenant.
pub fn grant<R: Right>(app: &App, tenant: TenantId, caller: &Caller) -> Result<Grant<R>> {
    let origin = Origin::inside(Way::Command, RequestId::new(app.store.clock().now(), app.store.chance()));
    app.gate.machine(tenant, &caller.account, origin).grant()
}

/// The tenant of a customer number.
pub async fn tenant_of(app: &App, number: i64) -> Result<TenantId> {
    app.gate.by_number(number).await.map_err(|error| match error {
        Error::NotFound => Error::conflict(Message::new("cli-no-such-tenant").with("number", number)),
        error => error,
    })
}

/// `vaktbok tenant …`
pub async fn tenant(app: &App, command: TenantCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    match command {
        TenantCommand::Add(asked) => add(app, asked, caller, out).await,
        TenantCommand::List(asked) => list(app, asked.json, caller, out).await,
    }
}

async fn add(app: &App, asked: TenantAdd, caller: &Caller, out: &mut Answering) -> Result<()> {
    let json = asked.report.json;
    let added = tenants::add(app, &caller.account, understood(asked)?).await?;
    let number = added.tenant.number();
    if json {
        let until = added.until.to_string();
        out.json(&json!({ "number": number, "link": added.link, "until": until })).await;
        return Ok(());
    }
    out.line(&added.link).await;
    out.note(&caller.t.say1("cli-tenant-added", "number", number.to_string())).await;
    Ok(())
}

/// Everything that is wrong, at once.
fn understood(asked: TenantAdd) -> Result<NewTenant> {
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, key: &'static str| {
        problems.push(Problem { field: field.into(), message: Message::new(key) });
    };
    let name = asked.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS || name.chars().any(char::is_control) {
        wrong("--name", "cli-bad-name");
    }
    if jiff::tz::TimeZone::get(&asked.zone).is_err() {
        wrong("--zone", "cli-bad-zone");
    }
    let host = asked.host.as_deref().map(HostName::parse);
    if host == Some(None) {
        wrong("--host", "cli-bad-host");
    }
    let administrator = asked.administrator.trim().to_owned();
    if administrator.is_empty()
        || administrator.chars().count() > 100
        || administrator.chars().any(char::is_control)
    {
        wrong("--administrator", "cli-bad-name");
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let language = Language::parse(&asked.language).unwrap_or(Language::Sv);
    let host = host.flatten();
    Ok(NewTenant { number: asked.number, name, language, zone: asked.zone, host, administrator })
}

async fn list(app: &App, json: bool, caller: &Caller, out: &mut Answering) -> Result<()> {
    let mut rows: Vec<TenantRow> = Vec::new();
    for tenant in app.gate.all().await? {
        match grant::<Machine>(app, tenant, caller)?.read(&app.store, queries::tenant).await {
            Ok(row) => rows.push(row),
            // Its making was cut short: the same `tenant add` again completes it.
            Err(Error::NotFound) => {
                out.note(&caller.t.say1("cli-tenant-half", "number", tenant.number().to_string())).await;
            }
            Err(error) => return Err(error),
        }
    }
    if json {
        let told = |row: &TenantRow| {
            json!({ "number": row.tenant.number(), "name": row.name, "language": row.language, "zone": row.zone,
                "host": row.host, "state": row.state, "made_at": row.made_at.to_string() })
        };
        out.json(&rows.iter().map(told).collect()).await;
        return Ok(());
    }
    for row in rows {
        let host = row.host.unwrap_or_default();
        let line = format!(
            "{}\t{}\t{}\t{}\t{}\t{host}",
            row.tenant.number(),
            row.name,
            row.language,
            row.zone,
            row.state
        );
        out.line(line.trim_end()).await;
    }
    Ok(())
}

/// `vaktbok user …`
pub async fn user(app: &App, command: UserCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    let UserCommand::Link(UserLink { tenant, user, report }) = command;
    let tenant = tenant_of(app, tenant).await?;
    let grant: Grant<ResetPasswords> = grant(app, tenant, caller)?;
    let (id, _) = named(app, &grant, user).await?;
    let link = changing::make_link(app, &grant, id).await?;
    if report.json {
        out.json(&json!({ "link": link })).await
    } else {
        out.line(&link).await
    }
    Ok(())
}

/// The user of a user name or mail address.
pub async fn named<R: Right>(app: &App, grant: &Grant<R>, name: String) -> Result<(kernel::UserId, String)> {
    let told = Message::new("cli-no-such-user").with("name", &name);
    let found = grant.read(&app.store, move |r| queries::user_named(r, &name)).await;
    found.map_err(|error| match error {
        Error::NotFound => Error::Conflict(told),
        error => error,
    })
}
