//! Ending every session of the customer at once: what it means, with its numbers, before it is done.

use crate::App;
use crate::front::answer;
use crate::reach::pages::matrix;
use crate::signin::events::sessions::AllSessionsEnded;
use crate::signin::model::EndAllSessions;
use crate::signin::queries;
use crate::ui::change::Consequence;
use crate::ui::facts::Section;
use crate::ui::field::Field;
use crate::ui::state::Weight;
use crate::ui::{Html, Shell, gallery};
use crate::users::pages::act::REASON_CHARACTERS;
use crate::users::pages::sheet::{Form, done};
use askama::Template;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Actor, Error, Grant, Result, SessionId, UserId};

/// Users whose sessions may be spared by one request.
const MAX_SPARED_USERS: usize = 100;

/// The page on which every session of the customer is ended.
#[derive(Template)]
#[template(path = "reach/pages/page.html")]
pub struct EverybodyPage {
    /// The frame.
    pub shell: Shell,
    parts: Vec<Html>,
}

impl EverybodyPage {
    fn new(shell: Shell, tabs: Html, sessions: i64, people: i64) -> Self {
        let t = shell.t;
        let numbers = [("sessions", sessions.into()), ("people", people.into())];
        let consequence = Consequence::new(t.say_with("end-all-title", &numbers))
            .loss(t.say("end-all-means"), Vec::new())
            .note(t.say("end-all-keys"));
        let fields = vec![
            Field::check("keep", t.say("end-all-keep"), true),
            Field::text("reason", t.say("users-reason"))
                .attribute("maxlength", REASON_CHARACTERS)
                .help(t.say("users-reason-help")),
        ];
        let form = Form::new(&t, "/access/sessions/end", t.say("end-all-do"))
            .weight(Weight::Danger)
            .with(consequence)
            .fields(fields)
            .back(&t, "/access");
        let section = Section::new(t.say("end-all")).lead(t.say("end-all-lead")).with(form.into_html());
        let shell = shell.titled(t.say("reach-tab-sessions")).at("/access");
        Self { shell, parts: vec![tabs, section.into()] }
    }
}

impl gallery::Samples for EverybodyPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, EverybodyPage)> {
        let page = |sessions, people| EverybodyPage::new(shell.clone(), Html::default(), sessions, people);
        vec![("many", page(12_345, 9_876)), ("one", page(1, 1))]
    }
}
gallery::page!("signin/everybody", EverybodyPage);

/// `GET /access/sessions`
pub async fn question(app: App, grant: Grant<EndAllSessions>, ask: Ask) -> Result<Response> {
    let (sessions, people) = grant.read(&app.store, queries::session_count).await?;
    let shell = done(app.shell(grant.access()).await?, &ask, &["end-all-done"]);
    let tabs = matrix::tabs(&shell.t, grant.access(), "/access/sessions").into();
    answer::page(&EverybodyPage::new(shell, tabs, sessions, people))
}

/// The change that was asked for; `own` is the session that may be kept.
///
/// # Errors
/// `Invalid` with every field that cannot be used.
pub fn asked(mut fields: Fields, own: Option<SessionId>) -> Result<AllSessionsEnded> {
    let reason = fields.optional_text("reason", REASON_CHARACTERS);
    let spared: Option<Vec<UserId>> = fields.all("except").iter().map(|id| id.parse().ok()).collect();
    let keep = own.filter(|_| fields.flag("keep"));
    match &spared {
        Some(users) if users.len() <= MAX_SPARED_USERS => {}
        _ => fields.problem("except", "error-field-form"),
    }
    fields.done()?;
    Ok(AllSessionsEnded { keep, except: spared.unwrap_or_default(), reason })
}

/// `POST /access/sessions/end`
pub async fn end(app: App, grant: Grant<EndAllSessions>, ask: Ask) -> Result<Response> {
    let Actor::User { session, .. } = *grant.access().actor() else { return Err(Error::SignedOut) };
    let event = asked(ask.fields().await?, Some(session))?;
    let ended = grant.apply(&app.store, event).await?;
    answer::see_other(&format!("/access/sessions?done=end-all-done&n={ended}"))
}
