//! Why somebody has a value or a right: the chain that decided, in words.

use super::{address, chain, framed};
use crate::App;
use crate::front::answer;
use crate::settings::events::ViewSettings;
use crate::settings::model::Place;
use crate::settings::queries::{self, Line};
use crate::settings::wording;
use crate::ui::Shell;
use crate::ui::facts::{Facts, Section};
use crate::users::pages::sheet::Sheet;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::Ask;
use kernel::setting::{self, Given, Setting};
use kernel::{Error, Grant, Result, UserId, policy};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What bears on one user, and the setting asked for.
async fn found(
    app: &App,
    grant: &Grant<ViewSettings>,
    (user, key): (UserId, String),
) -> Result<(Line, Vec<Given>, &'static Setting)> {
    let setting = setting::find(&key).ok_or(Error::NotFound)?;
    let (line, givens) = grant
        .read(&app.store, move |r| {
            let line = queries::line(r, Place::User(user))?;
            let givens = policy::givens(r, line.user_id(), line.group_id())?;
            Ok((line, givens))
        })
        .await?;
    Ok((line, givens, setting))
}

fn asked(ask: &Ask) -> Result<(UserId, String)> {
    Ok((ask.place("id")?, ask.place("key")?))
}

/// `GET /users/{id}/why/{key}`
pub async fn page(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    let asked = asked(&ask)?;
    let (line, givens, setting) = found(&app, &grant, asked).await?;
    let shell = framed(app.shell(grant.access()).await?, &line);
    let t = shell.t;
    let section = answered(&shell, &line, &givens, setting);
    let shell = shell.under(t.say1("settings-of", "name", line.name()), address(line.place)).titled(t.say1(
        "settings-why",
        "name",
        t.setting(setting.key),
    ));
    Sheet::answer(shell, vec![section.into()])
}

fn answered(shell: &Shell, line: &Line, givens: &[Given], setting: &Setting) -> Section {
    let t = shell.t;
    let resolved = setting.resolve(givens.iter().filter(|g| g.key == setting.key));
    let decided = resolved.decided_by().and_then(|l| l.level);
    let sentence = t.say_with(
        "settings-why-sentence",
        &[
            ("user", line.name().into()),
            ("value", wording::value(&t, setting, &resolved.value).into()),
            ("source", wording::source(&t, line, decided).into()),
        ],
    );
    let facts = resolved.links.iter().fold(Facts::new(), |facts, link| {
        let said = t.say_with(
            "settings-why-link",
            &[
                ("value", wording::value(&t, setting, &link.value).into()),
                ("fate", wording::fate(&t, link.fate).into()),
            ],
        );
        facts.fact(wording::source(&t, line, link.level), said)
    });
    Section::new(t.setting(setting.key)).lead(sentence).with(chain(shell, line, setting, givens)).with(facts)
}

/// One level of the chain that decided: what it said, and whether that held.
#[derive(Serialize, ToSchema)]
pub struct WhyLink {
    level: &'static str,
    value: Value,
    mode: &'static str,
    fate: String,
}

/// Why a user has a value or a right.
#[derive(Serialize, ToSchema)]
pub struct WhyBody {
    user: Option<String>,
    group: Option<String>,
    key: &'static str,
    value: Value,
    #[schema(inline)]
    chain: Vec<WhyLink>,
}
crate::schema!(WhyBody);

/// `GET /api/v1/users/{id}/why/{key}`
pub async fn api(app: App, grant: Grant<ViewSettings>, ask: Ask) -> Result<Response> {
    let asked = asked(&ask)?;
    let (line, givens, setting) = found(&app, &grant, asked).await?;
    let resolved = setting.resolve(givens.iter().filter(|g| g.key == setting.key));
    let link = |l: &setting::Link| WhyLink {
        level: l.level.map_or("product", setting::Level::name),
        value: l.value.clone(),
        mode: l.mode.name(),
        fate: format!("{:?}", l.fate).to_lowercase(),
    };
    let chain = resolved.links.iter().map(link).collect();
    let (user, group) = (line.user_id().map(|id| id.to_string()), line.group_id().map(|id| id.to_string()));
    answer::json(StatusCode::OK, &WhyBody { user, group, key: setting.key, value: resolved.value, chain })
}
