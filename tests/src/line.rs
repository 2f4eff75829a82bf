//! The smallest event: a line in the directory of tenants, written by the operator's machine.

use crate::World;
use kernel::gate::Gate;
use kernel::grant::Grant;
use kernel::policy::Machine;
use kernel::{Error, Event, Name, Origin, RequestId, Result, Store, Subject, Way, Writer, params, sql};
use serde::Serialize;

/// Adds a line to the directory of tenants, or fails as asked, after having added it.
#[derive(Serialize)]
pub struct LineAdded {
    /// The customer number: a second line of one number is a conflict.
    pub number: i64,
    /// `panic`, `too long` for an entry that says too much, or anything else for an error.
    pub fail: Option<&'static str>,
}

impl Event for LineAdded {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("test.added", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.one(
            sql!("insert into tenant_directory (number) values ($number)"),
            params! { number: self.number },
        )?;
        w.changed("number", (), self.number);
        match self.fail {
            Some("panic") => panic!("as asked"),
            Some("too long") => {
                w.changed("text", (), "x".repeat(2 * book::BODY_BYTES_MAX));
                Ok(())
            }
            Some(_) => Err(Error::conflict("error-exists-already")),
            None => Ok(()),
        }
    }
}

/// The right of commands on the machine, in the operator's own tenant.
#[must_use]
pub fn machine(store: &Store) -> Grant<Machine> {
    machine_at(store, None)
}

/// The same, saying itself when it asks; believed under a replaying clock.
///
/// # Panics
/// Never: a machine holds it.
#[must_use]
pub fn machine_at(store: &Store, moment: Option<kernel::Timestamp>) -> Grant<Machine> {
    let gate = Gate::new(store.clone());
    let origin = Origin { moment, ..Origin::inside(Way::Command, RequestId(kernel::Uuid::nil())) };
    gate.machine(gate.operator(), "tester", origin).grant().unwrap()
}

/// What is left of a world's rows after whoever wrote them is gone.
#[derive(Debug)]
pub struct Remains {
    /// Lines in the directory, sorted.
    pub lines: Vec<i64>,
    /// The number that each entry tells of, by index.
    pub told: Vec<i64>,
    /// Whether the book's stored edge is the one that its leaves make.
    pub whole: bool,
}

impl Remains {
    /// Opens the world anew and reads everything.
    ///
    /// # Panics
    /// When it cannot be opened or read.
    pub async fn of(world: &World) -> Remains {
        let store = world.store(kernel::Clock::system());
        let grant = machine(&store);
        let read = grant.read(&store, |r| {
            let lines = sql!("select number from tenant_directory order by number");
            let lines: Vec<(i64,)> = r.rows(lines, params! {})?;
            let bodies =
                sql!("select body from entry_part where tenant_id = $tenant and part = $part order by idx");
            let part = i64::from(book::PartKind::Change.code());
            let bodies: Vec<(String,)> = r.rows(bodies, params! { part: part })?;
            let leaves = sql!("select leaf from entry where tenant_id = $tenant order by idx");
            let leaves: Vec<(Vec<u8>,)> = r.rows(leaves, params! {})?;
            let edge: Option<(Vec<u8>,)> =
                r.maybe(sql!("select frontier from book where tenant_id = $tenant"), params! {})?;
            Ok((lines, bodies, leaves, edge))
        });
        let (lines, bodies, leaves, edge) = read.await.unwrap();
        let mut frontier = book::Frontier::new();
        for (leaf,) in leaves {
            frontier.push(book::Hash(leaf.try_into().unwrap()));
        }
        let whole = edge.is_none_or(|(bytes,)| bytes == frontier.to_bytes())
            && frontier.size() == bodies.len() as u64;
        Remains {
            lines: lines.into_iter().map(|(n,)| n).collect(),
            told: bodies.iter().map(number).collect(),
            whole,
        }
    }
}

fn number((body,): &(String,)) -> i64 {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    body["event"]["number"].as_i64().unwrap()
}
