//! Heads kept outside the database, in the data folder: `heads/<customer number>/`.
//!
//! - `latest.head` is the newest one of this node. A book that is smaller, is another one, or has grown to the same size and
//!   beyond by other entries was rolled back or exchanged: it is not signed again until somebody has looked and moved the
//!   file away. The guard does not wear off: the tree at the kept size must have the kept root, however large it is now.
//! - `<day>.head` is the last one of each day (UTC), for whoever copies them elsewhere.
//! - A file is replaced whole, never half, and no larger head by a smaller one. Where the newest is gone or unreadable all the same it is
//!   written anew from the database, if the book goes on from the head there, and from the last ones of the days where the newest is
//!   unreadable, and the log says so (decisions/0280).

use super::proof;
use super::queries::{self, Edge};
use crate::App;
use ::book::{Head, check_consistency};
use kernel::policy::Machine;
use kernel::{Error, Grant, Message, Result, TenantId, Timestamp};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The newest head's file.
pub(crate) const LATEST: &str = "latest.head";

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

/// Whether the book goes on from what was last signed here. Where the file of it is gone or cut short, the newest head of the
/// database takes its place, and is kept anew.
///
/// # Errors
/// `Conflict` when it is smaller, another book, or its beginning is not what was signed; `Broken` when the file is no head and the
/// database has none that fits in its place.
pub async fn check(app: &App, grant: &Grant<Machine>, edge: &Edge) -> Result<Known> {
    let path = folder(app, grant.access().tenant()).join(LATEST);
    let kept = match std::fs::read_to_string(&path) {
        Ok(text) => Head::unchecked(&text),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => None,
        Err(e) => return Err(Error::broken(format!("{}: {e}", path.display()))),
    };
    let Some(kept) = kept else { return anew(app, grant, edge, &path).await };
    if let Some(known) = fits(app, grant, edge, &kept).await? {
        return Ok(known);
    }
    Err(rolled_back(&kept, edge, &path))
}

fn rolled_back(kept: &Head, edge: &Edge, file: &Path) -> Error {
    let message = Message::new("book-rolled-back").with("kept", kept.size).with("now", edge.frontier.size());
    Error::Conflict(message.with("file", file.display()))
}

/// Whether the book is what a head says, or goes on from it.
async fn fits(app: &App, grant: &Grant<Machine>, edge: &Edge, kept: &Head) -> Result<Option<Known>> {
    let (size, root) = (edge.frontier.size(), edge.frontier.root());
    if kept.origin != edge.origin || kept.size > size {
        return Ok(None);
    }
    if kept.size == size {
        return Ok((kept.root == root).then_some(Known::Kept));
    }
    let earlier = kept.size;
    match grant.read(&app.store, move |r| proof::consistency(r, earlier, size)).await {
        Ok(path) => {
            let same = check_consistency(&path, (earlier, &kept.root), (size, &root)).is_ok();
            Ok(same.then_some(Known::Earlier))
        }
        Err(Error::NotFound) => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// The largest head among the last ones of the days, with its file.
fn of_days(folder: &Path) -> Option<(Head, PathBuf)> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let heads =
        files.filter(|file| file.extension().is_some_and(|end| end == "head") && !file.ends_with(LATEST));
    let read = |file: PathBuf| Some((Head::unchecked(&std::fs::read_to_string(&file).ok()?)?, file));
    heads.filter_map(read).max_by_key(|(head, _)| head.size)
}

/// Keeps the newest head of the database where none is kept, or what is kept is no head. Of one that is cut the last ones of the days bear witness still.
async fn anew(app: &App, grant: &Grant<Machine>, edge: &Edge, path: &Path) -> Result<Known> {
    let tenant = grant.access().tenant();
    let there = path.exists();
    if there
        && let Some((kept, file)) = of_days(&folder(app, tenant))
        && fits(app, grant, edge, &kept).await?.is_none()
    {
        return Err(rolled_back(&kept, edge, &file));
    }
    let last = grant.read(&app.store, queries::last_head).await?;
    let head = last.as_ref().and_then(|row| Head::unchecked(&row.note));
    let known = match &head {
        Some(head) => fits(app, grant, edge, head).await?,
        None => None,
    };
    let (Some(row), Some(known)) = (last, known) else {
        if there {
            return Err(Error::broken(format!("{}: not a head", path.display())));
        }
        if head.is_some() {
            let tenant = tenant.number();
            tracing::error!(
                tenant,
                "no head is kept here, and the newest one of the database is not of this book"
            );
        }
        return Ok(Known::Nothing);
    };
    if there {
        let aside = path.with_extension("unreadable");
        std::fs::rename(path, aside).map_err(|e| Error::broken(format!("{}: {e}", path.display())))?;
    }
    keep(app, tenant, &row.note)?;
    let (tenant, size) = (tenant.number(), row.size);
    tracing::warn!(tenant, size, file = %path.display(), "the newest head was not kept here any more: written anew from the database");
    Ok(known)
}

/// Heads are kept one after the other: whoever asks for one may keep it at the same moment as the round that signs.
static KEEPING: Mutex<()> = Mutex::new(());

/// Keeps a head as the newest and as its day's last, unless a newer one is kept already.
///
/// # Errors
/// `Broken` when the folder cannot be written.
pub fn keep(app: &App, tenant: TenantId, note: &str) -> Result<()> {
    let head = Head::unchecked(note).ok_or_else(|| Error::broken("a stored head cannot be read"))?;
    let folder = folder(app, tenant);
    let failed = |e: std::io::Error| Error::broken(format!("{}: {e}", folder.display()));
    let _one = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
    let newer = |name: &str| {
        let kept = std::fs::read_to_string(folder.join(name)).ok().and_then(|kept| Head::unchecked(&kept));
        kept.is_some_and(|kept| kept.origin == head.origin && kept.size > head.size)
    };
    if newer(LATEST) {
        return Ok(());
    }
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let day = Timestamp(head.time).to_jiff().strftime("%Y-%m-%d.head").to_string();
    for name in [day.as_str(), LATEST].into_iter().filter(|name| !newer(name)) {
        let part = folder.join(format!("{name}.part"));
        let mut file = std::fs::File::create(&part).map_err(failed)?;
        file.write_all(note.as_bytes()).and_then(|()| file.sync_data()).map_err(failed)?;
        std::fs::rename(&part, folder.join(name)).map_err(failed)?;
    }
    Ok(())
}
