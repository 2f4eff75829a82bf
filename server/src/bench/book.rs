//! What the book costs to take out and to check.

use super::Asked;
use super::gauge::Lap;
use super::queries;
use super::report::{Report, Row};
use super::town::{Town, machine};
use crate::App;
use crate::logs::book::{ReadBook, export, heads};
use ::book::Head;
use kernel::{Error, Grant, Result};
use std::io::Write;
use tokio::time::Instant;

/// Entries at the end of the book that are taken out and checked.
const MOST_ENTRIES: i64 = 300_000;

/// Measures the newest part of the book.
///
/// # Errors
/// `Broken` when the book is not whole.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let grant: Grant<ReadBook> = machine(app, town.tenant).grant()?;
    let (size, _) = grant.read(&app.store, queries::edge).await?;
    let first = (size - MOST_ENTRIES).max(0);
    let path = app.config.data.join("bench-export.jsonl");
    let (mut rates, mut cpus, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..asked.runs.min(3) {
        let mut file = std::fs::File::create(&path).map_err(Error::broken)?;
        let lap = Lap::begin();
        let note = heads::sign(app, town.tenant).await?.ok_or(Error::NotFound)?;
        let range = grant.read(&app.store, move |r| export::range(r, first, None)).await?;
        let end = range.end;
        let mut pieces = export::stream(app, &grant, range);
        let mut bytes = 0;
        while let Some(piece) = pieces.recv().await {
            let piece = piece?;
            bytes += piece.len();
            file.write_all(&piece).map_err(Error::broken)?;
        }
        let (wall, cpu) = lap.end();
        rates.push(bytes as f64 / 1e6 / wall);
        cpus.push(bytes as f64 / 1e6 / cpu);
        checks.push(tokio::task::block_in_place(|| check(&path, &note, end - first))?);
    }
    std::fs::remove_file(&path).map_err(Error::broken)?;
    report.add(Row::of("export-rate", &rates, "MB/s").at_least(50.0));
    report.add(Row::of("export-rate-cpu", &cpus, "MB/CPU s"));
    report.add(Row::of("verify-rate", &checks, "entries/s").at_least(300_000.0));
    Ok(())
}

/// Entries a second of one core.
fn check(path: &std::path::Path, note: &str, entries: i64) -> Result<f64> {
    let head = Head::unchecked(note).ok_or_else(|| Error::broken("a head that cannot be read"))?;
    let mut file = std::io::BufReader::new(std::fs::File::open(path).map_err(Error::broken)?);
    let began = Instant::now();
    let lap = Lap::begin();
    let checked = verify::export(&mut file, verify::Check::new(head, None)).map_err(Error::broken)?;
    let (_, cpu) = lap.end();
    if checked.answer() != verify::Answer::Whole {
        return Err(Error::broken(format!("the book is not whole after {:?}", began.elapsed())));
    }
    Ok(entries as f64 / cpu)
}
