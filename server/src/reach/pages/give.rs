//! What a group or a user reaches: what was given, to give more, to take it away.

use super::define::DONE;
use super::told;
use crate::App;
use crate::front::{answer, undoing};
use crate::reach::events::{ManageReach, ReachGiven, ReachTaken, ViewAccess};
use crate::reach::model::{Definition, Holder, ReachId};
use crate::reach::{bounds, queries};
use crate::ui::facts::{Facts, Section};
use crate::ui::field::{Choice, Field};
use crate::ui::state::{Empty, Weight};
use crate::ui::{Html, Locale};
use crate::users::pages::sheet::{Form, Sheet, done};
use axum::response::Response;
use kernel::door::Ask;
use kernel::{Error, Grant, Result};

/// The page of a holder's reach.
fn address(holder: Holder) -> String {
    match holder {
        Holder::Group(id) => format!("/groups/{id}/reach"),
        Holder::User(id) => format!("/users/{id}/reach"),
    }
}

async fn show(app: App, grant: Grant<ViewAccess>, ask: Ask, holder: Holder) -> Result<Response> {
    let (line, own, group, all, names) = grant
        .read(&app.store, move |r| {
            let line = bounds::reaches_holder(r, holder)?;
            let own = queries::given_to(r, holder.id())?;
            let through = match (holder, line.group_id()) {
                (Holder::User(_), Some(group)) => queries::given_to(r, group.0)?,
                _ => Vec::new(),
            };
            Ok((line, own, through, queries::definitions(r)?, super::Names::read(r)?))
        })
        .await?;
    let shell = done(app.shell(grant.access()).await?, &ask, DONE);
    let shell = undoing::offered(&app, grant.access(), shell, &ask.head.uri).await?;
    let t = shell.t;
    let may = grant.access().may::<ManageReach>();
    let mut body = vec![given(&t, holder, &own, &all, &names, may)];
    if let Holder::User(_) = holder {
        body.push(through(&t, &group, &all, &names));
    }
    let rest: Vec<&Definition> = all.iter().filter(|d| !own.contains(&d.id)).collect();
    if may && !rest.is_empty() {
        let choice = |d: &&Definition| Choice::new(d.id.to_string(), d.name.clone());
        let none = Choice::new("", t.say("reach-choose"));
        let choices = std::iter::once(none).chain(rest.iter().map(choice)).collect();
        let field = Field::select("reach", t.say("reach-tab-reach"), choices).required();
        let form = Form::new(&t, address(holder), t.say("reach-give")).fields(vec![field]).into_html();
        body.push(Section::new(t.say("reach-give")).with(form).into());
    }
    let (nav, above) = match holder {
        Holder::Group(id) => ("/groups", format!("/groups/{id}")),
        Holder::User(id) => ("/users", format!("/users/{id}")),
    };
    let shell = shell.under(line.name(), above).titled(t.say1("reach-of", "name", line.name())).at(nav);
    Sheet::answer(shell, body)
}

/// What was given to the holder itself, each with the button that takes it away.
fn given(
    t: &Locale,
    holder: Holder,
    own: &[ReachId],
    all: &[Definition],
    names: &super::Names,
    may: bool,
) -> Html {
    let mut section = Section::new(t.say("reach-given-here")).lead(t.say("reach-closed"));
    for definition in all.iter().filter(|d| own.contains(&d.id)) {
        let facts = Facts::new().fact(definition.name.clone(), told(t, &definition.extent, names));
        section = section.with(facts);
        if may {
            let take = Form::new(
                t,
                format!("{}/take", address(holder)),
                t.say1("reach-take", "name", definition.name.as_str()),
            );
            section = section
                .with(take.weight(Weight::Quiet).hidden("reach", definition.id.to_string()).into_html());
        }
    }
    if own.is_empty() {
        section = section.with(Empty::new(t.say("reach-none-here"), t.say("reach-none-here-text")));
    }
    section.into()
}

/// What a user reaches through the group.
fn through(t: &Locale, group: &[ReachId], all: &[Definition], names: &super::Names) -> Html {
    let facts = all
        .iter()
        .filter(|d| group.contains(&d.id))
        .fold(Facts::new(), |facts, d| facts.fact(d.name.clone(), told(t, &d.extent, names)));
    let section = Section::new(t.say("reach-through-group"));
    if group.is_empty() {
        section.lead(t.say("reach-nothing-through")).into()
    } else {
        section.with(facts).into()
    }
}

/// The definition a form names.
async fn named(ask: Ask) -> Result<ReachId> {
    let mut fields = ask.fields().await?;
    let reach = fields.parse::<ReachId>("reach");
    fields.done()?;
    reach.ok_or_else(|| Error::invalid("reach", "error-field-form"))
}

async fn give(app: App, grant: Grant<ManageReach>, ask: Ask, holder: Holder) -> Result<Response> {
    let reach = named(ask).await?;
    grant.apply(&app.store, ReachGiven { reach, holder }).await?;
    answer::see_other(&format!("{}?done=reach-done-given", address(holder)))
}

async fn take(app: App, grant: Grant<ManageReach>, ask: Ask, holder: Holder) -> Result<Response> {
    let reach = named(ask).await?;
    grant.apply(&app.store, ReachTaken { reach, holder }).await?;
    answer::see_other(&format!("{}?done=reach-done-taken", address(holder)))
}

/// The doors of one kind of holder.
macro_rules! doors {
    ($name:ident, $variant:ident) => {
        #[doc = concat!("Reach of a ", stringify!($name), ".")]
        pub mod $name {
            use super::*;
            /// `GET`: what is given.
            pub async fn shown(app: App, grant: Grant<ViewAccess>, ask: Ask) -> Result<Response> {
                let holder = Holder::$variant(ask.place("id")?);
                show(app, grant, ask, holder).await
            }
            /// `POST`: give one more.
            pub async fn given(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
                let holder = Holder::$variant(ask.place("id")?);
                give(app, grant, ask, holder).await
            }
            /// `POST …/take`: take one away.
            pub async fn taken(app: App, grant: Grant<ManageReach>, ask: Ask) -> Result<Response> {
                let holder = Holder::$variant(ask.place("id")?);
                take(app, grant, ask, holder).await
            }
        }
    };
}
doors!(group, Group);
doors!(user, User);
