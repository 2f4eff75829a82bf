//! Making a user, and editing one.

use super::sheet::{Form, Sheet, Wrong};
use super::words;
use crate::App;
use crate::front::answer;
use crate::ui::field::{Choice, Field};
use crate::ui::{Html, Language, Locale, Shell};
use crate::users::events::{GroupAtStart, ManageUsers, UserCreated, UserEdited};
use crate::users::model::{GroupKind, KEYWORDS_CHARACTERS, LINE_CHARACTERS, Particulars, UserKind};
use crate::users::parse::{self, stored};
use crate::users::queries;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, GroupId, Problem, Result, UserId};

type Groups = Vec<(GroupId, String, GroupKind)>;

/// `GET /users/new`
pub async fn blank(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    let groups = grant.read(&app.store, queries::named_groups).await?;
    let body = new_form(&shell.t, &groups, &ask.query(), &Wrong::default());
    Sheet::answer(new_frame(shell), vec![body])
}

/// `POST /users`
pub async fn create(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let made = match creation(&app, &fields) {
        Ok(event) => {
            let user = event.user;
            grant.apply(&app.store, event).await.map(|()| user)
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(user) => answer::see_other(&format!("/users/{user}?done=users-done-created")),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let wrong = Wrong::of(&shell.t, error)?;
            let groups = grant.read(&app.store, queries::named_groups).await?;
            let body = new_form(&shell.t, &groups, &fields, &wrong);
            Sheet::refused(new_frame(shell), vec![body])
        }
    }
}

/// The making of a user, from the fields of a form or of a JSON body.
///
/// # Errors
/// `Invalid` with every field that cannot be used.
pub fn creation(app: &App, fields: &Fields) -> Result<UserCreated> {
    let (particulars, mut problems) = parse::particulars(&|name| fields.get(name).map(str::to_owned));
    let group = fields.get("group").filter(|g| !g.is_empty()).map(str::parse::<GroupId>);
    let kind = fields.get("kind").filter(|k| !k.is_empty()).map_or(Ok(UserKind::Person), str::parse);
    match (group, kind) {
        (Some(Ok(group)), Ok(kind)) if problems.is_empty() => {
            let user = UserId::new(app.store.clock().now(), app.store.chance());
            let group = GroupAtStart(group);
            Ok(UserCreated { user, kind, group, particulars, by: None, import: None })
        }
        (group, kind) => {
            let at =
                |field: &'static str, key: &'static str| Problem { field: field.into(), message: key.into() };
            match group {
                None => problems.push(at("group", "error-field-required")),
                Some(Err(_)) => problems.push(at("group", "users-no-such-group")),
                Some(Ok(_)) => {}
            }
            if kind.is_err() {
                problems.push(at("kind", "error-field-form"));
            }
            Err(Error::Invalid(problems))
        }
    }
}

/// `GET /users/{id}/edit`
pub async fn edit(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let user = grant.read(&app.store, move |r| queries::user(r, id)).await?;
    let shell = app.shell(grant.access()).await?;
    let p = user.particulars;
    let body = edit_form(&shell.t, id, &p, &|name| stored(&p, name), &Wrong::default());
    Sheet::answer(edit_frame(shell, id, &p), vec![body])
}

/// `POST /users/{id}/edit`
pub async fn save(app: App, grant: Grant<ManageUsers>, ask: Ask) -> Result<Response> {
    let id: UserId = ask.place("id")?;
    let fields = ask.fields().await?;
    match edited(&app, &grant, id, &fields).await {
        Ok(()) => answer::see_other(&format!("/users/{id}?done=users-done-edited")),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let wrong = Wrong::of(&shell.t, error)?;
            let p = grant.read(&app.store, move |r| queries::user(r, id)).await?.particulars;
            let typed = |name: &str| fields.get(name).unwrap_or_default().to_owned();
            let body = edit_form(&shell.t, id, &p, &typed, &wrong);
            Sheet::refused(edit_frame(shell, id, &p), vec![body])
        }
    }
}

/// Edits a user from the fields of a form or of a JSON body. A field left out stays; `was_NAME` says what was seen.
///
/// # Errors
/// `Invalid` with every field that cannot be used, and what the event says.
pub async fn edited(app: &App, grant: &Grant<ManageUsers>, id: UserId, fields: &Fields) -> Result<()> {
    let now = grant.read(&app.store, move |r| queries::user(r, id)).await?.particulars;
    let (after, problems) =
        parse::particulars(&|name| fields.get(name).map(str::to_owned).or_else(|| Some(stored(&now, name))));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    // What the form showed when it was opened; without it, what is stored now.
    let (before, _) = parse::particulars(&|name| {
        fields.get(&format!("was_{name}")).map(str::to_owned).or_else(|| Some(stored(&now, name)))
    });
    if before == after {
        return Ok(());
    }
    grant.apply(&app.store, UserEdited { user: id, before, after, by: None, import: None }).await
}

fn new_frame(shell: Shell) -> Shell {
    let t = shell.t;
    shell.titled(t.say("users-new")).at("/users").under(t.say("users-title"), "/users")
}

fn edit_frame(shell: Shell, id: UserId, p: &Particulars) -> Shell {
    let t = shell.t;
    shell
        .titled(t.say("users-edit"))
        .at("/users")
        .under(t.say("users-title"), "/users")
        .under(p.name.clone(), format!("/users/{id}"))
}

fn new_form(t: &Locale, groups: &Groups, typed: &Fields, wrong: &Wrong) -> Html {
    let get = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let none = Choice::new("", t.say("users-choose-group"));
    let choices = groups.iter().map(|(id, name, _)| Choice::new(id.to_string(), name.clone()));
    let group = Field::select("group", t.say("users-group"), std::iter::once(none).chain(choices).collect())
        .value(get("group"))
        .help(t.say("users-group-help"))
        .required();
    let kinds = UserKind::ALL.iter().map(|k| Choice::new(k.word(), words::kind(t, *k))).collect();
    let kind = Field::select("kind", t.say("users-kind"), kinds).value(if get("kind").is_empty() {
        UserKind::Person.word().to_owned()
    } else {
        get("kind")
    });
    let mut fields = particulars(t, &get);
    fields.extend([group, kind]);
    let fields: Vec<Field> = fields.into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    Form::new(t, "/users", t.say("users-create")).errors(summary).fields(fields).back(t, "/users").into_html()
}

fn edit_form(
    t: &Locale,
    id: UserId,
    seen: &Particulars,
    get: &dyn Fn(&str) -> String,
    wrong: &Wrong,
) -> Html {
    let fields: Vec<Field> = particulars(t, get).into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    let mut form =
        Form::new(t, format!("/users/{id}/edit"), t.say("users-save")).errors(summary).fields(fields);
    for name in parse::FIELDS {
        form = form.hidden(format!("was_{name}"), stored(seen, name));
    }
    form.back(t, format!("/users/{id}")).into_html()
}

fn particulars(t: &Locale, get: &dyn Fn(&str) -> String) -> Vec<Field> {
    let line = |name: &'static str, kind: &'static str| {
        Field::input(kind, name, t.say(&format!("users-field-{name}")))
            .value(get(name))
            .attribute("maxlength", LINE_CHARACTERS)
            .attribute("autocomplete", "off")
    };
    let none = Choice::new("", t.say("users-language-tenant"));
    let languages =
        Language::ALL.iter().map(|l| Choice::new(l.code(), t.say(&format!("users-language-{}", l.code()))));
    vec![
        line("name", "text").required().first(),
        line("user_name", "text")
            .required()
            .help(t.say("users-user-name-help"))
            .attribute("spellcheck", "false"),
        line("mail", "email"),
        line("mobile", "tel"),
        line("number", "text").attribute("inputmode", "numeric").help(t.say("users-number-help")),
        line("external_id", "text").help(t.say("users-external-id-help")),
        Field::area("keywords", t.say("users-field-keywords"), 2)
            .value(get("keywords"))
            .help(t.say("users-keywords-help"))
            .attribute("maxlength", KEYWORDS_CHARACTERS),
        Field::select(
            "language",
            t.say("users-field-language"),
            std::iter::once(none).chain(languages).collect(),
        )
        .value(get("language")),
    ]
}
