//! Doing one thing with several users: what it means for each before it is done, and what became of each after.
//!
//! Each user is a change and an entry of its own; one that is refused does not hold up the others.

use super::act::{Act, Said};
use super::moving::Outcome;
use super::sheet::{Form, Sheet, Wrong};
use super::words;
use crate::App;
use crate::front::{answer, refusal};
use crate::ui::change::Consequence;
use crate::ui::facts::{Facts, Section};
use crate::ui::field::{Choice, Field};
use crate::ui::state::Button;
use crate::ui::{Html, Locale, Shell};
use crate::users::events::{ManageUsers, UserMoved};
use crate::users::model::User;
use crate::users::queries;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, GroupId, Message, Result, UserId};

/// Users that one request may be about.
pub const MAX_CHOSEN_USERS: usize = 200;

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Move,
    Act(Act),
}

impl Deed {
    fn read(fields: &Fields) -> Result<Self> {
        match fields.get("do") {
            Some("move") => Ok(Self::Move),
            Some(word) => word.parse().map(Self::Act).map_err(|_| Error::invalid("do", "error-field-form")),
            None => Err(Error::invalid("do", "error-field-required")),
        }
    }
    const fn word(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Act(act) => act.word(),
        }
    }
    fn verb(self, t: &Locale) -> String {
        match self {
            Self::Move => t.say("users-move"),
            Self::Act(act) => act.verb(t),
        }
    }
    const fn done(self) -> &'static str {
        match self {
            Self::Move => "users-done-moved",
            Self::Act(act) => act.done(),
        }
    }
}

fn chosen(fields: &Fields) -> Result<Vec<UserId>> {
    let ids: Vec<UserId> = fields.all("chosen").into_iter().filter_map(|id| id.parse().ok()).collect();
    if ids.len() > MAX_CHOSEN_USERS {
        return Err(Error::TooLarge(Message::new("users-too-many-chosen").with("most", MAX_CHOSEN_USERS)));
    }
    Ok(ids)
}

struct Question {
    deed: Deed,
    users: Vec<User>,
    groups: Vec<(GroupId, String)>,
    to: Option<GroupId>,
    outcomes: Vec<Outcome>,
}

async fn look(
    app: &App,
    grant: &Grant<ManageUsers>,
    deed: Deed,
    ids: Vec<UserId>,
    to: Option<GroupId>,
) -> Result<Question> {
    grant
        .read(&app.store, move |r| {
            let mut users = Vec::with_capacity(ids.len());
            for id in ids {
                match queries::user(r, id) {
                    Ok(user) => users.push(user),
                    // Gone, or moved out of reach since the list was shown: the others are not held up.
                    Err(Error::NotFound) => {}
                    Err(other) => return Err(other),
                }
            }
            if users.is_empty() {
                return Err(Error::NotFound);
            }
            let groups: Vec<_> =
                queries::named_groups(r)?.into_iter().map(|(id, name, _)| (id, name)).collect();
            let to = to.filter(|to| groups.iter().any(|(id, _)| id == to));
            let mut outcomes = Vec::new();
            if let Some(to) = to {
                for user in &users {
                    outcomes.push(Outcome::of(r, user, to, &[])?);
                }
            }
            Ok(Question { deed, users, groups, to, outcomes })
        })
        .await
}

/// `POST /users/bulk`: asks, or shows again what it would do.
pub async fn question(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let (deed, ids) = (Deed::read(&fields)?, chosen(&fields)?);
    if ids.is_empty() {
        return Err(Error::conflict("users-none-chosen"));
    }
    let to = fields.get("group").and_then(|g| g.parse().ok());
    let q = look(&app, &grant, deed, ids, to).await?;
    let shell = app.shell(grant.access()).await?;
    let body = form(&shell.t, &q, &|_| String::new(), &Wrong::default());
    Sheet::answer(frame(shell, deed), vec![body])
}

/// `POST /users/bulk/do`
pub async fn deed(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let mut fields = ask.fields().await?;
    let (deed, ids) = (Deed::read(&fields)?, chosen(&fields)?);
    let to: Option<GroupId> = fields.get("group").and_then(|g| g.parse().ok());
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let q = look(&app, &grant, deed, ids, to).await?;
    let typed = fields.values().to_vec();
    let said = match Said::read(&t, &mut fields) {
        Ok(said) => said,
        Err(error) => {
            let get = |name: &str| {
                typed.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default()
            };
            let body = form(&t, &q, &get, &Wrong::of(&t, error)?);
            return Sheet::refused(frame(shell, deed), vec![body]);
        }
    };
    let mut failed = Vec::new();
    for user in &q.users {
        if let Err(error) = one(&app, &grant, &q, user, &said).await {
            failed.push((user.particulars.name.clone(), told(&t, error)?));
        }
    }
    let done = q.users.len() - failed.len();
    if failed.is_empty() {
        return answer::see_other(&format!("/users?done={}&n={done}", deed.done()));
    }
    Sheet::answer(frame(shell, deed), vec![result(&t, done, failed)])
}

async fn one(app: &App, grant: &Grant<ManageUsers>, q: &Question, user: &User, said: &Said) -> Result<()> {
    match (q.deed, q.to) {
        (Deed::Act(act), _) => act.apply(app, grant, user.id, said).await,
        (Deed::Move, None) => Err(Error::invalid("group", "users-no-such-group")),
        (Deed::Move, Some(to)) if to == user.group => Ok(()),
        (Deed::Move, Some(to)) => {
            let event = UserMoved {
                user: user.id,
                from: user.group,
                to,
                keep: Vec::new(),
                restore: Vec::new(),
                reason: said.reason.clone(),
            };
            grant.apply(&app.store, event).await
        }
    }
}

/// Why one of them was refused; what is wrong with us ends the whole.
fn told(t: &Locale, error: Error) -> Result<String> {
    match error {
        Error::Invalid(problems) => {
            Ok(problems.iter().map(|p| refusal::say(t, &p.message)).collect::<Vec<_>>().join(" "))
        }
        Error::Conflict(message) => Ok(refusal::say(t, &message)),
        Error::NotFound => Ok(t.say("ui-error-404")),
        other => Err(other),
    }
}

fn frame(shell: Shell, deed: Deed) -> Shell {
    let t = shell.t;
    shell.titled(deed.verb(&t)).at("/users").under(t.say("users-title"), "/users")
}

fn form(t: &Locale, q: &Question, get: &dyn Fn(&str) -> String, wrong: &Wrong) -> Html {
    let names: Vec<String> = q.users.iter().map(|u| u.particulars.name.clone()).collect();
    let title = t.say1("users-what-happens-to", "n", q.users.len());
    let (mut fields, mut consequence) = (Vec::new(), Consequence::new(title));
    let ready = q.deed != Deed::Move || q.to.is_some();
    match q.deed {
        Deed::Move => {
            let choices =
                q.groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
            let value = q.to.map(|g| g.to_string()).unwrap_or_default();
            fields.push(Field::select("group", t.say("users-move-to"), choices).value(value));
            consequence = gains_and_losses(t, q, consequence);
            if ready {
                fields.extend(Act::Resume.fields(t, get));
            }
        }
        Deed::Act(act) => {
            fields.extend(act.fields(t, get));
            consequence = consequence.loss(act.verb(t), names);
        }
    }
    let fields: Vec<Field> = fields.into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    let (action, verb) = if ready {
        ("/users/bulk/do", t.say1("users-do-to", "n", q.users.len()))
    } else {
        ("/users/bulk", t.say("users-move-look"))
    };
    let mut form = Form::new(t, action, verb)
        .errors(summary)
        .with(consequence)
        .fields(fields)
        .hidden("do", q.deed.word());
    for user in &q.users {
        form = form.hidden("chosen", user.id.to_string());
    }
    form.back(t, "/users").into_html()
}

/// Each right that comes or goes, with those it concerns.
fn gains_and_losses(t: &Locale, q: &Question, mut consequence: Consequence) -> Consequence {
    if q.outcomes.is_empty() {
        return consequence.note(t.say("users-move-choose"));
    }
    type Side = fn(&Outcome) -> &[&'static str];
    let sides: [(Side, &str, bool); 2] =
        [(|o| &o.gained, "users-gain-right", true), (|o| &o.lost, "users-lose-right", false)];
    for (side, key, gain) in sides {
        let mut rights: Vec<&'static str> = q.outcomes.iter().flat_map(|o| side(o).iter().copied()).collect();
        rights.sort_unstable();
        rights.dedup();
        for right in rights {
            let whom: Vec<String> = q
                .users
                .iter()
                .zip(&q.outcomes)
                .filter(|(_, o)| side(o).contains(&right))
                .map(|(u, _)| u.particulars.name.clone())
                .collect();
            let said =
                t.say_with(key, &[("n", whom.len().into()), ("right", words::setting(t, right).into())]);
            consequence = if gain { consequence.gain(said, whom) } else { consequence.loss(said, whom) };
        }
    }
    consequence.note(t.say("users-own-values-dropped"))
}

fn result(t: &Locale, done: usize, failed: Vec<(String, String)>) -> Html {
    let lead = t.say_with("users-bulk-result", &[("done", done.into()), ("failed", failed.len().into())]);
    let facts = failed.into_iter().fold(Facts::new(), |facts, (name, why)| facts.fact(name, why));
    Section::new(t.say("users-bulk-failed"))
        .lead(lead)
        .with(facts)
        .with(Button::link(t.say("users-back-to-list"), "/users"))
        .into()
}
