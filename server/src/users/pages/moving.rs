//! Moving a user: what is gained and lost, and which own values would survive, before it is done.

use super::sheet::{Form, Sheet, Wrong};
use super::words;
use crate::App;
use crate::front::answer;
use crate::settings::wording;
use crate::ui::change::Consequence;
use crate::ui::field::{Choice, Field};
use crate::ui::{Html, Locale, Shell};
use crate::users::events::{ManageUsers, UserMoved};
use crate::users::model::User;
use crate::users::queries::{self, ReachPart};
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::policy::Policy;
use kernel::setting;
use kernel::{Error, Grant, GroupId, Reader, Result, UserId};

/// What a move would do to one user.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Rights that come, by key.
    pub gained: Vec<&'static str>,
    /// Rights that go, by key.
    pub lost: Vec<&'static str>,
    /// Settings that change: key, before, after.
    pub changed: Vec<(&'static str, serde_json::Value, serde_json::Value)>,
    /// What comes into reach.
    pub reaches: Vec<ReachPart>,
    /// What goes out of reach.
    pub leaves: Vec<ReachPart>,
}

impl Outcome {
    /// The difference between two policies.
    #[must_use]
    pub fn between(before: &Policy, after: &Policy) -> Self {
        let (was, is) = (before.rights(), after.rights());
        let changed = setting::known().filter(|s| !s.is_right()).filter_map(|s| {
            let (was, is) = (before.value(s), after.value(s));
            (was != is).then_some((s.key, was, is))
        });
        let mut changed: Vec<_> = changed.collect();
        changed.sort_by_key(|(key, _, _)| *key);
        Self {
            gained: is.iter().copied().filter(|k| !was.contains(k)).collect(),
            lost: was.iter().copied().filter(|k| !is.contains(k)).collect(),
            changed,
            ..Self::default()
        }
    }
    /// What moving `user` to `to` would do, with these own values kept.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine.
    pub fn of(r: &mut Reader<'_>, user: &User, to: GroupId, keep: &[String]) -> Result<Self> {
        let before = queries::rights_of(r, user.id, user.group, None)?;
        let after = queries::rights_of(r, user.id, to, Some(keep))?;
        let was = queries::reach_of(r, user.id, user.group)?;
        let is = queries::reach_of(r, user.id, to)?;
        let mut outcome = Self::between(&before, &after);
        outcome.reaches = beyond(&is, &was);
        outcome.leaves = beyond(&was, &is);
        Ok(outcome)
    }
    /// As lines of a consequence.
    #[must_use]
    pub fn tell(&self, t: &Locale, mut consequence: Consequence) -> Consequence {
        let names = |keys: &[&'static str]| keys.iter().map(|k| words::setting(t, k)).collect::<Vec<_>>();
        if !self.gained.is_empty() {
            consequence =
                consequence.gain(t.say1("users-gains", "n", self.gained.len()), names(&self.gained));
        }
        if !self.lost.is_empty() {
            consequence = consequence.loss(t.say1("users-loses", "n", self.lost.len()), names(&self.lost));
        }
        for (key, before, after) in &self.changed {
            let told = |value: &serde_json::Value| match setting::find(key) {
                Some(setting) => wording::value(t, setting, value),
                None => value.to_string(),
            };
            let said = [
                ("setting", words::setting(t, key).into()),
                ("before", told(before).into()),
                ("after", told(after).into()),
            ];
            consequence = consequence.note(t.say_with("users-setting-changes", &said));
        }
        if !self.reaches.is_empty() {
            consequence = consequence.gain(t.say("users-comes-into-reach"), named(t, &self.reaches));
        }
        if !self.leaves.is_empty() {
            consequence = consequence.loss(t.say("users-goes-out-of-reach"), named(t, &self.leaves));
        }
        if self.is_nothing() {
            consequence = consequence.note(t.say("users-move-changes-nothing"));
        }
        consequence
    }
    fn is_nothing(&self) -> bool {
        self.gained.is_empty()
            && self.lost.is_empty()
            && self.changed.is_empty()
            && self.reaches.is_empty()
            && self.leaves.is_empty()
    }
}

/// What of one reach the other does not cover.
fn beyond(one: &[ReachPart], other: &[ReachPart]) -> Vec<ReachPart> {
    if other.iter().any(|part| part.kind == "all") {
        return Vec::new();
    }
    match one.iter().find(|part| part.kind == "all") {
        Some(all) => vec![all.clone()],
        None => one.iter().filter(|part| !other.contains(part)).cloned().collect(),
    }
}

fn named(t: &Locale, parts: &[ReachPart]) -> Vec<String> {
    let hidden = parts.iter().filter(|part| part.kind != "all" && part.name.is_empty()).count();
    let known = parts.iter().filter_map(|part| match part.kind.as_str() {
        "all" => Some(t.say("reach-everything")),
        "queue" if !part.name.is_empty() => Some(t.say1("reach-queue", "name", part.name.as_str())),
        _ => Some(part.name.clone()).filter(|name| !name.is_empty()),
    });
    let more = (hidden > 0).then(|| t.say1("users-beyond-own-reach", "n", hidden));
    known.chain(more).collect()
}

/// What is asked before a move.
pub struct Question {
    /// Who would move.
    pub user: User,
    groups: Vec<(GroupId, String)>,
    to: Option<GroupId>,
    /// The keys of the user's own values.
    pub own: Vec<String>,
    keep: Vec<String>,
    /// What the move would do; none while no other group within reach is chosen.
    pub outcome: Option<Outcome>,
}

/// The user, the groups to choose from, and what a move to `to` would do.
///
/// # Errors
/// `NotFound` when there is no such user within reach; `Busy` or `Broken` from the engine.
pub async fn look(
    grant: &Grant<ManageUsers>,
    app: &App,
    id: UserId,
    to: Option<GroupId>,
    keep: Vec<String>,
) -> Result<Question> {
    grant
        .read(&app.store, move |r| {
            let user = queries::user(r, id)?;
            let groups: Vec<_> =
                queries::named_groups(r)?.into_iter().map(|(id, name, _)| (id, name)).collect();
            let own = queries::own_values(r, id)?;
            let to = to.filter(|to| groups.iter().any(|(id, _)| id == to) && *to != user.group);
            let outcome = to.map(|to| Outcome::of(r, &user, to, &keep)).transpose()?;
            Ok(Question { user, groups, to, own, keep, outcome })
        })
        .await
}

fn kept(fields: &Fields) -> Vec<String> {
    fields.all("keep").into_iter().map(str::to_owned).collect()
}

/// `GET /users/{id}/move?group=`: without a group the choice, with one what it would do.
pub async fn ask_move(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let query = ask.query();
    let to = query.get("group").and_then(|g| g.parse().ok());
    let question = look(&grant, &app, id, to, kept(&query)).await?;
    let shell = app.shell(grant.access()).await?;
    let body = form(&shell.t, &question, &Wrong::default());
    Sheet::answer(frame(shell, &question.user), vec![body])
}

/// `POST /users/{id}/move`: with `look` the consequences of another choice, else the deed.
pub async fn move_user(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let mut fields = ask.fields().await?;
    let (to, keep) = (fields.get("group").and_then(|g| g.parse().ok()), kept(&fields));
    let reason = fields.optional_text("reason", super::act::REASON_CHARACTERS);
    let question = look(&grant, &app, id, to, keep.clone()).await?;
    let shell = app.shell(grant.access()).await?;
    let asked_again = fields.get("look").is_some()
        || fields.get("seen").map(str::to_owned) != question.to.map(|g| g.to_string());
    let moved = match (question.to, asked_again) {
        (None, _) => Err(Error::invalid("group", "users-no-such-group")),
        (Some(_), true) => {
            let body = form(&shell.t, &question, &Wrong::default());
            return Sheet::answer(frame(shell, &question.user), vec![body]);
        }
        (Some(to), false) => {
            let from = question.user.group;
            grant.apply(&app.store, UserMoved { user: id, from, to, keep, restore: Vec::new(), reason }).await
        }
    };
    match moved {
        Ok(()) => answer::see_other(&format!("/users/{id}?done=users-done-moved")),
        Err(error) => {
            let wrong = Wrong::of(&shell.t, error)?;
            let body = form(&shell.t, &question, &wrong);
            Sheet::refused(frame(shell, &question.user), vec![body])
        }
    }
}

fn frame(shell: Shell, user: &User) -> Shell {
    let t = shell.t;
    shell
        .titled(t.say("users-move"))
        .at("/users")
        .under(t.say("users-title"), "/users")
        .under(user.particulars.name.clone(), format!("/users/{}", user.id))
}

fn form(t: &Locale, q: &Question, wrong: &Wrong) -> Html {
    let here = q.user.group;
    let others = q.groups.iter().filter(|(id, _)| *id != here);
    let choices = others.map(|(id, name)| Choice::new(id.to_string(), name.clone()));
    let none = Choice::new("", t.say("users-choose-group"));
    let group =
        Field::select("group", t.say("users-move-to"), std::iter::once(none).chain(choices).collect())
            .required()
            .value(q.to.map(|g| g.to_string()).unwrap_or_default())
            .help(t.say1("users-is-in", "group", q.user.group_name.as_str()));
    let group = wrong.at(t, group);
    let summary = wrong.summary(t, [&group]);
    let action = format!("/users/{}/move", q.user.id);
    let verb = if q.outcome.is_some() { t.say("users-move-do") } else { t.say("users-move-look") };
    let mut form = Form::new(t, action, verb).errors(summary).fields(vec![group]);
    if let (Some(outcome), Some(to)) = (&q.outcome, q.to) {
        let title = t.say1("users-what-happens", "name", q.user.particulars.name.as_str());
        form = form.with(outcome.tell(t, Consequence::new(title))).hidden("seen", to.to_string());
        if !q.own.is_empty() {
            form = form.with(keep_form(t, q));
        }
        form = form.fields(vec![
            Field::text("reason", t.say("users-reason"))
                .help(t.say("users-reason-help"))
                .attribute("maxlength", super::act::REASON_CHARACTERS),
        ]);
    }
    form.back(t, format!("/users/{}", q.user.id)).into_html()
}

/// The own values, each to be kept by choice.
fn keep_form(t: &Locale, q: &Question) -> Html {
    let boxes = q.own.iter().map(|key| (key.clone(), words::setting(t, key)));
    super::sheet::boxes("keep", &t.say("users-keep"), &t.say("users-keep-help"), boxes.collect(), &q.keep)
}
