//! Fifty clients in one process that change things as fast as they can, until somebody kills it.
//!
//! `writer FOLDER FIRST [URL]`: opens SQLite in the folder, or PostgreSQL at the URL, and prints the number of each change
//! once it is acknowledged. Numbers begin at FIRST.
#![allow(clippy::unwrap_used, reason = "a test's own program: it dies as it must")]

use kernel::engine::PostgresOptions;
use kernel::{Chance, Clock, Store};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vaktbok_tests::line::{LineAdded, machine};

const CLIENTS: usize = 50;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (clock, chance) = (Clock::system(), Chance::system());
    let store = match arguments.get(3) {
        Some(url) => Store::postgres(PostgresOptions { url: url.clone() }, clock, chance).unwrap(),
        None => Store::sqlite(Path::new(&arguments[1]), clock, chance).unwrap(),
    };
    let next = Arc::new(AtomicI64::new(arguments[2].parse().unwrap()));
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| tokio::spawn(write(store.clone(), Arc::clone(&next)))).collect();
    for client in clients {
        client.await.unwrap();
    }
}

async fn write(store: Store, next: Arc<AtomicI64>) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        machine(&store).apply(&store, LineAdded { number, fail: None }).await.unwrap();
        // Written at once: what stood in a buffer when the process was killed was never said.
        let mut out = std::io::stdout().lock();
        writeln!(out, "{number}").unwrap();
        out.flush().unwrap();
    }
}
