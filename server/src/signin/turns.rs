//! Taking one's turn before an attempt is looked at: a counter that moves without an entry, since the attempt is one.

use super::events::turns::{returned, turn};
use super::waiting::{Counter, Turn};
use crate::App;
use kernel::policy::Anyone;
use kernel::{Grant, Result, Right};

/// Counts the attempt as one more failure, unless it has to wait. A success takes the count away again.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn take<R: Right>(app: &App, grant: &Grant<R>, counters: Vec<Counter>) -> Result<Turn> {
    grant.also::<Anyone>()?.quietly(&app.store, move |w| turn(w, &counters)).await
}

/// Gives a turn back: there was no room to look at the attempt.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn give_back<R: Right>(app: &App, grant: &Grant<R>, counters: Vec<Counter>) -> Result<()> {
    grant.also::<Anyone>()?.quietly(&app.store, move |w| returned(w, &counters)).await
}
