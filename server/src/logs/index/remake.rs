//! Brings blocks that an earlier release made up to today: their entries become known by the facets that came later.
//!
//! - Nothing of an entry is read anew but its row and what the late facets follow from; texts and grams stay as they are.
//! - Until a block's turn has come, its entries are read before they are shown, so that no list lacks one.

use super::gather::{aside, grant, number, replace, stored};
use super::sets;
use crate::App;
use crate::logs::facets;
use crate::logs::queries::{self, BlockRow};
use ::book::Log;
use kernel::{Error, Result, TenantId, facet, work};

/// Entries read by one statement.
const ENTRIES_A_READ: i64 = 1_024;

/// The position that says that every block of a log is known.
const fn done(log: Log) -> &'static str {
    match log {
        Log::Access => "log-index-known-access",
        Log::Change => "log-index-known-change",
        Log::Archive => "log-index-known-archive",
    }
}

/// Makes one block anew whose entries are not known yet; false when there is none.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn remake(app: &App, tenant: TenantId) -> Result<bool> {
    let grant = grant(app, tenant)?;
    for log in Log::ALL {
        let next = grant.read(&app.store, move |r| {
            if work::position(r, done(log))? > 0 {
                return Ok(None);
            }
            sets::unknown(r, log).map(Some)
        });
        match next.await? {
            None => {}
            Some(None) => grant.quietly(&app.store, move |w| work::reached(w, done(log), 1)).await?,
            Some(Some(row)) => {
                one(app, tenant, log, row).await?;
                return Ok(true);
            }
        }
    }
    Ok(false)
}

async fn one(app: &App, tenant: TenantId, log: Log, row: BlockRow) -> Result<()> {
    let grant = grant(app, tenant)?;
    let mut block = stored(app, &grant, row).await?;
    let mut first = row.start;
    while first < row.end() {
        let end = (first + ENTRIES_A_READ).min(row.end());
        let entries = grant.read(&app.store, move |r| queries::batch(r, first, end)).await?;
        block = aside(move || {
            for one in entries.iter().filter(|one| one.entry.log == log) {
                let (Some(keys), Ok(place)) = (&one.keys, u16::try_from(one.entry.idx - row.start)) else {
                    continue;
                };
                block.know(place, &facets::indexed(&one.entry, facet::unpack(keys).collect()));
            }
            block
        })
        .await?;
        first = end;
    }
    let new = BlockRow { block: number(app), ..row };
    if replace(app, &grant, vec![row.block], new, block).await? {
        return Ok(());
    }
    Err(Error::Busy("error-overloaded".into()))
}
