//! Heads to a web hook: `POST` of `{"origin": …, "heads": [{"size": …, "time": …, "note": …}, …]}`, oldest first.
//!
//! - The notes are signed, so the receiver needs no secret to know where they come from: the book's key is enough.
//! - A head may come twice; its size tells. Taken is what was answered with 200 to 299.

use crate::logs::book::queries::HeadRow;
use crate::ops::outgoing::{Fault, Outgoing, Target};
use serde_json::{Value, json};

/// Sends heads.
///
/// # Errors
/// Why they were not taken.
pub async fn send(outgoing: &Outgoing, place: &str, heads: &[HeadRow]) -> Result<(), Fault> {
    let target = Target::parse(place).ok_or_else(|| Fault { key: "outgoing-name", detail: String::new() })?;
    outgoing.post(&target, "application/json", body(heads).to_string().into()).await
}

fn body(heads: &[HeadRow]) -> Value {
    let origin = heads.first().and_then(|head| head.note.lines().next()).unwrap_or_default();
    let one = |head: &HeadRow| json!({ "size": head.size, "time": head.at.to_string(), "note": head.note });
    json!({ "origin": origin, "heads": heads.iter().map(one).collect::<Vec<_>>() })
}
