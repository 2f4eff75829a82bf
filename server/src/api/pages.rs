//! The document for programs, and the same as a page for those who write them.

use super::document::document;
use crate::App;
use crate::doors;
use crate::front::answer;
use crate::ui::table::{Column, Row, Table};
use crate::ui::{Locale, Shell, gallery};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::door::{Ask, For, Sign};
use kernel::policy::Person;
use kernel::{Access, Grant, Result};
use std::sync::Arc;

/// What the API can do, a line a door.
#[derive(Template)]
#[template(path = "api/reading.html")]
pub struct Reading {
    /// Who reads.
    pub t: Locale,
    /// The frame.
    pub shell: Shell,
    /// Method and path, what it does, the right it needs.
    pub table: Table,
}

impl Reading {
    fn new(shell: Shell, signs: &[Sign]) -> Reading {
        let t = shell.t;
        let columns = vec![
            Column::new("door", t.say("api-door")),
            Column::wrapped("does", t.say("api-does")),
            Column::new("right", t.say("api-right")),
        ];
        let row = |(n, s): (usize, &Sign)| {
            let door = format!("{} {}", s.method, s.path);
            Row::new(format!("door-{n}"), vec![door.as_str().into(), s.doc.summary.into(), s.right.into()])
        };
        let rows = signs.iter().filter(|s| s.who == For::Programs).enumerate().map(row).collect();
        let table = Table::new("doors", t.say("api-title"), columns).rows(rows);
        Reading { t, shell: shell.titled(t.say("api-title")), table }
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
