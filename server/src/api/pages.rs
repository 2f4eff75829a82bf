//! The document for programs, and the same as a page for those who write them.

use super::document::document;
use super::{Shape, inventory};
use crate::App;
use crate::doors;
use crate::front::answer;
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Html, Locale, Shell, gallery};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, For, Gives, Sign};
use kernel::policy::Person;
use kernel::{Access, Grant, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the API can do, a line a door.
#[derive(Template)]
#[template(path = "api/reading.html")]
pub struct Reading {
    /// Who reads.
    pub t: Locale,
    /// The frame.
    pub shell: Shell,
    /// Method and path, what it does, what it takes and gives, the right it needs.
    pub table: Table,
    /// What the bodies hold.
    pub shapes: Html,
}

/// What a door does, in the document's own language, and the way to the shapes it takes and gives.
#[derive(Template)]
#[template(path = "api/told.html")]
struct Told {
    t: Locale,
    summary: &'static str,
    takes: Option<&'static str>,
    gives: Option<&'static str>,
    file: Option<&'static str>,
}

/// The fields of the shapes.
#[derive(Template)]
#[template(path = "api/shapes.html")]
struct Shapes {
    t: Locale,
    shapes: Vec<Shown>,
}

/// A shape: its name, what it is, and its fields, each with its type, whether it is always there, and what it means.
struct Shown {
    name: &'static str,
    said: String,
    fields: Vec<(String, String, bool, String)>,
}

impl Shown {
    fn of(name: &'static str) -> Option<Shown> {
        let shape = inventory::iter::<Shape>.into_iter().find(|shape| shape.name == name)?;
        let described = (shape.describe)();
        let text = |of: &Value| of.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let required = described.get("required").and_then(Value::as_array);
        let always = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
        let fields = described.get("properties").and_then(Value::as_object).into_iter().flatten();
        let fields = fields.map(|(name, of)| (name.clone(), kind(of), always(name), text(of)));
        Some(Shown { name, said: text(&described), fields: fields.collect() })
    }
}

/// The type of a field in a few words: `string`, `integer | null`, `[UserBody]`.
fn kind(of: &Value) -> String {
    if let Some(name) = of.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(choices) = of.get("oneOf").and_then(Value::as_array) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    match of.get("type") {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        Some(Value::String(name)) if name == "array" => {
            format!("[{}]", of.get("items").map(kind).unwrap_or_default())
        }
        Some(Value::String(name)) if name == "object" => {
            let fields = of.get("properties").and_then(Value::as_object).into_iter().flatten();
            let fields: Vec<&str> = fields.map(|(name, _)| name.as_str()).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Some(Value::String(name)) => name.clone(),
        _ => "any".to_owned(),
    }
}

impl Reading {
    fn new(shell: Shell, signs: &[Sign]) -> Reading {
        let t = shell.t;
        let columns = vec![
            Column::tight("door", t.say("api-door")),
            Column::wrapped("does", t.say("api-does")),
            Column::tight("right", t.say("api-right")),
        ];
        let row = |(n, s): (usize, &Sign)| {
            let door = format!("{} {}", s.method, s.path);
            let gives = s.doc.gives;
            let file = if let Gives::File(kind) = gives { Some(kind) } else { None };
            let told = Told { t, summary: s.doc.summary, takes: s.doc.takes, gives: gives.shape(), file };
            Row::new(format!("door-{n}"), vec![door.as_str().into(), Html::of(&told).into(), s.right.into()])
        };
        let rows = signs.iter().filter(|s| s.who == For::Programs).enumerate().map(row).collect();
        let table = Table::new("doors", t.say("api-title"), columns).rows(rows);
        let named = signs.iter().filter(|s| s.who == For::Programs);
        let named = named.flat_map(|s| [s.doc.takes, s.doc.gives.shape()]).flatten();
        let shapes = named.collect::<BTreeSet<_>>().into_iter().filter_map(Shown::of).collect();
        let shapes = Html::of(&Shapes { t, shapes });
        Reading { t, shell: shell.titled(t.say("api-title")), table, shapes }
    }
}

impl gallery::Samples for Reading {
    fn samples(shell: &Shell) -> Vec<(&'static str, Reading)> {
        vec![("doors", Reading::new(shell.clone(), &signs())), ("none", Reading::new(shell.clone(), &[]))]
    }
}
gallery::page!("api/reading", Reading);

fn signs() -> Vec<Sign> {
    doors::doors(false).into_iter().map(|door| door.sign).collect()
}

/// `GET /api/v1/openapi.json`: open to all, since it says nothing of any tenant.
pub async fn openapi(_app: App, _access: Option<Arc<Access>>, _ask: Ask) -> Result<Response> {
    answer::json(StatusCode::OK, &document(&signs()))
}

/// `GET /api`
pub async fn reading(app: App, grant: Grant<Person>, _ask: Ask) -> Result<Response> {
    let shell = app.shell(grant.access()).await?;
    answer::page(&Reading::new(shell, &signs()))
}
