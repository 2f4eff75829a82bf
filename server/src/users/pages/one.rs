//! One user: can this person sign in, what may they do and why, what have they done.

use super::sheet::{self, Form, Sheet};
use super::words;
use crate::App;
use crate::front::{navigation, undoing};
use crate::signin::model::{ManageKeys, ResetPasswords};
use crate::ui::facts::{Facts, Section};
use crate::ui::state::{Actions, Button};
use crate::ui::{Html, Locale, Shell};
use crate::users::events::{ManageUsers, ViewUsers};
use crate::users::model::{Standing, User, UserKind};
use crate::users::queries::{self, Account};
use axum::response::Response;
use kernel::door::Ask;
use kernel::policy::Policy;
use kernel::setting::{self, Level};
use kernel::{Access, Grant, Result, Right, UserId};

/// What the page shows.
struct Shown {
    user: User,
    account: Account,
    policy: Policy,
    manages: bool,
    /// The reader may hand out password links.
    links: bool,
    /// The reader may make keys of service users.
    keys: bool,
    oneself: bool,
    logs: Vec<(&'static str, &'static str)>,
}

/// Where what somebody did can be read: page and sentence.
const LOGS: &[(&str, &str)] = &[
    ("/logs/access", "users-log-access"),
    ("/logs/changes", "users-log-changes"),
    ("/logs/archive", "users-log-archive"),
];

/// `GET /users/{id}`
pub async fn show(app: App, grant: Grant<ViewUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let (user, account, policy) = grant
        .read(&app.store, move |r| {
            let user = queries::user(r, id)?;
            let account = queries::account(r, id)?;
            let policy = queries::rights_of(r, id, user.group, None)?;
            Ok((user, account, policy))
        })
        .await?;
    let access: &Access = grant.access();
    let shown = Shown {
        manages: access.may::<ManageUsers>(),
        links: access.may::<ResetPasswords>(),
        keys: navigation::opens(access, "/access/keys"),
        oneself: access.actor().user() == Some(id),
        logs: LOGS.iter().copied().filter(|(path, _)| navigation::opens(access, path)).collect(),
        user,
        account,
        policy,
    };
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let shell = sheet::done(frame(shell, &shown), &ask, super::DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let shell = sheet::leading_on(shell, access, "/users/{id}", id);
    let keys = shown.user.kind == UserKind::Service && shown.keys;
    let person = shown.user.kind != UserKind::Service && navigation::opens(access, "/users/{id}/sessions");
    let shell = if person {
        shell.action(Button::link(t.say("users-sessions-and-link"), format!("/users/{id}/sessions")))
    } else {
        shell
    };
    let shell = if keys {
        shell.action(Button::link(t.say("key-title"), format!("/access/keys?user={id}")))
    } else {
        shell
    };
    Sheet::answer(shell, vec![enter(&t, &shown), written(&t, &shown), rights(&t, &shown), deeds(&t, &shown)])
}

fn frame(shell: Shell, shown: &Shown) -> Shell {
    let t = shell.t;
    let id = shown.user.id;
    let mut shell =
        shell.titled(shown.user.particulars.name.clone()).at("/users").under(t.say("users-title"), "/users");
    if !shown.manages {
        return shell;
    }
    let link = |key: &str, verb: &str| Button::link(t.say(key), format!("/users/{id}/{verb}"));
    shell = shell.action(link("users-edit", "edit")).action(link("users-move", "move"));
    if !shown.oneself {
        shell = match shown.user.standing {
            Standing::Active => {
                shell.action(link("users-suspend", "suspend")).action(link("users-deactivate", "deactivate"))
            }
            Standing::Suspended(_) | Standing::SuspendedLater(_) => {
                shell.action(link("users-resume", "resume")).action(link("users-deactivate", "deactivate"))
            }
            Standing::Deactivated => shell.action(link("users-reactivate", "reactivate")),
            Standing::Erased => shell,
        };
    }
    shell
}

/// Can this person sign in?
fn enter(t: &Locale, shown: &Shown) -> Html {
    let (user, account) = (&shown.user, &shown.account);
    let answer = match (user.standing.may_enter(), account.password, account.must_change) {
        (false, _, _) => words::standing_sentence(t, user.standing),
        (true, false, _) if user.kind == UserKind::Service => t.say("users-by-key"),
        (true, false, _) => t.say("users-no-password"),
        (true, true, true) => t.say("users-must-change"),
        (true, true, false) => words::standing_sentence(t, user.standing),
    };
    let seen = user.last_sign_in.map_or_else(|| t.say("users-seen-never").into(), |at| t.when(at.0));
    let facts = Facts::new()
        .fact(t.say("users-state"), words::standing(t, user.standing))
        .fact(t.say("users-last-sign-in"), seen)
        .fact(t.say("users-sessions"), t.number(account.sessions))
        .fact(t.say("users-keys"), t.number(account.keys));
    let section = Section::new(t.say("users-can-sign-in"));
    let mut section = match first_step(t, shown) {
        Some(Ok(step)) => section.lead(answer).with(step),
        Some(Err(who)) => section.lead(format!("{answer} {who}")),
        None => section.lead(answer),
    }
    .with(facts);
    if shown.manages && account.password {
        section = section
            .action(Button::link(t.say("users-force-password"), format!("/users/{}/password", user.id)));
    }
    section.into()
}

/// What lets a user in for the first time, where the reader may make it: a link or a key.
/// Otherwise the sentence that says who may.
fn first_step(t: &Locale, shown: &Shown) -> Option<std::result::Result<Html, String>> {
    let user = &shown.user;
    let service = user.kind == UserKind::Service;
    if !user.standing.may_enter() || shown.account.password || service && shown.account.keys > 0 {
        return None;
    }
    let who = |right: &str| Err(t.say1("users-first-step-who", "right", words::setting(t, right)));
    Some(match (service, shown.links, shown.keys) {
        (true, _, true) => {
            let new = format!("/access/keys/new?user={}", user.id);
            Ok(Button::link(t.say("key-new"), new).primary().into())
        }
        (false, true, _) => {
            let make = t.say("users-make-set-up-link");
            Ok(Form::new(t, format!("/users/{}/link", user.id), make).into_html())
        }
        (true, _, false) => who(ManageKeys::KEY),
        (false, false, _) => who(ResetPasswords::KEY),
    })
}

fn written(t: &Locale, shown: &Shown) -> Html {
    let (user, p) = (&shown.user, &shown.user.particulars);
    let facts = Facts::new()
        .fact(t.say("users-group"), user.group_name.as_str())
        .fact(t.say("users-kind"), words::kind(t, user.kind))
        .fact(t.say("users-field-user_name"), p.user_name.as_str())
        .maybe(t.say("users-field-mail"), p.mail.as_deref())
        .maybe(t.say("users-field-mobile"), p.mobile.as_deref())
        .maybe(t.say("users-field-external_id"), p.external_id.as_deref())
        .maybe(t.say("users-field-number"), p.number.map(|n| n.to_string()))
        .maybe(t.say("users-field-keywords"), (!p.keywords.is_empty()).then_some(p.keywords.as_str()))
        .maybe(
            t.say("users-field-language"),
            p.language.as_deref().map(|l| t.say(&format!("users-language-{l}"))),
        )
        .fact(t.say("users-made"), t.when(user.made_at.0));
    let group = Button::link(t.say("users-open-group"), format!("/groups/{}", user.group));
    Section::new(t.say("users-particulars")).action(group).with(facts).into()
}

/// What may they do, and why: each right held with the level that decided.
fn rights(t: &Locale, shown: &Shown) -> Html {
    let held = shown.policy.rights();
    let lead =
        if held.is_empty() { t.say("users-no-rights") } else { t.say1("users-rights-held", "n", held.len()) };
    let mut facts = Facts::new();
    for key in held {
        facts = facts.fact(words::setting(t, key), source(t, shown, key));
    }
    for set in setting::known().filter(|s| !s.is_right()) {
        let own = shown.policy.chain(set.key).and_then(|c| c.decided_by()).and_then(|l| l.level);
        if own == Some(Level::User) {
            facts = facts.fact(words::setting(t, set.key), source(t, shown, set.key));
        }
    }
    Section::new(t.say("users-may-do")).lead(lead).with(facts).into()
}

/// The level that decided, as a sentence.
fn source(t: &Locale, shown: &Shown, key: &str) -> String {
    let level = shown.policy.chain(key).and_then(|c| c.decided_by()).and_then(|l| l.level);
    match level {
        None => t.say("users-from-default"),
        Some(Level::System) => t.say("users-from-system"),
        Some(Level::Tenant) => t.say("users-from-tenant"),
        Some(Level::Group) => t.say1("users-from-group", "group", shown.user.group_name.as_str()),
        Some(Level::User) => t.say("users-from-user"),
    }
}

/// What have they done?
fn deeds(t: &Locale, shown: &Shown) -> Html {
    let section = Section::new(t.say("users-has-done"));
    if shown.logs.is_empty() {
        return section.lead(t.say("users-no-logs")).into();
    }
    let facet = |path: &str| if path == "/logs/access" { "user" } else { "actor" };
    let href = |path: &str| format!("{path}?{}={}", facet(path), shown.user.id);
    let mut ways: Vec<Button> =
        shown.logs.iter().map(|(path, key)| Button::link(t.say(key), href(path))).collect();
    if shown.logs.iter().any(|(path, _)| *path == "/logs/changes") {
        let about = format!("/logs/changes?subject={}", shown.user.id);
        ways.push(Button::link(t.say("users-log-about"), about));
    }
    section.with(Actions::new(ways)).into()
}
