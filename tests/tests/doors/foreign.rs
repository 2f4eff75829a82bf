//! Another tenant's thing and one that was made up: told apart by nothing, at any door that names things.

use super::ground::Ground;
use super::samples::{Sample, samples};
use super::sending::{Caller, Things, send};
use kernel::door::For;
use std::time::{Duration, Instant};
use vaktbok_tests::{Answer, Portal, both_engines, repetitions};

/// The same names with ids that nobody has.
fn made_up(things: &Things, n: u64) -> Things {
    let other = |(name, value): (&&'static str, &String)| {
        let value = match value.parse::<kernel::Uuid>() {
            Ok(_) => format!("019a0000-0000-7000-8000-{n:012x}"),
            Err(_) => value.clone(),
        };
        (*name, value)
    };
    things.iter().map(other).collect()
}

/// Status, headers that could tell, and body, with the ids that were asked for left out.
fn told(answer: &Answer, things: &Things) -> (u16, Vec<Option<String>>, String) {
    let headers = ["content-type", "location", "cache-control", "content-length"]
        .map(|name| answer.header(name).map(str::to_owned));
    let hide = |text: String| {
        things
            .values()
            .fold(text, |text, value| if value.len() > 8 { text.replace(value, "ID") } else { text })
    };
    (answer.status, headers.into_iter().map(|h| h.map(hide)).collect(), hide(answer.text()))
}

/// Samples that name something of the tenant by an id. An entry's index is each tenant's own count.
fn naming() -> Vec<Sample> {
    let plain = [
        "n",
        "minutes",
        "stylesheet",
        "tenant_setting",
        "system_setting",
        "access_idx",
        "archive_idx",
        "change_idx",
    ];
    let names = |s: &Sample| s.things().iter().any(|thing| !plain.contains(thing));
    samples().into_iter().filter(|s| s.sign.who != For::Anybody && names(s)).collect()
}

both_engines! {
    async fn s26_another_tenants_id_and_a_made_up_one_are_answered_alike_at_every_door(world: World) {
        let portal = world.portal().await;
        let (theirs, ours) = (Ground::new(&portal, 1).await, Ground::new(&portal, 2).await);
        let nobody = portal.http();
        let mut wrong = Vec::new();
        for sample in naming() {
            let program = sample.sign.who == For::Programs;
            let by = if program { Caller { http: &nobody, key: Some(&ours.key) } } else { ours.administrator() };
            let things = theirs.things(&portal, &sample, theirs.administrator()).await;
            let other = made_up(&things, ours.n());
            let n = ours.n();
            let foreign = told(&send(&sample, &things, by, n).await, &things);
            let unknown = told(&send(&sample, &other, by, n).await, &other);
            if foreign != unknown || foreign.0 < 400 {
                wrong.push(format!("{}: {} for theirs, {} for a made-up one", sample.name(), foreign.0, unknown.0));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn s26_another_tenants_id_takes_as_long_as_a_made_up_one_at_every_door_for_programs(world: World) {
        let portal = world.portal().await;
        let samples: Vec<Sample> = naming().into_iter().filter(|s| s.sign.who == For::Programs).collect();
        assert!(samples.len() > 30, "the doors that name something by an id: {}", samples.len());
        asked(&samples, &["/api/v1/users/{id}", "/api/v1/groups/{id}", "/api/v1/interactions/{id}", "/api/v1/profiles/{id}"]);
        alike_in_time(&portal, samples, true).await;
    }

    async fn s26_another_tenants_id_takes_as_long_as_a_made_up_one_at_every_door_for_people(world: World) {
        let portal = world.portal().await;
        let samples: Vec<Sample> = naming().into_iter().filter(|s| s.sign.who != For::Programs).collect();
        assert!(samples.len() > 60, "the doors that name something by an id: {}", samples.len());
        asked(&samples, &["/users/{id}", "/groups/{id}", "/archive/{id}", "/profiles/{id}", "/access/keys/{id}", "/logs/exports/{id}"]);
        alike_in_time(&portal, samples, false).await;
    }
}

/// That these doors are among those that are read from.
fn asked(samples: &[Sample], known: &[&str]) {
    for known in known {
        assert!(
            samples.iter().any(|s| s.sign.path == *known && s.sign.method == "GET"),
            "{known} is not asked"
        );
    }
}

/// Asks each door for another tenant's thing and for one that was made up, again and again, by a key or by a session.
async fn alike_in_time(portal: &Portal, samples: Vec<Sample>, by_key: bool) {
    let (theirs, ours) = (Ground::new(portal, 1).await, Ground::new(portal, 2).await);
    let nobody = portal.http();
    let by = if by_key { Caller { http: &nobody, key: Some(&ours.key) } } else { ours.administrator() };
    let rounds = repetitions(40, 1_000);
    let mut wrong = Vec::new();
    for sample in samples {
        let things = theirs.things(portal, &sample, theirs.administrator()).await;
        let other = made_up(&things, ours.n());
        let mut longer = 0;
        for round in 0..rounds {
            // In turn the one first and the other, so that whatever the machine does meets both.
            let (first, second) = if round % 2 == 0 { (&things, &other) } else { (&other, &things) };
            let (first, second) = (taken(&sample, first, by).await, taken(&sample, second, by).await);
            let (foreign, unknown) = if round % 2 == 0 { (first, second) } else { (second, first) };
            longer += usize::from(foreign > unknown);
        }
        // Only which of two took longer counts, not by how much: a busy machine is no difference. If they take equally long, this
        // lies within six deviations of the half in all but two of 1,000,000,000 doors.
        let deviation = (rounds as f64).sqrt() / 2.0;
        let off = (longer as f64 - rounds as f64 / 2.0).abs() / deviation;
        if off > 6.0 {
            wrong.push(format!("{}: theirs took longer {longer} of {rounds} times", sample.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn taken(sample: &Sample, things: &Things, by: Caller<'_>) -> Duration {
    let began = Instant::now();
    let answer = send(sample, things, by, 0).await;
    let took = began.elapsed();
    assert!((400..500).contains(&answer.status), "{}: {}", sample.name(), answer.status);
    took
}
