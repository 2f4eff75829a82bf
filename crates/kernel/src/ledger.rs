//! Writes the entries of a group of changes into the tenant's book, as the last thing before the commit.
//!
//! - Indexes are given here, in the order the changes were made; nobody else gives them.
//! - Time that steps back is written as it is and marked: order is the index.

use crate::engine::{Bulk, Conn, Kind};
use crate::writer::Draft;
use crate::{
    Chance, Error, FromRow, IntoValue, Params, Result, Statement, TenantId, Timestamp, Value, params, sql,
};
use book::{Frontier, Hash, Leaf, Log, PartKind, Ref, commitment};
use uuid::Uuid;

/// An entry whose change has been made and which waits for its index.
#[derive(Debug)]
pub(crate) struct Pending {
    pub at: Timestamp,
    pub log: Log,
    pub name: &'static str,
    pub version: u32,
    pub actor: (&'static str, Uuid),
    pub on_behalf: Option<Uuid>,
    pub subject: (&'static str, Uuid),
    pub request: Uuid,
    pub draft: Draft,
    pub bodies: Vec<(PartKind, String)>,
}

struct Edge {
    size: i64,
    last_at: i64,
    frontier: Frontier,
}

/// Runs a statement of the ledger with the tenant bound.
fn run(conn: &mut dyn Conn, tenant: TenantId, statement: &'static Statement, params: &Params) -> Result<u64> {
    let own = |name: &str| (name == "tenant").then(|| tenant.into_value());
    let (rendered, values) = statement.bind(conn.dialect(), params, &own)?;
    conn.execute(rendered, &values)
}

fn edge(conn: &mut dyn Conn, tenant: TenantId, chance: &Chance, at: Timestamp) -> Result<Edge> {
    let own = |name: &str| (name == "tenant").then(|| tenant.into_value());
    let statement = sql!("select size, last_at, frontier from book where tenant_id = $tenant");
    let (rendered, values) = statement.bind(conn.dialect(), &Params::none(), &own)?;
    if let Some(row) = conn.query(rendered, &values)?.first_mut() {
        let (size, last_at, bytes) = <(i64, i64, Vec<u8>)>::from_row(row)?;
        let frontier = Frontier::from_bytes(&bytes)
            .map_err(|e| Error::broken(format!("the edge of book {} is damaged: {e:?}", tenant.number())))?;
        return Ok(Edge { size, last_at, frontier });
    }
    let insert = sql!(
        "insert into book (tenant_id, id, size, last_at, frontier) values ($tenant, $id, 0, 0, $frontier)"
    );
    run(conn, tenant, insert, &params! { id: chance.uuid(at), frontier: Frontier::new().to_bytes() })?;
    Ok(Edge { size: 0, last_at: 0, frontier: Frontier::new() })
}

/// Appends the entries, moves the edge of the tree, and says the book's new size.
pub(crate) fn append(
    conn: &mut dyn Conn,
    tenant: TenantId,
    pending: Vec<Pending>,
    chance: &Chance,
) -> Result<()> {
    let Some(first) = pending.first() else { return Ok(()) };
    let mut edge = edge(conn, tenant, chance, first.at)?;
    let mut nodes = Vec::new();
    let mut rows = Rows::default();
    for entry in pending {
        let stepped_back = entry.at.0 < edge.last_at;
        edge.last_at = entry.at.0;
        let hash = rows.add(tenant, edge.size, entry, stepped_back, chance);
        edge.frontier.push_with(hash, |level, n, hash| {
            if level > 0 && level % 8 == 0 {
                nodes.push((level, n, hash));
            }
        });
        edge.size += 1;
    }
    conn.insert_many(&ENTRY, rows.entries)?;
    conn.insert_many(&PART, rows.parts)?;
    conn.insert_many(&FACET, rows.facets)?;
    for (level, n, hash) in nodes {
        let node =
            sql!("insert into book_node (tenant_id, level, n, hash) values ($tenant, $level, $n, $hash)");
        let n = i64::try_from(n).map_err(Error::broken)?;
        run(conn, tenant, node, &params! { level: level, n: n, hash: hash.0 })?;
    }
    let update = sql!(
        "update book set size = $size, last_at = $last_at, frontier = $frontier where tenant_id = $tenant"
    );
    run(
        conn,
        tenant,
        update,
        &params! { size: edge.size, last_at: edge.last_at, frontier: edge.frontier.to_bytes() },
    )?;
    Ok(())
}

/// Tables and columns of the bulk inserts, in the order [`Rows::add`] fills them.
static ENTRY: Bulk = Bulk {
    table: "entry",
    columns: &[
        ("tenant_id", Kind::Int),
        ("idx", Kind::Int),
        ("at", Kind::Int),
        ("log", Kind::Int),
        ("name", Kind::Text),
        ("version", Kind::Int),
        ("actor_kind", Kind::Text),
        ("actor_id", Kind::Id),
        ("on_behalf", Kind::Id),
        ("subject_kind", Kind::Text),
        ("subject_id", Kind::Id),
        ("group_id", Kind::Id),
        ("queue_id", Kind::Id),
        ("request_id", Kind::Id),
        ("stepped_back", Kind::Int),
        ("parts", Kind::Bytes),
        ("leaf", Kind::Bytes),
    ],
};
static PART: Bulk = Bulk {
    table: "entry_part",
    columns: &[
        ("tenant_id", Kind::Int),
        ("idx", Kind::Int),
        ("part", Kind::Int),
        ("salt", Kind::Bytes),
        ("body", Kind::Text),
    ],
};
static FACET: Bulk = Bulk {
    table: "entry_facet",
    columns: &[("tenant_id", Kind::Int), ("idx", Kind::Int), ("keys", Kind::Bytes)],
};

#[derive(Default)]
struct Rows {
    entries: Vec<Vec<Value>>,
    parts: Vec<Vec<Value>>,
    facets: Vec<Vec<Value>>,
}

impl Rows {
    fn add(
        &mut self,
        tenant: TenantId,
        idx: i64,
        mut entry: Pending,
        stepped_back: bool,
        chance: &Chance,
    ) -> Hash {
        let user = (!entry.actor.1.is_nil()).then_some(crate::UserId(entry.actor.1));
        entry.draft.common_facets(entry.name, user, entry.subject);
        if entry.log == Log::Access {
            // What somebody did and what was tried in their name are found together.
            entry.draft.of_user(user);
        }
        let keys = crate::facet::pack(&entry.draft.facet_keys(entry.log));
        self.facets.push(vec![tenant.into_value(), Value::Int(idx), Value::Bytes(keys)]);
        let parts = self.add_parts(tenant, idx, std::mem::take(&mut entry.bodies), chance);
        let leaf = Leaf {
            at: entry.at.0,
            log: entry.log,
            name: entry.name.to_owned(),
            version: entry.version,
            actor: Ref { kind: entry.actor.0.to_owned(), id: *entry.actor.1.as_bytes() },
            on_behalf: entry.on_behalf.map(|u| *u.as_bytes()),
            subject: Ref { kind: entry.subject.0.to_owned(), id: *entry.subject.1.as_bytes() },
            group: entry.draft.group.map(crate::GroupId::bytes),
            queue: entry.draft.queue.map(crate::QueueId::bytes),
            request: *entry.request.as_bytes(),
            stepped_back,
            parts,
        };
        let hash = leaf.hash();
        self.entries.push(vec![
            tenant.into_value(),
            Value::Int(idx),
            entry.at.into_value(),
            i64::from(entry.log.code()).into_value(),
            Value::Text(leaf.name),
            entry.version.into_value(),
            Value::Text(leaf.actor.kind),
            Value::Id(entry.actor.1),
            entry.on_behalf.into_value(),
            Value::Text(leaf.subject.kind),
            Value::Id(entry.subject.1),
            entry.draft.group.into_value(),
            entry.draft.queue.into_value(),
            Value::Id(entry.request),
            stepped_back.into_value(),
            Value::Bytes(commitments(&leaf.parts)),
            Value::Bytes(hash.0.to_vec()),
        ]);
        hash
    }

    fn add_parts(
        &mut self,
        tenant: TenantId,
        idx: i64,
        bodies: Vec<(PartKind, String)>,
        chance: &Chance,
    ) -> Vec<(PartKind, Hash)> {
        let mut out = Vec::with_capacity(bodies.len());
        for (kind, text) in bodies {
            let salt: book::Salt = chance.bytes();
            out.push((kind, commitment(kind, &salt, text.as_bytes())));
            self.parts.push(vec![
                tenant.into_value(),
                Value::Int(idx),
                i64::from(kind.code()).into_value(),
                Value::Bytes(salt.to_vec()),
                Value::Text(text),
            ]);
        }
        out
    }
}

/// The stored form of the commitments: for each part its code and its 32 bytes.
fn commitments(parts: &[(PartKind, Hash)]) -> Vec<u8> {
    parts.iter().flat_map(|(kind, hash)| std::iter::once(kind.code()).chain(hash.0)).collect()
}
