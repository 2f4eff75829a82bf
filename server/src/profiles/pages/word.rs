//! One word of the customer's own: a skill, a pause reason, a category, a topic.

use super::{NAME_CHARACTERS, frame};
use crate::App;
use crate::front::answer;
use crate::profiles::events::{ManageProfiles, WordAdded, WordRemoved, WordRenamed};
use crate::profiles::model::{Word, WordKind};
use crate::profiles::queries;
use crate::ui::change::Confirm;
use crate::ui::field::{Choice, Field};
use crate::ui::{Html, Locale};
use crate::users::pages::sheet::{Form, Sheet, Wrong};
use crate::users::parse;
use axum::response::Response;
use kernel::door::{Ask, Fields};
use kernel::{Error, Grant, Result, Uuid};

/// `GET /profiles/words/new?kind=`
pub async fn blank(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let kind: WordKind = ask.query().get("kind").unwrap_or_default().parse().map_err(|_| Error::NotFound)?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let above = grant.read(&app.store, |r| queries::words(r, WordKind::Category)).await?;
    let body = new_form(&t, kind, &above, &ask.query(), &Wrong::default());
    Sheet::answer(frame(shell, kind.word(), t.say("profiles-word-new")), vec![body])
}

/// `POST /profiles/words`
pub async fn create(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let fields = ask.fields().await?;
    let kind: WordKind = fields.get("kind").unwrap_or_default().parse().map_err(|_| Error::NotFound)?;
    let made = match addition(&app, &fields) {
        Ok(event) => grant.apply(&app.store, event).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => answer::see_other(&format!("/profiles?show={}&done=profiles-done-added", kind.word())),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let above = grant.read(&app.store, |r| queries::words(r, WordKind::Category)).await?;
            let body = new_form(&t, kind, &above, &fields, &wrong);
            Sheet::refused(frame(shell, kind.word(), t.say("profiles-word-new")), vec![body])
        }
    }
}

/// The adding of a word, from the fields of a form or of a JSON body.
///
/// # Errors
/// `Invalid` at what cannot be used.
pub fn addition(app: &App, fields: &Fields) -> Result<WordAdded> {
    let kind: WordKind = fields
        .get("kind")
        .unwrap_or_default()
        .parse()
        .map_err(|_| Error::invalid("kind", "error-field-form"))?;
    let parent = match fields.get("parent").filter(|p| !p.is_empty()) {
        None => Uuid::nil(),
        Some(text) => text.parse().map_err(|_| Error::invalid("parent", "profiles-no-such-category"))?,
    };
    let word = app.store.chance().uuid(app.store.clock().now());
    Ok(WordAdded { word, kind, parent, name: name(fields)? })
}

/// The field `name`: one line that must be there.
///
/// # Errors
/// `Invalid` at `name`.
pub fn name(fields: &Fields) -> Result<String> {
    let typed = fields.get("name").unwrap_or_default();
    let read = parse::line(typed).map_err(|message| Error::invalid("name", message))?;
    read.ok_or_else(|| Error::invalid("name", "error-field-required"))
}

fn new_form(t: &Locale, kind: WordKind, above: &[Word], typed: &Fields, wrong: &Wrong) -> Html {
    let mut fields = vec![name_field(t, typed.get("name").unwrap_or_default()).first()];
    if kind == WordKind::Topic {
        let choices = above.iter().map(|c| Choice::new(c.id.to_string(), c.name.clone())).collect();
        fields.push(
            Field::select("parent", t.say("profiles-category"), choices)
                .value(typed.get("parent").unwrap_or_default()),
        );
    }
    let fields: Vec<Field> = fields.into_iter().map(|f| wrong.at(t, f)).collect();
    let summary = wrong.summary(t, &fields);
    Form::new(t, "/profiles/words", t.say("profiles-add"))
        .errors(summary)
        .fields(fields)
        .hidden("kind", kind.word())
        .back(t, format!("/profiles?show={}", kind.word()))
        .into_html()
}

/// The field for a name.
pub(super) fn name_field(t: &Locale, value: &str) -> Field {
    Field::text("name", t.say("profiles-name"))
        .value(value)
        .required()
        .attribute("maxlength", NAME_CHARACTERS)
}

/// `GET /profiles/words/{id}`
pub async fn show(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let word = grant.read(&app.store, move |r| queries::word(r, id)).await?;
    let shell = app.shell(grant.access()).await?;
    let t = shell.t;
    let body = vec![rename_form(&t, &word, &word.name, &Wrong::default()), remove_form(&t, &word)];
    Sheet::answer(frame(shell, word.kind.word(), word.name), body)
}

fn rename_form(t: &Locale, word: &Word, typed: &str, wrong: &Wrong) -> Html {
    let name = wrong.at(t, name_field(t, typed));
    let summary = wrong.summary(t, [&name]);
    Form::new(t, format!("/profiles/words/{}", word.id), t.say("profiles-save"))
        .errors(summary)
        .fields(vec![name])
        .hidden("was", word.name.clone())
        .back(t, format!("/profiles?show={}", word.kind.word()))
        .into_html()
}

fn remove_form(t: &Locale, word: &Word) -> Html {
    let title = t.say1("profiles-remove-this", "name", word.name.as_str());
    let back = format!("/profiles?show={}", word.kind.word());
    Confirm::new(t, title, t.say("profiles-remove"), format!("/profiles/words/{}/remove", word.id), back)
        .text(t.say("profiles-remove-means"))
        .into()
}

/// `POST /profiles/words/{id}`
pub async fn rename(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let fields = ask.fields().await?;
    let word = grant.read(&app.store, move |r| queries::word(r, id)).await?;
    let before = fields.get("was").unwrap_or(&word.name).to_owned();
    let renamed = match name(&fields) {
        Ok(after) => grant.apply(&app.store, WordRenamed { word: id, before, after }).await,
        Err(error) => Err(error),
    };
    match renamed {
        Ok(()) => answer::see_other(&format!("/profiles?show={}&done=profiles-done-saved", word.kind.word())),
        Err(error) => {
            let shell = app.shell(grant.access()).await?;
            let t = shell.t;
            let wrong = Wrong::of(&t, error)?;
            let body = vec![rename_form(&t, &word, fields.get("name").unwrap_or_default(), &wrong)];
            Sheet::refused(frame(shell, word.kind.word(), word.name), body)
        }
    }
}

/// `POST /profiles/words/{id}/remove`
pub async fn remove(app: App, grant: Grant<ManageProfiles>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let word = grant.read(&app.store, move |r| queries::word(r, id)).await?;
    grant.apply(&app.store, WordRemoved { word: id, expected: Some(word.name) }).await?;
    answer::see_other(&format!("/profiles?show={}&done=profiles-done-removed", word.kind.word()))
}
