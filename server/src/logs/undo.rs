//! Taking a change back, from the change log.
//!
//! - Every event of the change log says how it is undone, or why it never is; a test finds one that does not.
//! - Undoing is a new change by the person who undoes: it needs the same right, and leaves its own entry.
//! - It compares with what the change left behind: what was changed again since is not overwritten.
//!
//! A domain registers its events beside them:
//!
//! ```ignore
//! undo!("user.suspended", ManageUsers, undo_suspended);    // async fn(App, Grant<ManageUsers>, Entry) -> Result<()>
//! never!("password.set", "undo-never-password");           // the sentence that says why
//! ```

use super::model::{Entry, Field};
use super::pages::UndoPage;
use super::said::Teller;
use super::undoing::{Kept, Plan};
use super::{ReadChangeLog, queries, reading};
use crate::App;
use crate::front::{answer, undoing};
use axum::response::Response;
use book::Log;
use kernel::door::Ask;
use kernel::{Access, Error, Grant, Message, Result};
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

/// The work of undoing one change.
pub type Undoing = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// How an event of the change log is undone.
#[derive(Clone, Copy)]
pub enum How {
    /// By this function of its domain, for who has the right.
    By {
        /// Whether somebody has the right that undoing needs.
        may: fn(&Access) -> bool,
        /// Takes the change back.
        undo: fn(App, Arc<Access>, Entry) -> Undoing,
    },
    /// Never; the key of the sentence that says why.
    Never(&'static str),
}

/// What a domain says of one of its events.
pub struct Undo {
    /// The event's name in the log.
    pub name: &'static str,
    /// How it is undone.
    pub how: How,
}
inventory::collect!(Undo);

/// A word of an entry as what it stands for.
///
/// # Errors
/// `Conflict` when it is of a form that is not known.
pub fn word<T: FromStr>(text: String) -> Result<T> {
    text.parse().map_err(|_| Error::conflict("undo-unreadable"))
}

/// Says how an event is undone, and the right it needs: `undo!("user.suspended", ManageUsers, undo_suspended);`.
#[macro_export]
macro_rules! undo {
    ($name:literal, $right:ty, $by:path) => {
        inventory::submit! {
            $crate::logs::undo::Undo {
                name: $name,
                how: $crate::logs::undo::How::By {
                    may: |access| access.may::<$right>(),
                    undo: |app, access, entry| {
                        Box::pin(async move { $by(app, access.grant::<$right>()?, entry).await })
                    },
                },
            }
        }
    };
}

/// Says that an event is never undone, and why: `never!("password.set", "undo-never-password");`.
#[macro_export]
macro_rules! never {
    ($name:literal, $why:literal) => {
        inventory::submit! {
            $crate::logs::undo::Undo { name: $name, how: $crate::logs::undo::How::Never($why) }
        }
    };
}

/// How an event is undone, if anybody says.
#[must_use]
pub fn how(name: &str) -> Option<How> {
    inventory::iter::<Undo>.into_iter().find(|undo| undo.name == name).map(|undo| undo.how)
}

/// The name of every event of the change log.
pub fn names() -> impl Iterator<Item = &'static str> {
    inventory::iter::<Undo>.into_iter().map(|undo| undo.name)
}

/// The events that can be undone.
pub fn undoable() -> impl Iterator<Item = &'static str> {
    let undo = inventory::iter::<Undo>.into_iter();
    undo.filter(|undo| matches!(undo.how, How::By { .. })).map(|undo| undo.name)
}

/// Whether somebody has the right to take an event of that name back. What reach and later changes say shows only then.
#[must_use]
pub fn may(access: &Access, name: &str) -> bool {
    matches!(how(name), Some(How::By { may, .. }) if may(access))
}

/// The events that are never undone, with the key of the sentence that says why.
pub fn lasting() -> impl Iterator<Item = (&'static str, &'static str)> {
    inventory::iter::<Undo>.into_iter().filter_map(|undo| match undo.how {
        How::Never(why) => Some((undo.name, why)),
        How::By { .. } => None,
    })
}

/// Takes one change back.
///
/// # Errors
/// `Conflict` when it never is, or when something has changed since; what the new change needs and says.
pub async fn undo(app: &App, access: &Arc<Access>, entry: Entry) -> Result<()> {
    match how(&entry.name) {
        Some(How::By { undo, .. }) => undo(app.clone(), Arc::clone(access), entry).await,
        Some(How::Never(why)) => Err(Error::Conflict(Message::new(why))),
        None => Err(Error::conflict("undo-unknown")),
    }
}

async fn entry(app: &App, grant: &Grant<ReadChangeLog>, idx: i64) -> Result<Entry> {
    grant.read(&app.store, move |r| queries::entry(r, Log::Change, idx)).await
}

async fn plan(app: &App, grant: &Grant<ReadChangeLog>, entry: Entry) -> Result<Plan> {
    grant.read(&app.store, move |r| Plan::of(r, entry)).await
}

/// `GET /logs/changes/{idx}/undo`: what undoing would do. Nothing is changed.
pub async fn preview(app: App, grant: Grant<ReadChangeLog>, ask: Ask) -> Result<Response> {
    let idx: i64 = ask.place("idx")?;
    let back = undoing::local(ask.query().get("back").unwrap_or_default(), "/logs/changes");
    reading::told(&app, &grant, &format!("entry={idx}")).await?;
    let entry = entry(&app, &grant, idx).await?;
    let plan = plan(&app, &grant, entry).await?;
    answer::page(&UndoPage::asked(app.shell(grant.access()).await?, &plan, back))
}

/// `POST /logs/changes/{idx}/undo`: what keeps it from being undone is said on a page that leads to what came since, and back.
pub async fn page(app: App, grant: Grant<ReadChangeLog>, ask: Ask) -> Result<Response> {
    let idx = ask.place("idx")?;
    let fields = ask.fields().await?;
    let back = undoing::local(fields.get("back").unwrap_or_default(), "/logs/changes");
    let entry = entry(&app, &grant, idx).await?;
    match undo(&app, grant.access(), entry.clone()).await {
        Ok(()) => answer::see_other(&crate::ui::Address::parse(&back).with("done", "undone").to_string()),
        Err(error @ (Error::Conflict(_) | Error::NotFound | Error::Invalid(_))) => {
            let shell = app.shell(grant.access()).await?;
            let status = axum::http::StatusCode::from_u16(error.status()).map_err(Error::broken)?;
            let plan = plan(&app, &grant, entry).await?;
            answer::page_with(status, &UndoPage::refused(shell, &plan, &error, back))
        }
        Err(error) => Err(error),
    }
}

/// A field that undoing sets back, in the words of who asks.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct UndoField {
    field: String,
    from: Option<String>,
    to: Option<String>,
}

/// A field that was changed since, and the entry that did it; no field where the thing itself is gone.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct UndoSince {
    field: String,
    entry: i64,
}

/// What undoing a change would do.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct UndoPlanBody {
    entry: i64,
    possible: bool,
    why: Option<String>,
    fields: Vec<UndoField>,
    since: Vec<UndoSince>,
}
crate::schema!(UndoField);
crate::schema!(UndoSince);
crate::schema!(UndoPlanBody);

/// `GET /api/v1/logs/changes/{idx}/undo`
pub async fn preview_api(app: App, grant: Grant<ReadChangeLog>, ask: Ask) -> Result<Response> {
    let idx: i64 = ask.place("idx")?;
    reading::told(&app, &grant, &format!("entry={idx}")).await?;
    let entry = entry(&app, &grant, idx).await?;
    let plan = plan(&app, &grant, entry).await?;
    let t = app.shell(grant.access()).await?.t;
    let teller = Teller { t: &t, names: &plan.names };
    let side = |name: &str, value: &serde_json::Value| {
        teller.said(&plan.entry.name, name, value).map(|said| said.written(&t))
    };
    let field = |field: Field| UndoField {
        from: side(&field.name, &field.after),
        to: side(&field.name, &field.before),
        field: field.name,
    };
    let since = match &plan.kept {
        Some(Kept::Since(since)) => since.clone(),
        _ => Vec::new(),
    };
    let body = UndoPlanBody {
        entry: idx,
        possible: plan.kept.is_none(),
        why: plan.kept.as_ref().map(|kept| t.say(kept.sentence())),
        fields: plan.back().into_iter().map(field).collect(),
        since: since.into_iter().map(|one| UndoSince { field: one.field, entry: one.idx }).collect(),
    };
    answer::json(axum::http::StatusCode::OK, &body)
}

/// The index of the entry that was undone.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct UndoneBody {
    undone: i64,
}
crate::schema!(UndoneBody);

/// `POST /api/v1/logs/changes/{idx}/undo`
pub async fn api(app: App, grant: Grant<ReadChangeLog>, ask: Ask) -> Result<Response> {
    let undone = ask.place("idx")?;
    let entry = entry(&app, &grant, undone).await?;
    undo(&app, grant.access(), entry).await?;
    answer::json(axum::http::StatusCode::OK, &UndoneBody { undone })
}

/// `GET /logs/changes/lasting`: the changes that are never undone, and why.
pub async fn lasting_page(app: App, grant: Grant<ReadChangeLog>, _ask: Ask) -> Result<Response> {
    answer::page(&UndoPage::lasting(app.shell(grant.access()).await?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Language, Locale};
    use std::collections::BTreeSet;

    /// The names of a log's events.
    fn named(log: Log) -> BTreeSet<&'static str> {
        kernel::body::names().filter(|name| name.log == log).map(|name| name.text).collect()
    }

    #[test]
    fn every_change_says_how_it_is_undone_or_why_never() {
        let silent: Vec<_> = named(Log::Change).into_iter().filter(|name| how(name).is_none()).collect();
        assert!(silent.is_empty(), "neither undo! nor never!: {silent:?}");
    }

    #[test]
    fn every_event_can_be_chosen_in_the_menu_of_its_log() {
        for log in [Log::Access, Log::Change, Log::Archive] {
            let menu: BTreeSet<&str> = crate::logs::pages::event_names(log).into_iter().collect();
            let mut named = named(log);
            named.remove("log.read"); // readings stand apart, in a list of their own
            assert_eq!(menu, named, "the menu of the {} log, and what its events are called", log.name());
        }
    }

    #[test]
    fn what_is_never_undone_says_why_in_both_languages() {
        for undo in inventory::iter::<Undo> {
            if let How::Never(why) = undo.how {
                for language in Language::ALL {
                    assert!(
                        Locale::new(language, "UTC").known(why).is_some(),
                        "{}: {why} in {language:?}",
                        undo.name
                    );
                }
            }
        }
    }

    #[test]
    fn no_event_says_twice_how_it_is_undone() {
        let mut seen = BTreeSet::new();
        for undo in inventory::iter::<Undo> {
            assert!(seen.insert(undo.name), "{} twice", undo.name);
        }
    }

    #[test]
    fn every_event_has_a_sentence_in_both_languages() {
        for name in [Log::Access, Log::Change, Log::Archive].into_iter().flat_map(named) {
            let key = format!("event-{}", name.replace(['.', '_'], "-"));
            for language in Language::ALL {
                assert!(Locale::new(language, "UTC").known(&key).is_some(), "{key} in {language:?}");
            }
        }
    }
}
