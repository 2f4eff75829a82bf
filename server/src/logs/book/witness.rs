//! Heads kept outside the database, in the data folder: `heads/<customer number>/`.
//!
//! - `latest.head` is the newest one of this node. A book that is smaller, is another one, or has grown to the same size and
//!   beyond by other entries was rolled back or exchanged: it is not signed again until somebody has looked and moved the
//!   file away. The guard does not wear off: the tree at the kept size must have the kept root, however large it is now.
//! - `<day>.head` is the last one of each day (UTC), for whoever copies them elsewhere.
//! - A file is replaced whole, never half.

use super::proof;
use super::queries::Edge;
use crate::App;
use ::book::{Head, Note, check_consistency};
use kernel::policy::Machine;
use kernel::{Error, Grant, Message, Result, TenantId, Timestamp};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// The newest head's file.
const LATEST: &str = "latest.head";

/// Where a tenant's heads are kept.
#[must_use]
pub fn folder(app: &App, tenant: TenantId) -> PathBuf {
    app.config.data.join("heads").join(tenant.number().to_string())
}

/// What this node has kept of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing yet.
    Nothing,
    /// An earlier head, of which the book is a continuation.
    Earlier,
    /// The head of the book as it is.
    Kept,
}

/// Whether the book goes on from what was last signed here.
///
/// # Errors
/// `Conflict` when it is smaller, another book, or its beginning is not what was signed.
pub async fn check(app: &App, grant: &Grant<Machine>, edge: &Edge) -> Result<Known> {
    let path = folder(app, grant.access().tenant()).join(LATEST);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Known::Nothing),
        Err(e) => return Err(Error::broken(format!("{}: {e}", path.display()))),
    };
    let kept = read(&text).ok_or_else(|| Error::broken(format!("{}: not a head", path.display())))?;
    let (size, root) = (edge.frontier.size(), edge.frontier.root());
    if kept.origin == edge.origin && kept.size == size && kept.root == root {
        return Ok(Known::Kept);
    }
    if kept.origin == edge.origin && kept.size < size {
        let earlier = kept.size;
        let proof = grant.read(&app.store, move |r| proof::consistency(r, earlier, size)).await;
        match proof {
            Ok(path) if check_consistency(&path, (earlier, &kept.root), (size, &root)).is_ok() => {
                return Ok(Known::Earlier);
            }
            Ok(_) | Err(Error::NotFound) => {}
            Err(cause) => return Err(cause),
        }
    }
    let message = Message::new("book-rolled-back").with("kept", kept.size).with("now", size);
    Err(Error::Conflict(message.with("file", path.display())))
}

fn read(note: &str) -> Option<Head> {
    Note::parse(note).ok().and_then(|note| Head::parse(note.text()))
}

/// Heads are kept one after the other: whoever asks for one may keep it at the same moment as the round that signs.
static KEEPING: Mutex<()> = Mutex::new(());

/// Keeps a head as the newest and as its day's last, unless a newer one is kept already.
///
/// # Errors
/// `Broken` when the folder cannot be written.
pub fn keep(app: &App, tenant: TenantId, note: &str) -> Result<()> {
    let head = read(note).ok_or_else(|| Error::broken("a stored head cannot be read"))?;
    let folder = folder(app, tenant);
    let failed = |e: std::io::Error| Error::broken(format!("{}: {e}", folder.display()));
    let _one = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
    let newest = std::fs::read_to_string(folder.join(LATEST)).ok().and_then(|kept| read(&kept));
    if newest.is_some_and(|kept| kept.origin == head.origin && kept.size > head.size) {
        return Ok(());
    }
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
