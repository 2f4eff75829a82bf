//! What the portal's pages cost, but for the logs: time in the server, and bytes on the way.

use super::Asked;
use super::gauge::Times;
use super::portal::Portal;
use super::report::{Report, Row};
use super::town::{Duty, Town};
use crate::App;
use kernel::{Error, Result};

/// Requests of one page in one run.
const REQUESTS: usize = 40;

/// Measures every kind of page, as an administrator sees it.
///
/// # Errors
/// `Broken` when a page is not answered with 200.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let portal = Portal::open(app).await?;
    let administrators = town.of(Duty::Administrator);
    let who = administrators.first().copied().unwrap_or(&town.auditor);
    let mut visitor = portal.as_person(app, town, who).await?;
    let assets = assets(&mut visitor).await?;
    let mut first_load = 0;
    for (name, path) in paths(town) {
        let (mut middles, mut slowest) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        visitor.get(&path).await?;
        for _ in 0..asked.runs {
            let mut times = Times::default();
            for _ in 0..asked.times(REQUESTS) {
                let answer = visitor.get(&path).await?;
                if answer.status != 200 {
                    return Err(Error::broken(format!("{path} answered {}", answer.status)));
                }
                times.add(answer.took);
                bytes = answer.bytes;
            }
            middles.push(times.percentile(50));
            slowest.push(times.percentile(99));
        }
        report.add(Row::of(format!("page-{name}-p50"), &middles, "ms"));
        report.add(Row::of(format!("page-{name}-p99"), &slowest, "ms").at_most(10.0));
        report.add(Row::new(format!("page-{name}-bytes"), bytes as f64 / 1024.0, "KiB").at_most(20.0));
        first_load = first_load.max(bytes + assets);
    }
    report.add(Row::new("bytes-first-load", first_load as f64 / 1024.0, "KiB").at_most(60.0));
    Ok(())
}

/// The pages; one user, one group, one interaction stand for all.
fn paths(town: &Town) -> Vec<(&'static str, String)> {
    let fixed = [
        ("home", "/"),
        ("users", "/users"),
        ("groups", "/groups"),
        ("profiles", "/profiles"),
        ("settings", "/settings"),
        ("access", "/access"),
        ("archive", "/archive"),
        ("me", "/me"),
        ("book", "/book"),
    ];
    let mut paths: Vec<_> = fixed.into_iter().map(|(name, path)| (name, path.to_owned())).collect();
    if let Some(person) = town.people.last() {
        paths.push(("user", format!("/users/{}", person.user)));
        paths.push(("group", format!("/groups/{}", person.group)));
    }
    if let Some(interaction) = town.interactions.last() {
        paths.push(("interaction", format!("/archive/{interaction}")));
    }
    paths
}

/// Compressed bytes of all that a page brings along.
async fn assets(visitor: &mut super::client::Visitor) -> Result<usize> {
    let page = visitor.read("/").await?.text;
    let mut names: Vec<&str> = page
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .filter_map(|p| p.split('#').next())
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut bytes = 0;
    for name in names {
        bytes += visitor.get(name).await?.bytes;
    }
    Ok(bytes)
}
