//! What one durable, audited change costs: its row, its entry, its leaf, one commit on disk.

use super::gauge::{Lap, Times};
use super::report::{Report, Row};
use super::town::{Duty, Town};
use super::{Asked, hashing, visit};
use crate::App;
use crate::users::events::LookChosen;
use kernel::policy::Person;
use kernel::{Access, Error, Grant, Result, UserId};
use std::sync::Arc;
use tokio::time::Instant;

/// Who changes something at the same moment.
const WRITERS: usize = 64;
/// How long one run takes.
const RUN_MILLISECONDS: usize = 2_000;

/// Measures changes of one's own look, each by a signed-in person.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let postgres = app.config.database.is_some();
    let people = town.of(Duty::Agent);
    let mut writers = Vec::new();
    for n in 0..WRITERS {
        let Some(person) = people.get(n % people.len().max(1)) else { continue };
        writers.push((person.user, visit::come_in(app, town, person).await?));
    }
    let (mut rates, mut cpus, mut middles, mut slowest) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut hashed, mut shares) = (Vec::new(), Vec::new());
    for _ in 0..asked.runs {
        let lap = Lap::begin();
        let times = change_all(app, &writers, asked.times(RUN_MILLISECONDS)).await?;
        let (wall, cpu) = lap.end();
        let count = times.len() as f64;
        rates.push(count / wall);
        let each = cpu / count * 1e6;
        cpus.push(each);
        let hash = hashing::measure(app, town).await?;
        hashed.push(hash);
        shares.push(hash / each * 100.0);
        middles.push(times.percentile(50));
        slowest.push(times.percentile(99));
    }
    let least = if postgres { 4_000.0 } else { 10_000.0 };
    report.add(Row::of("change-rate", &rates, "changes/s").at_least(least));
    report.add(Row::of("change-p50", &middles, "ms"));
    report.add(Row::of("change-p99", &slowest, "ms").at_most(25.0));
    report.add(Row::of("change-cpu", &cpus, "us").at_most(100.0));
    report.add(Row::of("change-hash-cpu", &hashed, "us"));
    report.add(Row::of("change-hash-share", &shares, "%").at_most(15.0));
    Ok(())
}

async fn change_all(app: &App, writers: &[(UserId, Arc<Access>)], milliseconds: usize) -> Result<Times> {
    let until = Instant::now() + std::time::Duration::from_millis(milliseconds as u64);
    let mut lanes = tokio::task::JoinSet::new();
    for (user, access) in writers {
        let (store, user) = (app.store.clone(), *user);
        let grant: Grant<Person> = access.grant()?;
        lanes.spawn(async move {
            let mut times = Times::default();
            let mut themes = ["light", "dark"].into_iter().cycle();
            while Instant::now() < until {
                let theme = themes.next().unwrap_or("system");
                let began = Instant::now();
                grant.apply(&store, LookChosen { user, language: None, theme }).await?;
                times.add(began.elapsed());
            }
            Ok::<Times, Error>(times)
        });
    }
    let mut all = Times::default();
    while let Some(lane) = lanes.join_next().await {
        all.extend(lane.map_err(Error::broken)??);
    }
    Ok(all)
}
