//! What a file would do before it is imported: the counts, the faulty lines with what to do about each cell, and the same as a file.

use super::check::Fault;
use super::file::{self, Line};
use super::pages::csv_headers;
use super::queries::{self, Effects, Upload};
use crate::App;
use crate::ui::facts::{Facts, Section};
use crate::ui::state::{Badge, Button, Tone};
use crate::ui::table::{Cell, Column, Row, Table};
use crate::ui::{Html, Locale};
use crate::users::events::ImportUsers;
use crate::users::pages::sheet::Form;
use axum::response::{IntoResponse, Response};
use fluent_templates::fluent_bundle::FluentValue;
use kernel::door::Ask;
use kernel::{Grant, Reader, Result, Uuid};
use std::collections::BTreeMap;

/// A faulty line with what is wrong with it.
pub(super) type Faulty = (Line, Vec<Fault>);

/// The faulty lines of a part; `None` when there is no such part.
pub(super) fn faulty_of(r: &mut Reader<'_>, import: Uuid, part: i64) -> Result<Option<Vec<Faulty>>> {
    let Some((lines, faults)) = queries::part(r, import, part)? else { return Ok(None) };
    let mut by_line: BTreeMap<u64, Vec<Fault>> = BTreeMap::new();
    for fault in faults {
        by_line.entry(fault.at).or_default().push(fault);
    }
    Ok(Some(lines.into_iter().filter_map(|line| by_line.remove(&line.at).map(|f| (line, f))).collect()))
}

/// `GET /users/import/{id}/faulty`: every faulty line as it came, with what is wrong, as a file to be mended and sent again.
pub async fn faulty(app: App, grant: Grant<ImportUsers>, ask: Ask) -> Result<Response> {
    let id: Uuid = ask.place("id")?;
    let t = app.shell(grant.access()).await?.t;
    let upload = grant.read(&app.store, move |r| queries::upload(r, id)).await?;
    let columns: Vec<&str> = upload.columns.split(',').collect();
    let mut out = file::faulty_head(&columns)?;
    let mut part = 0;
    while let Some(found) = grant.read(&app.store, move |r| faulty_of(r, id, part)).await? {
        for (line, faults) in &found {
            let named = faults.iter().map(|f| match f.field.as_str() {
                "" => say(&t, f),
                field => format!("{}: {}", label(&t, field), say(&t, f)),
            });
            out.extend(file::faulty_line(&columns, line, &named.collect::<Vec<_>>().join(" "))?);
        }
        part += 1;
    }
    Ok((csv_headers("faulty.csv"), out).into_response())
}

/// A message kept with a line, in the reader's language.
pub(super) fn say(t: &Locale, fault: &Fault) -> String {
    let known: [(&str, &'static str); 4] =
        [("most", "most"), ("line", "line"), ("right", "right"), ("field", "field")];
    let args: Vec<(&'static str, FluentValue<'_>)> = fault
        .args
        .iter()
        .filter_map(|(name, value)| {
            known.iter().find(|(n, _)| n == name).map(|(_, name)| (*name, FluentValue::from(value.as_str())))
        })
        .collect();
    t.say_with(&fault.key, &args)
}

/// What a file would do, and every faulty cell with what to do about it.
pub(super) fn preview(t: &Locale, upload: &Upload, faulty: &[Faulty], effects: &Effects) -> Vec<Html> {
    let clean = upload.rows - upload.faulty;
    let mut facts = Facts::new()
        .fact(t.say("import-lines"), t.number(upload.rows))
        .fact(t.say("import-clean"), t.number(clean))
        .fact(t.say("import-would-make"), t.number(effects.made))
        .fact(t.say("import-would-edit"), t.number(effects.edited))
        .fact(t.say("import-unchanged"), t.number(effects.unchanged))
        .fact(t.say("import-faulty-lines"), t.number(upload.faulty));
    if !effects.passed_over.is_empty() {
        facts = facts.fact(t.say("import-passed-over"), effects.passed_over.replace(',', ", "));
    }
    let action = format!("/users/import/{}/start", upload.id);
    let mut section = Section::new(t.say("import-what")).with(facts);
    if upload.faulty == 0 {
        section = section
            .lead(t.say("import-all-clean"))
            .with(Form::new(t, action, t.say1("import-do", "n", clean)).back(t, "/users/import").into_html());
    } else {
        section = section.lead(t.say("import-not-clean"));
        if clean > 0 {
            let said = [("n", clean.into()), ("aside", upload.faulty.into())];
            let form = Form::new(t, action, t.say_with("import-do-aside", &said)).hidden("aside", "on");
            section = section.with(form.back(t, "/users/import").into_html());
        } else {
            section = section.with(Button::link(t.say("import-again"), "/users/import"));
        }
    }
    let mut body = vec![section.into()];
    if !faulty.is_empty() {
        body.push(faults_table(t, faulty));
        let file = format!("/users/import/{}/faulty", upload.id);
        body.push(Button::link(t.say1("import-take-faulty", "n", upload.faulty), file).into());
    }
    body
}

fn label(t: &Locale, field: &str) -> String {
    match field {
        "id" => "id".to_owned(),
        "group" => t.say("users-group"),
        "kind" => t.say("users-kind"),
        other => t.say(&format!("users-field-{other}")),
    }
}

/// The columns that a preview shows, in the order of the form.
const SHOWN: [&str; 11] = [
    "id",
    "name",
    "user_name",
    "group",
    "kind",
    "mail",
    "mobile",
    "external_id",
    "number",
    "keywords",
    "language",
];

fn faults_table(t: &Locale, faulty: &[Faulty]) -> Html {
    let there = |field: &&str| {
        faulty.iter().any(|(l, f)| l.cells.contains_key(*field) || f.iter().any(|f| f.field == **field))
    };
    let shown: Vec<&'static str> = SHOWN.iter().filter(|field| there(field)).copied().collect();
    let mut columns = vec![Column::number("line", t.say("import-line"))];
    columns.extend(shown.iter().map(|field| Column::wrapped(field, label(t, field))));
    let row = |(line, faults): &Faulty| {
        let whole: Vec<String> = faults.iter().filter(|f| f.field.is_empty()).map(|f| say(t, f)).collect();
        let number = t.number(line.at);
        let first = if whole.is_empty() { Cell::from(number) } else { bad(&number, &whole.join(" ")) };
        let cells = shown.iter().map(|field| {
            let text: String =
                line.cells.get(*field).map(|c| c.chars().take(200).collect()).unwrap_or_default();
            let wrong: Vec<String> = faults.iter().filter(|f| f.field == *field).map(|f| say(t, f)).collect();
            if wrong.is_empty() { Cell::maybe(Some(&text)) } else { bad(&text, &wrong.join(" ")) }
        });
        Row::new(line.at.to_string(), std::iter::once(first).chain(cells).collect())
    };
    let rows = faulty.iter().map(row).collect();
    let table = Table::new("faults", t.say("import-faults"), columns).rows(rows);
    Section::new(t.say1("import-faults-shown", "n", faulty.len())).with(table).into()
}

/// A faulty cell: what stands there, and what to do about it.
fn bad(text: &str, why: &str) -> Cell {
    let said = if text.is_empty() { why.to_owned() } else { format!("{text} – {why}") };
    Badge::new(Tone::Bad, said).into()
}
