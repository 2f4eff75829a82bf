//! What makes entries a book, apart from the rest of a change: fresh salts, commitments to the parts, the leaf and its place in
//! the tree, done again for the newest entries on one thread. What was stored is worked out once too, so that it is the
//! same work.

use super::gauge::thread_cpu_seconds;
use super::queries;
use super::town::{Town, machine};
use crate::App;
use crate::logs::book::ReadBook;
use crate::logs::book::queries::{Bound, OpenPart, bound, open_parts};
use ::book::{Frontier, Leaf, PartKind, commitment};
use kernel::{Chance, Error, Grant, Result};
use std::hint::black_box;

/// The newest entries that are taken.
const ENTRIES: i64 = 2_000;
/// How often they are gone through.
const ROUNDS: usize = 10;

/// An entry's leaf, with the bodies that its commitments are of.
struct Made {
    leaf: Leaf,
    bodies: Vec<(PartKind, String)>,
}

/// CPU microseconds of one entry.
///
/// # Errors
/// `Broken` when an entry is not what its commitments and its hash say.
pub async fn measure(app: &App, town: &Town) -> Result<f64> {
    let grant: Grant<ReadBook> = machine(app, town.tenant).grant()?;
    let (size, _) = grant.read(&app.store, queries::edge).await?;
    let first = (size - ENTRIES).max(0);
    let read = grant.read(&app.store, move |r| Ok((bound(r, first, size)?, open_parts(r, first, size)?)));
    let (entries, parts) = read.await?;
    let mut made = gather(entries, parts)?;
    Ok(tokio::task::block_in_place(|| again(&mut made)))
}

/// Puts the parts to their entries, and works out what was stored.
fn gather(entries: Vec<Bound>, parts: Vec<OpenPart>) -> Result<Vec<Made>> {
    let mut parts = parts.into_iter().peekable();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut made = Made { leaf: entry.leaf, bodies: Vec::new() };
        while let Some(part) = parts.next_if(|part| part.idx == entry.idx) {
            let kind = u8::try_from(part.part).ok().and_then(PartKind::from_code).ok_or(Error::NotFound)?;
            if made.leaf.part(kind) != Some(&commitment(kind, &part.salt, part.body.as_bytes())) {
                return Err(Error::broken(format!("entry {}: another body than it committed to", entry.idx)));
            }
            made.bodies.push((kind, part.body));
        }
        if made.leaf.hash() != entry.hash {
            return Err(Error::broken(format!("entry {}: another leaf than its hash is of", entry.idx)));
        }
        all.push(made);
    }
    Ok(all)
}

fn again(made: &mut [Made]) -> f64 {
    let (chance, mut tree) = (Chance::system(), Frontier::new());
    let began = thread_cpu_seconds();
    for _ in 0..ROUNDS {
        for Made { leaf, bodies } in &mut *made {
            leaf.parts.clear();
            for (kind, body) in bodies {
                leaf.parts.push((*kind, commitment(*kind, &chance.bytes(), body.as_bytes())));
            }
            tree.push(leaf.hash());
        }
    }
    black_box(tree.root());
    (thread_cpu_seconds() - began) / (made.len().max(1) * ROUNDS) as f64 * 1e6
}
