//! Keys for the API, by the operator.

use super::customers::{grant, named, tenant_of};
use super::line::{KeyAdd, KeyCommand, KeyEnd, KeyList};
use super::{Answering, Caller};
use crate::App;
use crate::signin::events::keys::{KeyEnded, KeyMade};
use crate::signin::keys::api::KeyBody;
use crate::signin::keys::model::ENDS_SOON_SECONDS;
use crate::signin::keys::queries::every_key;
use crate::signin::model::ManageKeys;
use crate::signin::queries::group_of;
use crate::tenants::events::UserStarted;
use crate::tenants::model::user_of;
use crate::tenants::queries;
use crate::users::model::{GroupKind, UserKind};
use crate::users::pages::act::REASON_CHARACTERS;
use kernel::gate::Secret;
use kernel::policy::{Machine, Policy};
use kernel::{Error, Grant, Kept, KeyId, Message, Result, UserId, setting};
use serde_json::json;

/// The word for every right of the owner.
const ALL: &str = "all";

/// `vaktbok key …`
pub async fn run(app: &App, command: KeyCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    match command {
        KeyCommand::Add(asked) => add(app, asked, caller, out).await,
        KeyCommand::List(asked) => list(app, asked, caller, out).await,
        KeyCommand::End(asked) => end(app, asked, caller, out).await,
    }
}

/// The customer's keys, newest first, those that no longer open anything with why.
async fn list(app: &App, asked: KeyList, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let manage: Grant<ManageKeys> = grant(app, tenant, caller)?;
    let keys = manage.read(&app.store, every_key).await?;
    if asked.report.json {
        out.json(&json!(keys.into_iter().map(KeyBody::from).collect::<Vec<_>>())).await;
        return Ok(());
    }
    let near = app.store.clock().now().plus_seconds(ENDS_SOON_SECONDS);
    for key in keys {
        let used = key.used_at.map(|at| at.to_string()).unwrap_or_default();
        let state = match key.why.as_str() {
            "" if key.until <= near => caller.t.say("cli-key-ends-soon"),
            "" => String::new(),
            why => caller.t.say(&format!("logs-word-reason-{why}")),
        };
        let told = [
            key.id.to_string(),
            key.name,
            key.user_name,
            key.owner_name,
            key.scope.join(" "),
            key.until.to_string(),
            used,
            state,
        ];
        out.line(&told.join("\t")).await;
    }
    Ok(())
}

/// Ends a key at once, on every node.
async fn end(app: &App, asked: KeyEnd, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let manage: Grant<ManageKeys> = grant(app, tenant, caller)?;
    let unknown = || Error::conflict(Message::new("cli-no-such-key").with("key", &asked.key));
    let key: KeyId = asked.key.parse().map_err(|_| unknown())?;
    if asked.reason.as_ref().is_some_and(|text| text.chars().count() > REASON_CHARACTERS) {
        return Err(Error::conflict(
            Message::new("cli-reason-too-long").with("most", REASON_CHARACTERS as i64),
        ));
    }
    let ended = manage.apply(&app.store, KeyEnded { key, reason: asked.reason.clone() }).await;
    ended.map_err(|error| if matches!(error, Error::NotFound) { unknown() } else { error })?;
    if asked.report.json {
        out.json(&json!({ "id": key, "ended": true })).await;
        return Ok(());
    }
    out.line(&caller.t.say1("cli-key-ended", "key", key.to_string())).await;
    Ok(())
}

async fn add(app: &App, asked: KeyAdd, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let manage: Grant<ManageKeys> = grant(app, tenant, caller)?;
    let (owner, _) = named(app, &manage, asked.owner.clone()).await?;
    let scope = scope(app, &manage, owner, &asked.scope).await?;
    let (now, chance) = (app.store.clock().now(), app.store.chance());
    let key = KeyId::new(now, chance);
    let user = service(app, &manage, &asked, key, &scope).await?;
    let secret = Secret::new(tenant, chance);
    let until = now.plus_seconds(asked.days * 24 * 3600);
    let name = asked.name.clone().unwrap_or_else(|| format!("key-{key}"));
    let made = KeyMade { key, user, owner, name, scope: scope.clone(), until, secret: Kept(secret.hash) };
    manage.apply(&app.store, made).await?;
    if asked.report.json {
        out.json(&json!({ "key": secret.text, "id": key, "scope": scope, "until": until.to_string() })).await;
        return Ok(());
    }
    out.line(&secret.text).await;
    out.note(&caller.t.say1("cli-key-made", "until", until.to_string())).await;
    Ok(())
}

/// The rights that were named; `all` for every right of the owner.
async fn scope(
    app: &App,
    manage: &Grant<ManageKeys>,
    owner: UserId,
    words: &[String],
) -> Result<Vec<&'static str>> {
    if words.iter().any(|word| word == ALL) {
        return manage
            .read(&app.store, move |r| {
                let group = group_of(r, owner)?;
                Ok(Policy::read(r, Some(owner), Some(group))?.rights())
            })
            .await;
    }
    let right = |word: &String| match setting::find(word).filter(|s| s.is_right()) {
        Some(setting) => Ok(setting.key),
        None => Err(Error::conflict(Message::new("cli-no-such-right").with("right", word))),
    };
    words.iter().map(right).collect()
}

/// The service user that was named, or a new one that holds just these rights.
async fn service(
    app: &App,
    manage: &Grant<ManageKeys>,
    asked: &KeyAdd,
    key: KeyId,
    scope: &[&'static str],
) -> Result<UserId> {
    if let Some(name) = &asked.service {
        return named(app, manage, name.clone()).await.map(|(user, _)| user);
    }
    let machine: Grant<Machine> = manage.also()?;
    let group = machine.read(&app.store, |r| queries::group_of_kind(r, GroupKind::Services)).await?;
    let user = UserId::new(app.store.clock().now(), app.store.chance());
    let name = format!("key-{key}");
    let user_row = user_of(user, UserKind::Service, group, &name, asked.name.as_deref().unwrap_or(&name));
    machine.apply(&app.store, UserStarted { user: user_row, rights: scope.to_vec() }).await?;
    Ok(user)
}
