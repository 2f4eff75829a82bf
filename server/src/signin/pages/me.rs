//! One's own page, and the page on which another's sessions are ended and a link is handed out.

use super::tried;
use crate::App;
use crate::front::answer;
use crate::ops::places::country_said;
use crate::signin::changing;
use crate::signin::events::sessions::{OwnSessionsEnded, UserSessionsEnded};
use crate::signin::model::{EndSessions, LINK_MINUTES, ResetPasswords, SessionRow};
use crate::signin::queries;
use crate::ui::field::{Choice, Field};
use crate::ui::state::Copy;
use crate::ui::{Flash, Html, Language, Locale, Shell, Theme, gallery};
use crate::users::events::LookChosen;
use crate::users::queries as users;
use askama::Template;
use axum::response::Response;
use kernel::door::Ask;
use kernel::policy::Person;
use kernel::{Actor, Error, Grant, Result, SessionId, Timestamp, UserId};

/// One session as the page shows it.
pub struct SessionLine {
    id: String,
    began: Html,
    seen: Html,
    place: String,
    client: String,
    here: bool,
}

/// Sessions, and what can be done about them.
#[derive(Template)]
#[template(path = "signin/pages/me.html")]
pub struct SessionsPage {
    /// Who reads.
    pub t: Locale,
    /// The frame.
    pub shell: Shell,
    sessions: Vec<SessionLine>,
    /// Where the forms that end sessions are sent.
    action: String,
    /// The reader's own look, on one's own page.
    look: Option<Vec<Field>>,
    /// Where a link is asked for, on another's page.
    link: Option<String>,
    /// A link just made: shown this once.
    made: Option<Made>,
    /// One's own sign-ins, on one's own page.
    tried: Html,
}

/// A link just made, and how long it works.
struct Made {
    link: Copy,
    help: String,
}

impl Made {
    fn new(t: &Locale, link: String) -> Made {
        Made { link: Copy::new(t, link), help: t.say1("me-link-help", "minutes", LINK_MINUTES) }
    }
}

impl SessionsPage {
    fn new(
        shell: Shell,
        sessions: &[SessionRow],
        here: Option<SessionId>,
        now: Timestamp,
        action: &str,
    ) -> Self {
        let t = shell.t;
        let line = |s: &SessionRow| SessionLine {
            id: s.id.to_string(),
            began: t.when(s.made_at.0),
            seen: t.when_ago(s.seen_at.0, now.0),
            place: [s.address.as_str(), country_said(&t, &s.country).as_str()]
                .into_iter()
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            client: [s.browser.as_str(), s.system.as_str()]
                .into_iter()
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            here: Some(s.id) == here,
        };
        let sessions = sessions.iter().map(line).collect();
        Self {
            t,
            shell,
            sessions,
            action: action.to_owned(),
            look: None,
            link: None,
            made: None,
            tried: Html::default(),
        }
    }
}

impl gallery::Samples for SessionsPage {
    fn samples(shell: &Shell) -> Vec<(&'static str, SessionsPage)> {
        let id = |n: u128| SessionId(kernel::Uuid::from_u128(n));
        let row = |n: u128, browser: &str| SessionRow {
            id: id(n),
            made_at: Timestamp(1_700_000_000_000_000),
            seen_at: Timestamp(1_700_000_100_000_000),
            method: "password".to_owned(),
            address: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff".to_owned(),
            country: if n == 1 { "this-machine" } else { "SE" }.to_owned(),
            browser: browser.to_owned(),
            system: "Windows".to_owned(),
        };
        let rows = [row(1, "Firefox 128"), row(2, "<script>alert(1)</script>")];
        let page = |rows: &[SessionRow]| {
            let frame = shell.clone().titled(shell.t.say("me-title"));
            SessionsPage::new(frame, rows, Some(id(1)), Timestamp(1_700_000_200_000_000), "/me/sessions/end")
        };
        let attempts = [("accepted", "192.0.2.7"), ("refused", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")];
        let tried = attempts.map(|(result, address)| queries::Tried {
            idx: if result == "accepted" { 8 } else { 7 },
            at: Timestamp(1_700_000_000_000_000),
            name: format!("sign-in.{result}"),
            who: Some(format!("{{\"result\":\"{result}\",\"method\":\"password\",\"address\":\"{address}\",\"country\":\"SE\",\"network\":\"{}\"}}", "Bredband ".repeat(9))),
        });
        let tried = tried::part(&shell.t, &tried, Some(7)).into();
        let own = SessionsPage { look: Some(look(shell.t, None, Theme::Dark)), tried, ..page(&rows) };
        let made = Some(Made::new(&shell.t, "https://centralen.example.se/set-password/x".repeat(4)));
        let other = SessionsPage { link: Some("/users/1/link".to_owned()), made, ..page(&[]) };
        vec![("own", own), ("another-without-sessions", other)]
    }
}
gallery::page!("me/sessions", SessionsPage);

fn look(t: Locale, language: Option<Language>, theme: Theme) -> Vec<Field> {
    let languages = vec![
        Choice::new("", t.say("me-language-tenant")),
        Choice::new("sv", t.say("me-language-sv")),
        Choice::new("en", t.say("me-language-en")),
    ];
    let themes = [Theme::System, Theme::Light, Theme::Dark];
    let themes =
        themes.map(|theme| Choice::new(theme.code(), t.say(&format!("me-theme-{}", theme.code())))).to_vec();
    vec![
        Field::select("language", t.say("me-language"), languages).value(language.map_or("", Language::code)),
        Field::select("theme", t.say("me-theme"), themes).value(theme.code()),
    ]
}

/// `GET /me`
pub async fn me(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let Actor::User { user, session, .. } = *grant.access().actor() else { return Err(Error::SignedOut) };
    let mut shell = app.shell(grant.access()).await?;
    let t = shell.t;
    if let Some(done @ ("password" | "ended" | "look")) = ask.query().get("done") {
        shell.flash.push(Flash::done(t.say(&format!("me-done-{done}"))));
    }
    let (rows, own, now) = grant
        .read(&app.store, move |r| Ok((queries::sessions(r, user)?, users::user(r, user)?, r.now())))
        .await?;
    let mut query = ask.query();
    let from: Option<i64> = query.optional("from");
    let (attempts, older) = grant.read(&app.store, move |r| queries::own_attempts(r, from)).await?;
    let tried = tried::part(&t, &attempts, older).id("tried").into();
    let language = own.particulars.language.as_deref().and_then(Language::parse);
    let theme = shell.theme;
    let page =
        SessionsPage::new(shell.titled(t.say("me-title")), &rows, Some(session), now, "/me/sessions/end");
    answer::page(&SessionsPage { look: Some(look(t, language, theme)), tried, ..page })
}

/// `POST /me/look`
pub async fn choose_look(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let user = grant.access().actor().user().ok_or(Error::SignedOut)?;
    // Whoever turns light to dark by the button says nothing of the language: it stays.
    let language = match fields.get("language") {
        Some(word) => Language::parse(word).map(Language::code),
        None => {
            let own = grant.read(&app.store, move |r| users::user(r, user)).await?;
            own.particulars.language.as_deref().and_then(Language::parse).map(Language::code)
        }
    };
    let theme = fields.get("theme").and_then(Theme::parse).unwrap_or_default().code();
    grant.apply(&app.store, LookChosen { user, language, theme }).await?;
    answer::see_other("/me?done=look")
}

/// `POST /me/sessions/end`: one, or all others.
pub async fn end_own(app: App, grant: Grant<Person>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let session = fields.get("session").map(str::parse::<SessionId>).transpose()?;
    grant.also()?.apply(&app.store, OwnSessionsEnded { session }).await?;
    answer::see_other("/me?done=ended")
}

async fn another(app: &App, grant: &Grant<EndSessions>, user: UserId) -> Result<SessionsPage> {
    let shell = app.shell(grant.access()).await?;
    let (rows, who, now) = grant
        .read(&app.store, move |r| {
            let who = users::user(r, user)?;
            Ok((queries::sessions(r, user)?, who, r.now()))
        })
        .await?;
    let name = who.particulars.name;
    let title = shell.t.say1("me-sessions-of", "name", name.as_str());
    let shell = shell.titled(title).under(name, format!("/users/{user}")).at("/users");
    let mut page = SessionsPage::new(shell, &rows, None, now, &format!("/users/{user}/sessions/end"));
    if grant.access().may::<ResetPasswords>() && grant.access().actor().user() != Some(user) {
        page.link = Some(format!("/users/{user}/link"));
    }
    Ok(page)
}

/// `GET /users/{id}/sessions`
pub async fn of_user(app: App, grant: Grant<EndSessions>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let mut page = another(&app, &grant, user).await?;
    if ask.query().get("done") == Some("ended") {
        page.shell.flash.push(Flash::done(page.t.say("me-done-ended")));
    }
    answer::page(&page)
}

/// `POST /users/{id}/sessions/end`: one, or all.
pub async fn end_of_user(app: App, grant: Grant<EndSessions>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let fields = ask.fields().await?;
    let session = fields.get("session").map(str::parse::<SessionId>).transpose()?;
    let reason = fields.get("reason").map(str::to_owned).filter(|reason| !reason.trim().is_empty());
    grant.apply(&app.store, UserSessionsEnded { user, session, reason }).await?;
    answer::see_other(&format!("/users/{user}/sessions?done=ended"))
}

/// `POST /users/{id}/link`: shows the link this once, and hands it to nobody else.
pub async fn hand_out_link(app: App, grant: Grant<ResetPasswords>, ask: Ask) -> Result<Response> {
    let user: UserId = ask.place("id")?;
    let link = changing::make_link(&app, &grant, user).await?;
    let shell = app.shell(grant.access()).await?;
    let who = grant.read(&app.store, move |r| users::user(r, user)).await?;
    let (t, name) = (shell.t, who.particulars.name);
    let shell = shell.titled(t.say("me-link-title")).under(name, format!("/users/{user}")).at("/users");
    let page = SessionsPage::new(shell, &[], None, Timestamp(0), "");
    answer::page(&SessionsPage { made: Some(Made::new(&t, link)), ..page })
}
