//! Reads of the book as a whole. They are not limited by reach: who may read the book reads all of it.

use ::book::{Frontier, Hash, Leaf, Log, PartKind, Ref, Salt};
use kernel::{Error, Reader, Result, Timestamp, Uuid, from_row, params, sql};

/// The edge of a tenant's book.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The customer number and the book's id as the origin has them.
    pub origin: String,
    /// The tree so far.
    pub frontier: Frontier,
}

struct EdgeRow {
    id: Uuid,
    size: i64,
    frontier: Vec<u8>,
}
from_row!(EdgeRow { id, size, frontier });

/// The edge of the book; `None` while it has no entry.
///
/// # Errors
/// `Broken` when the stored edge is damaged.
pub fn edge(r: &mut Reader<'_>) -> Result<Option<Edge>> {
    let find = sql!("select id, size, frontier from book where tenant_id = $tenant");
    let Some(row) = r.maybe::<EdgeRow>(find, params! {})? else { return Ok(None) };
    let frontier = Frontier::from_bytes(&row.frontier).map_err(Error::broken)?;
    if i64::try_from(frontier.size()).map_err(Error::broken)? != row.size {
        return Err(Error::broken("the book's size and its edge differ"));
    }
    let number = u64::try_from(r.tenant().number()).map_err(Error::broken)?;
    Ok(Some(Edge { origin: ::book::origin(number, row.id.as_bytes()), frontier }))
}

/// A signed head as stored.
#[derive(Clone, Debug)]
pub struct HeadRow {
    /// The size it signs.
    pub size: i64,
    /// When it was signed.
    pub at: Timestamp,
    /// The signed note.
    pub note: String,
}
from_row!(HeadRow { size, at, note });

/// The newest head, if any.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn last_head(r: &mut Reader<'_>) -> Result<Option<HeadRow>> {
    let find =
        sql!("select size, at, note from book_head where tenant_id = $tenant order by size desc limit 1");
    r.maybe(find, params! {})
}

/// The head of that size, if one was signed.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn head_of(r: &mut Reader<'_>, size: i64) -> Result<Option<HeadRow>> {
    let find = sql!("select size, at, note from book_head where tenant_id = $tenant and size = $size");
    r.maybe(find, params! { size: size })
}

/// Heads smaller than a size, largest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn heads(r: &mut Reader<'_>, before: i64, most: i64) -> Result<Vec<HeadRow>> {
    let list = sql!(
        "select size, at, note from book_head where tenant_id = $tenant and size < $before order by size desc limit $most"
    );
    r.rows(list, params! { before: before, most: most })
}

/// One generation of the signing key.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Its number, from 1.
    pub version: i64,
    /// The public half.
    pub public: [u8; 32],
    /// The private half, wrapped by the master key.
    pub wrapped: Vec<u8>,
    /// The note by which the key before it handed over; none for the first.
    pub rotation: Option<String>,
}
from_row!(KeyRow { version, public, wrapped, rotation });

/// Every signing key of the book, oldest first.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keys(r: &mut Reader<'_>) -> Result<Vec<KeyRow>> {
    let list = sql!(
        "select version, public_key, wrapped, rotation from book_key where tenant_id = $tenant order by version"
    );
    r.rows(list, params! {})
}

/// An entry as the book binds it, with the leaf hash kept when it was made.
#[derive(Debug)]
pub struct Bound {
    /// Its index.
    pub idx: u64,
    /// What the leaf binds.
    pub leaf: Leaf,
    /// The hash that was kept.
    pub hash: Hash,
}

impl kernel::FromRow for Bound {
    fn from_row(row: &mut kernel::Row) -> Result<Self> {
        let idx = row.read::<u64>()?;
        let at = row.read::<i64>()?;
        let log = u8::try_from(row.read::<i64>()?).ok().and_then(Log::from_code);
        let (name, version) = (row.read()?, row.read()?);
        let actor = Ref { kind: row.read()?, id: *row.read::<Uuid>()?.as_bytes() };
        let on_behalf = row.read::<Option<Uuid>>()?.map(Uuid::into_bytes);
        let subject = Ref { kind: row.read()?, id: *row.read::<Uuid>()?.as_bytes() };
        let group = row.read::<Option<Uuid>>()?.map(Uuid::into_bytes);
        let queue = row.read::<Option<Uuid>>()?.map(Uuid::into_bytes);
        let request = row.read::<Uuid>()?.into_bytes();
        let stepped_back = row.read()?;
        let parts = commitments(&row.read::<Vec<u8>>()?)?;
        let hash = Hash(row.read()?);
        let log = log.ok_or_else(|| Error::broken(format!("entry {idx} is of an unknown log")))?;
        let leaf = Leaf {
            at,
            log,
            name,
            version,
            actor,
            on_behalf,
            subject,
            group,
            queue,
            request,
            stepped_back,
            parts,
        };
        Ok(Self { idx, leaf, hash })
    }
}

fn commitments(bytes: &[u8]) -> Result<Vec<(PartKind, Hash)>> {
    let (chunks, tail) = bytes.as_chunks::<33>();
    let part = |chunk: &[u8; 33]| {
        let (code, hash) = chunk.split_first_chunk::<1>()?;
        Some((PartKind::from_code(code[0])?, Hash(hash.try_into().ok()?)))
    };
    let parts: Option<Vec<_>> = chunks.iter().map(part).collect();
    parts.filter(|_| tail.is_empty()).ok_or_else(|| Error::broken("the commitments of an entry are damaged"))
}

/// Entries from `first` up to but without `end`, in order.
///
/// # Errors
/// `Broken` for an entry that cannot be read.
pub fn bound(r: &mut Reader<'_>, first: i64, end: i64) -> Result<Vec<Bound>> {
    let list = sql!(
        "select /* system: the right to the book is one to all of it */ idx, at, log, name, version, actor_kind,
         actor_id, on_behalf, subject_kind, subject_id, group_id, queue_id, request_id, stepped_back, parts, leaf
         from entry where tenant_id = $tenant and idx >= $first and idx < $end order by idx"
    );
    r.rows(list, params! { first: first, end: end })
}

/// A part that is still there.
#[derive(Debug)]
pub struct OpenPart {
    /// The entry's index.
    pub idx: u64,
    /// Its code.
    pub part: i64,
    /// Its salt.
    pub salt: Salt,
    /// Its canonical body.
    pub body: String,
}
from_row!(OpenPart { idx, part, salt, body });

/// The parts of these entries that are still there, in order.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn open_parts(r: &mut Reader<'_>, first: i64, end: i64) -> Result<Vec<OpenPart>> {
    let list = sql!(
        "select idx, part, salt, body from entry_part
         where tenant_id = $tenant and idx >= $first and idx < $end order by idx, part"
    );
    r.rows(list, params! { first: first, end: end })
}

/// Leaf hashes from `first` up to but without `end`, in order.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn leaves(r: &mut Reader<'_>, first: i64, end: i64) -> Result<Vec<Hash>> {
    let list = sql!(
        "select /* system: leaf hashes say nothing of what they bind */ leaf from entry
         where tenant_id = $tenant and idx >= $first and idx < $end order by idx"
    );
    let rows: Vec<([u8; 32],)> = r.rows(list, params! { first: first, end: end })?;
    Ok(rows.into_iter().map(|(hash,)| Hash(hash)).collect())
}

/// A stored node of the tree: levels 8, 16 and 24.
///
/// # Errors
/// `NotFound` when it is not stored.
pub fn node(r: &mut Reader<'_>, level: u8, n: i64) -> Result<Hash> {
    let find = sql!("select hash from book_node where tenant_id = $tenant and level = $level and n = $n");
    let (hash,): ([u8; 32],) = r.row(find, params! { level: level, n: n })?;
    Ok(Hash(hash))
}

/// Whether words were erased since the range's end, so that an export of it may lack what it should have.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn erased_since(r: &mut Reader<'_>, end: i64) -> Result<bool> {
    let key = kernel::facet::key(::book::Log::Change, "name", ::book::Erasure::NAME);
    crate::logs::index::walk::holds_since(r, ::book::Log::Change, key, end)
}
