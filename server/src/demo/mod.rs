//! The demo: two customers with ninety days behind them, made by applying the real events under a moved clock.
//!
//! - Nothing here is shown that the product could not do: every entry comes from an event, and the book verifies.
//! - Passwords are made anew at each start of an empty folder and printed once; only those printed are ever hashed.
//! - What chance decides is drawn from a seed, so that two demos tell the same story.

mod cast;
mod desk;
pub mod draw;
mod happening;
mod harbour;
mod history;
mod norrsken;
mod office;
mod people;
mod queries;
mod story;

use crate::App;
use crate::ops::config::Config;
use cast::CASTS;
use history::Player;
use kernel::{Chance, Clock, Error, Result, Timestamp};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How far back the history goes.
pub const HISTORY_DAYS: i64 = 90;

/// A sign-in that is ready: printed once.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The customer number.
    pub number: i64,
    /// The customer's name.
    pub tenant: &'static str,
    /// What this person does there: a key of the sentences.
    pub role: &'static str,
    /// The user name.
    pub user_name: String,
    /// The password, known to nobody else.
    pub password: String,
}

/// What came of the interactions of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// In the archive.
    pub imported: usize,
    /// Set aside.
    pub aside: usize,
    /// Users made for the agents they speak of.
    pub agents: usize,
}

/// What a filled folder has to tell.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Who can sign in.
    pub ready: Vec<Ready>,
    /// What came of the folder of interactions, by customer; empty when the samples were shown.
    pub brought: Vec<(&'static str, Brought)>,
}

/// The hand of the moved clock.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }
}

/// Fills an empty data folder; a folder that holds tenants already is left as it is, and nobody is ready.
///
/// # Errors
/// What could not be built or written, and why.
pub async fn prepare(config: &Config, interactions: Option<&Path>) -> Result<Prepared> {
    let end = Clock::system().now();
    let start = end.plus_seconds(-HISTORY_DAYS * 86_400);
    let hand = Hand(Arc::new(AtomicI64::new(start.0)));
    let told = hand.clone();
    let clock = Clock::replaying(move || Timestamp(told.0.load(Ordering::SeqCst)));
    let app = tokio::task::block_in_place(|| App::build(config.clone(), clock, Chance::system()))?;
    if app.gate.by_number(CASTS[0].number).await.is_ok() {
        return Ok(Prepared::default());
    }
    crate::tenants::ensure_operator(&app, "demo").await?;
    let sources = story::sources(interactions)?;
    let mut players = Vec::new();
    for cast in &CASTS {
        let voices = if interactions.is_some() { story::voices(&sources) } else { story::own_voices(cast) };
        let mut town = people::settle(&app, cast, &voices).await?;
        town.brought.agents = voices.len();
        desk::furnish(&app, &town).await?;
        let tales = story::tales(cast, &sources, interactions.is_none(), start)?;
        players.push(Player::new(&app, town, tales, (start, end))?);
    }
    for day in 1..=HISTORY_DAYS {
        for player in &mut players {
            player.play(day, &hand).await?;
        }
    }
    let mut prepared = Prepared::default();
    for town in players.into_iter().map(Player::into_town) {
        if interactions.is_some() {
            prepared.brought.push((town.cast.name, town.brought));
        }
        prepared.ready.extend(town.ready);
    }
    hand.set(end);
    Ok(prepared)
}

/// A thing the demo relies on is not there.
fn missing(what: &str) -> Error {
    Error::broken(format!("the demo has no {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_history_is_another_also_where_clocks_are_changed() {
        for cast in &CASTS {
            let zone = jiff::tz::TimeZone::get(cast.zone).unwrap();
            for hour in 0..24 {
                let start: Timestamp = format!("2026-08-27T{hour:02}:07:00Z").parse().unwrap();
                let mut days: Vec<_> = (1..=HISTORY_DAYS)
                    .map(|day| history::midnight(start, &zone, day).unwrap().date())
                    .collect();
                days.dedup();
                assert_eq!(days.len(), 90, "{} {hour}", cast.zone);
            }
        }
    }
}
