//! Heads kept outside the database, in the data folder: `heads/<customer number>/`.
//!
//! - `latest.head` is the newest one of this node. A book that is smaller, or is another one, was rolled back or exchanged: it is
//!   not signed again until somebody has looked and moved the file away.
//! - `<day>.head` is the last one of each day (UTC), for whoever copies them elsewhere.
//! - A file is replaced whole, never half.

use super::queries::Edge;
use crate::App;
use ::book::{Head, Note};
use kernel::{Error, Message, Result, TenantId, Timestamp};
use std::io::Write;
use std::path::PathBuf;

/// The newest head's file.
const LATEST: &str = "latest.head";

/// Where a tenant's heads are kept.
#[must_use]
pub fn folder(app: &App, tenant: TenantId) -> PathBuf {
    app.config.data.join("heads").join(tenant.number().to_string())
}

/// Whether the book still holds what was last signed here.
///
/// # Errors
/// `Conflict` when it is smaller, the same size with another root, or another book.
pub fn check(app: &App, tenant: TenantId, edge: &Edge) -> Result<()> {
    let path = folder(app, tenant).join(LATEST);
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(()) };
    let kept = Note::parse(&text).ok().and_then(|note| Head::parse(note.text()));
    let kept = kept.ok_or_else(|| Error::broken(format!("{}: not a head", path.display())))?;
    let same = kept.size != edge.frontier.size() || kept.root == edge.frontier.root();
    if kept.origin == edge.origin && kept.size <= edge.frontier.size() && same {
        return Ok(());
    }
    let message = Message::new("book-rolled-back").with("kept", kept.size).with("now", edge.frontier.size());
    Err(Error::Conflict(message.with("file", path.display())))
}

/// Keeps a head as the newest and as its day's last.
///
/// # Errors
/// `Broken` when the folder cannot be written.
pub fn keep(app: &App, tenant: TenantId, head: &Head, note: &str) -> Result<()> {
    let folder = folder(app, tenant);
    let failed = |e: std::io::Error| Error::broken(format!("{}: {e}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let day = Timestamp(head.time).to_jiff().strftime("%Y-%m-%d.head").to_string();
    for name in [day.as_str(), LATEST] {
        let part = folder.join(format!("{name}.part"));
        let mut file = std::fs::File::create(&part).map_err(failed)?;
        file.write_all(note.as_bytes()).and_then(|()| file.sync_data()).map_err(failed)?;
        std::fs::rename(&part, folder.join(name)).map_err(failed)?;
    }
    Ok(())
}
