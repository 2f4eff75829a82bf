//! The count of failures in a row, as an attempt moves it before it is looked at.

use crate::signin::waiting::{Counter, FORGOTTEN_SECONDS, MOST_SECONDS, Turn, seconds};
use kernel::{Result, Timestamp, Writer, params, sql};

/// Counts one more failure in each count, unless one says to wait: then in none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn turn(w: &mut Writer<'_>, counters: &[Counter]) -> Result<Turn> {
    let find =
        sql!("select failures, until, changed_at from sign_in_wait where tenant_id = $tenant and key = $key");
    let now = w.now();
    let mut counts = Vec::with_capacity(counters.len());
    for counter in counters {
        let row: Option<(i64, Timestamp, Timestamp)> = w.maybe(find, params! { key: counter.key })?;
        counts.push(match row {
            // A wait longer than the longest comes from a clock that has stepped back.
            Some((_, until, _)) if until > now && until.seconds_since(now) <= MOST_SECONDS => {
                return Ok(Turn::Wait((until.0 - now.0 + 999_999) / 1_000_000));
            }
            Some((failures, _, last)) if now.seconds_since(last) < FORGOTTEN_SECONDS => failures + 1,
            _ => 1,
        });
    }
    let keep = sql!(
        "insert into sign_in_wait (tenant_id, key, failures, until, changed_at) values ($tenant, $key, $failures, $until, $now)
         on conflict (tenant_id, key) do update set failures = $failures, until = $until, changed_at = $now"
    );
    for (counter, failures) in counters.iter().zip(counts) {
        let until = now.plus_seconds(seconds(failures, counter.free));
        w.one(keep, params! { key: counter.key, failures: failures, until: until })?;
    }
    let forget = sql!("delete from sign_in_wait where tenant_id = $tenant and changed_at < $old");
    w.any(forget, params! { old: now.plus_seconds(-FORGOTTEN_SECONDS) })?;
    Ok(Turn::Taken)
}

/// Takes a turn back that was not used: nothing was looked at.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn returned(w: &mut Writer<'_>, counters: &[Counter]) -> Result<()> {
    let give_back = sql!(
        "update sign_in_wait set failures = failures - 1, until = $now where tenant_id = $tenant and key = $key and failures > 0"
    );
    for counter in counters {
        w.any(give_back, params! { key: counter.key })?;
    }
    Ok(())
}

/// Forgets the failures before a success.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forgotten(w: &mut Writer<'_>, counters: &[Counter]) -> Result<()> {
    let forget = sql!("delete from sign_in_wait where tenant_id = $tenant and key = $key");
    for counter in counters {
        w.any(forget, params! { key: counter.key })?;
    }
    Ok(())
}
