//! The book as a tenant relies on it: signed in time, by one node, never over another past.

mod idle;
mod papers;
mod rolled_back;
mod signing;
mod unkept;

use kernel::TenantId;
use server::logs::book::ReadBook;
use server::logs::events::BookExported;
use vaktbok_tests::{Portal, World};

/// Runs statements on the rows, past the program.
async fn past_the_program(world: &World, statements: &str) {
    match world.database() {
        None => {
            let path = world.folder().path().join("vaktbok.db");
            rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
        }
        Some(database) => database.superuser().await.batch_execute(statements).await.unwrap(),
    }
}

/// Adds entries to the book: each taking out is one.
async fn grow(portal: &Portal, tenant: TenantId, entries: usize) {
    for n in 0..entries {
        let taken = BookExported { first: 0, size: n as i64 };
        let grant = portal.machine(tenant).also::<ReadBook>().unwrap();
        grant.apply(&portal.app().store, taken).await.unwrap();
    }
}
