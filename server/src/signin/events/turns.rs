//! The count of failures in a row, as an attempt moves it before it is looked at.

use crate::signin::waiting::{FORGOTTEN_SECONDS, MOST_SECONDS, Turn, seconds};
use kernel::{Result, Timestamp, Writer, params, sql};

/// Counts one more failure, unless the count says to wait.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn turn(w: &mut Writer<'_>, key: [u8; 32]) -> Result<Turn> {
    let find =
        sql!("select failures, until, changed_at from sign_in_wait where tenant_id = $tenant and key = $key");
    let row: Option<(i64, Timestamp, Timestamp)> = w.maybe(find, params! { key: key })?;
    let now = w.now();
    let failures = match row {
        // A wait longer than the longest comes from a clock that has stepped back.
        Some((_, until, _)) if until > now && until.seconds_since(now) <= MOST_SECONDS => {
            return Ok(Turn::Wait((until.0 - now.0 + 999_999) / 1_000_000));
        }
        Some((failures, _, last)) if now.seconds_since(last) < FORGOTTEN_SECONDS => failures + 1,
        _ => 1,
    };
    let keep = sql!(
        "insert into sign_in_wait (tenant_id, key, failures, until, changed_at) values ($tenant, $key, $failures, $until, $now)
         on conflict (tenant_id, key) do update set failures = $failures, until = $until, changed_at = $now"
    );
    w.one(keep, params! { key: key, failures: failures, until: now.plus_seconds(seconds(failures)) })?;
    let forget = sql!("delete from sign_in_wait where tenant_id = $tenant and changed_at < $old");
    w.any(forget, params! { old: now.plus_seconds(-FORGOTTEN_SECONDS) })?;
    Ok(Turn::Taken)
}
