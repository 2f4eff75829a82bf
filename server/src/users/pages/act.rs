//! Suspending, resuming, deactivating, reactivating one user, and forcing a new password: question and deed.

use super::sheet::{Form, Sheet, Wrong};
use crate::App;
use crate::front::answer;
use crate::ui::change::Consequence;
use crate::ui::field::Field;
use crate::ui::{Html, Locale, Shell};
use crate::users::events::{
    ManageUsers, NewPasswordForced, UserDeactivated, UserReactivated, UserResumed, UserSuspended,
};
use crate::users::model::{Standing, User, words};
use crate::users::queries;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, Result, Timestamp, UserId};

/// Characters of a reason.
pub const REASON_CHARACTERS: usize = 500;

words!(
    /// What can be done with a user's standing.
    Act {
        /// Shut out for a time.
        Suspend = "suspend",
        /// Let in again.
        Resume = "resume",
        /// Shut out for good.
        Deactivate = "deactivate",
        /// Back again.
        Reactivate = "reactivate",
        /// Choose a new password.
        Password = "password",
    }
);

impl Act {
    /// The verb's sentence.
    pub fn verb(self, t: &Locale) -> String {
        t.say(match self {
            Self::Suspend => "users-suspend",
            Self::Resume => "users-resume",
            Self::Deactivate => "users-deactivate",
            Self::Reactivate => "users-reactivate",
            Self::Password => "users-force-password",
        })
    }
    /// What is said when it is done.
    #[must_use]
    pub const fn done(self) -> &'static str {
        match self {
            Self::Suspend => "users-done-suspended",
            Self::Resume => "users-done-resumed",
            Self::Deactivate => "users-done-deactivated",
            Self::Reactivate => "users-done-reactivated",
            Self::Password => "users-done-password",
        }
    }
    /// What it means, as a sentence.
    fn meaning(self, t: &Locale) -> String {
        t.say(match self {
            Self::Suspend => "users-suspend-means",
            Self::Resume => "users-resume-means",
            Self::Deactivate => "users-deactivate-means",
            Self::Reactivate => "users-reactivate-means",
            Self::Password => "users-password-means",
        })
    }
    /// The fields to fill in.
    pub fn fields(self, t: &Locale, get: &dyn Fn(&str) -> String) -> Vec<Field> {
        let moment = |name: &'static str, key: &str, help: &str| {
            Field::input("datetime-local", name, t.say(key)).value(get(name)).help(t.say(help))
        };
        let mut fields = Vec::new();
        if self == Self::Suspend {
            fields.push(moment("from", "users-suspend-from", "users-suspend-from-help"));
            fields.push(moment("until", "users-suspend-until", "users-suspend-until-help"));
        }
        fields.push(
            Field::text("reason", t.say("users-reason"))
                .value(get("reason"))
                .help(t.say("users-reason-help"))
                .attribute("maxlength", REASON_CHARACTERS),
        );
        fields
    }
    /// Does it to one user.
    ///
    /// # Errors
    /// What the event says.
    pub async fn apply(self, app: &App, grant: &Grant<ManageUsers>, user: UserId, said: &Said) -> Result<()> {
        let reason = said.reason.clone();
        match self {
            Self::Suspend => {
                let event = UserSuspended { user, from: said.from, until: said.until, reason };
                grant.apply(&app.store, event).await
            }
            Self::Resume => grant.apply(&app.store, UserResumed { user, reason }).await,
            Self::Deactivate => grant.apply(&app.store, UserDeactivated { user, reason }).await,
            Self::Reactivate => grant.apply(&app.store, UserReactivated { user, reason }).await,
            Self::Password => grant.apply(&app.store, NewPasswordForced { user, reason }).await,
        }
    }
}

/// What was filled in.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// When a suspension begins.
    pub from: Option<Timestamp>,
    /// When it is over.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

impl Said {
    /// From a form (local times in the reader's zone) or a JSON body (RFC 3339).
    ///
    /// # Errors
    /// `Invalid` with every field that cannot be used.
    pub fn read(t: &Locale, fields: &mut Fields) -> Result<Self> {
        let from = moment(t, fields, "from");
        let until = moment(t, fields, "until");
        let reason = fields.optional_text("reason", REASON_CHARACTERS);
        std::mem::take(fields).done()?;
        Ok(Self { from, until, reason })
    }
}

fn moment(t: &Locale, fields: &mut Fields, name: &'static str) -> Option<Timestamp> {
    let text = fields.get(name)?.trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let local =
        text.parse::<jiff::civil::DateTime>().ok().and_then(|local| local.to_zoned(t.zone.clone()).ok());
    let read = text
        .parse::<Timestamp>()
        .ok()
        .or_else(|| local.map(|zoned| Timestamp(zoned.timestamp().as_microsecond())));
    if read.is_none() {
        fields.problem(name, "users-moment-form");
    }
    read
}

/// `GET /users/{id}/{act}`: what it means, before it is done.
pub async fn question(app: App, grant: Grant<ManageUsers>, ask: Ask, act: Act) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let body = form(&t, act, &user, &|_| String::new(), &Wrong::default());
    Sheet::answer(frame(shell, act, &user), vec![body])
}

/// `POST /users/{id}/{act}`
pub async fn deed(app: App, grant: Grant<ManageUsers>, ask: Ask, act: Act) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let fields = ask.fields().await?;
    let typed: Vec<(String, String)> = fields.values().to_vec();
    match done(&app, &grant, &t, id, act, fields).await {
        Ok(()) => answer::see_other(&format!("/users/{id}?done={}", act.done())),
        Err(error) => {
            let wrong = Wrong::of(&t, error)?;
            let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
            let get = |name: &str| {
                typed.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
            };
            let body = form(&t, act, &user, &get, &wrong);
            Sheet::refused(frame(shell, act, &user), vec![body])
        }
    }
}

/// Reads what was filled in and does it.
///
/// # Errors
/// `Invalid` with every field that cannot be used, and what the event says.
pub async fn done(
    app: &App,
    grant: &Grant<ManageUsers>,
    t: &Locale,
    id: UserId,
    act: Act,
    mut fields: Fields,
) -> Result<()> {
    let said = Said::read(t, &mut fields)?;
    act.apply(app, grant, id, &said)
        .await
        .map_err(|e| if let Error::NotFound = e { Error::NotFound } else { e })
}

fn frame(shell: Shell, act: Act, user: &User) -> Shell {
    let t = shell.t;
    shell
        .titled(act.verb(&t))
        .at("/users")
        .under(t.say("users-title"), "/users")
        .under(user.particulars.name.clone(), format!("/users/{}", user.id))
}

fn form(t: &Locale, act: Act, user: &User, get: &dyn Fn(&str) -> String, wrong: &Wrong) -> Html {
    let name = user.particulars.name.clone();
    let mut consequence = Consequence::new(t.say1("users-what-happens", "name", name));
    consequence = match act {
        Act::Resume | Act::Reactivate => consequence.gain(act.meaning(t), Vec::new()),
        _ => consequence.loss(act.meaning(t), Vec::new()),
    };
    if let (Act::Suspend | Act::Deactivate, Standing::SuspendedLater(_)) = (act, user.standing) {
        consequence = consequence.note(super::words::standing_sentence(t, user.standing));
    }
    let fields: Vec<Field> = act.fields(t, get).into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    Form::new(t, format!("/users/{}/{}", user.id, act.word()), act.verb(t))
        .errors(summary)
        .with(consequence)
        .fields(fields)
        .back(t, format!("/users/{}", user.id))
        .into_html()
}

macro_rules! pair {
    ($($question:ident $deed:ident $act:ident;)*) => {$(
        #[doc = concat!("The question of ", stringify!($act), ".")]
        pub async fn $question(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
            question(app, grant, ask, Act::$act).await
        }
        #[doc = concat!("The deed of ", stringify!($act), ".")]
        pub async fn $deed(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
            deed(app, grant, ask, Act::$act).await
        }
    )*};
}
pair! {
    ask_suspend suspend Suspend;
    ask_resume resume Resume;
    ask_deactivate deactivate Deactivate;
    ask_reactivate reactivate Reactivate;
    ask_password password Password;
}
