//! The demo: two customers with ninety days behind them, made by applying the real events under a moved clock.
//!
//! - Nothing here is shown that the product could not do: every entry comes from an event, and the book verifies.
//! - Passwords are made anew at each start of an empty folder and printed once; only those printed are ever hashed.
//! - What chance decides is drawn from a seed, so that two demos tell the same story.

mod cast;
mod draw;
mod history;
mod people;
mod story;

use crate::App;
use crate::ops::config::Config;
use cast::{CASTS, Cast};
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
pub async fn prepare(config: &Config, interactions: Option<&Path>) -> Result<Vec<Ready>> {
    let end = Clock::system().now();
    let start = end.plus_seconds(-HISTORY_DAYS * 86_400);
    let hand = Hand(Arc::new(AtomicI64::new(start.0)));
    let told = hand.clone();
    let clock = Clock::replaying(move || Timestamp(told.0.load(Ordering::SeqCst)));
    let app = tokio::task::block_in_place(|| App::build(config.clone(), clock, Chance::system()))?;
    if app.gate.by_number(CASTS[0].number).await.is_ok() {
        return Ok(Vec::new());
    }
    crate::tenants::ensure_operator(&app, "demo").await?;
    let mut ready = Vec::new();
    for cast in &CASTS {
        hand.set(start);
        ready.extend(one_tenant(&app, cast, &hand, (start, end), interactions).await?);
    }
    Ok(ready)
}

async fn one_tenant(
    app: &App,
    cast: &'static Cast,
    hand: &Hand,
    span: (Timestamp, Timestamp),
    interactions: Option<&Path>,
) -> Result<Vec<Ready>> {
    let mut town = people::settle(app, cast).await?;
    story::bring_in(app, &mut town, span.0, interactions).await?;
    history::play(app, &town, hand, span).await?;
    Ok(town.ready)
}

/// A thing the demo relies on is not there.
fn missing(what: &str) -> Error {
    Error::broken(format!("the demo has no {what}"))
}
