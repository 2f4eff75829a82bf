//! Brings interactions in from vCon files, one at a time, each whole or not at all.
//!
//! - Every file has one of three fates: imported, unchanged (the very same was there), or set aside with its reasons.
//!   What is set aside is kept, encrypted, with its recordings: nothing is lost.
//! - Encrypted files stand in the store before the rows are committed; a crash leaves no half interaction.
//! - What stands in memory at once is bounded, however many send something in ([`room`]).
//! - Sound is decoded on a thread of its own, never inside a transaction.
//!
//! `offer` files that are offered · `taken` a file as read and checked · `made` what a vCon becomes · `upload` files sent in ·
//! `room` for how many · `importer` one file after the other

mod importer;
mod made;
mod offer;
pub mod room;
mod taken;
pub mod upload;

pub use importer::Importer;
pub use offer::{Offer, Offered};

use super::model::InteractionId;
use super::sentence::Sentence;
use crate::App;
use kernel::{Access, Result};
use std::sync::Arc;

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in the archive now.
    Imported(InteractionId),
    /// The very same was there.
    Unchanged,
    /// It is kept, but not in the archive.
    Aside(Vec<Sentence>),
}

/// What became of all files.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Brought in.
    pub imported: usize,
    /// There already.
    pub unchanged: usize,
    /// Set aside: the file's name, and why.
    pub aside: Vec<(String, Vec<Sentence>)>,
}

impl Summary {
    /// Counts one more.
    pub fn add(&mut self, name: &str, fate: Fate) {
        match fate {
            Fate::Imported(_) => self.imported += 1,
            Fate::Unchanged => self.unchanged += 1,
            Fate::Aside(reasons) => self.aside.push((name.to_owned(), reasons)),
        }
    }
}

/// Brings in all that is offered. `progress` is told after each file how many are done, of how many, and what became of it.
///
/// # Errors
/// `Forbidden` without the right; `Busy` or `Broken` when rows or store cannot be written: what was brought in stays, and
/// the rest can be offered again.
pub async fn run(
    app: &App,
    access: &Arc<Access>,
    offer: Offer,
    mut progress: impl FnMut(usize, usize, &str, &Fate),
) -> Result<Summary> {
    let mut importer = Importer::new(app, access.grant()?, offer).await?;
    let mut summary = Summary::default();
    for at in 0..importer.len() {
        if let Some((name, fate)) = importer.one(at).await? {
            progress(at + 1, importer.len(), &name, &fate);
            summary.add(&name, fate);
        }
    }
    Ok(summary)
}
