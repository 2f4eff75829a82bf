//! CPU per entry of the book and of the check, on one core: medians over several runs.
//!
//!     cargo bench -p vaktbok-verify
//!
//! CPU time comes from the kernel's account of this thread, so that a busy machine does not falsify it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench measures, and stops where it cannot"
)]

#[path = "../../book/tests/sample/mod.rs"]
mod sample;

use std::hint::black_box;
use std::time::Instant;

use book::{Frontier, commitment};
use sample::Sample;
use verify::{Answer, Check};

const ENTRIES: u64 = 100_000;
const RUNS: usize = 9;

fn main() {
    // `cargo test` also runs this program, to see that it works: then a small book is enough.
    let entries = if std::env::args().any(|arg| arg == "--bench") { ENTRIES } else { 100 };
    let sample = Sample::ordinary(entries);
    println!("{:<34} {:>10} {:>14} {:>10}", "per entry", "µs CPU", "entries/s", "MB/s");
    append(&sample);
    write(&sample);
    for (name, bodies) in [("verify, with bodies", true), ("verify, leaves only", false)] {
        let (export, head) = (sample.export(0, bodies), sample.head(entries));
        measure(name, entries, export.len(), || {
            let report = verify::export(&mut export.as_slice(), Check::new(head.clone(), None));
            assert!(report.is_ok_and(|report| report.answer() == Answer::Whole && report.entries == entries));
        });
    }
}

/// What the writer does for each entry: commitments, leaf bytes, leaf hash, frontier.
fn append(sample: &Sample) {
    let mut leaves: Vec<_> = sample.items.iter().map(|item| item.leaf.clone()).collect();
    let bytes = sample.items.iter().map(|item| item.leaf.encode().len()).sum();
    measure("append: commit, encode, hash, grow", sample.size(), bytes, || {
        let mut frontier = Frontier::new();
        for (leaf, item) in leaves.iter_mut().zip(&sample.items) {
            leaf.parts.clear();
            leaf.parts
                .extend(item.open.iter().map(|(kind, salt, body)| (*kind, commitment(*kind, salt, body))));
            frontier.push(book::leaf_hash(&leaf.encode()));
        }
        black_box(frontier.root());
    });
}

fn write(sample: &Sample) {
    let mut out = Vec::new();
    let bytes = sample.export(0, true).len();
    measure("export, with bodies", sample.size(), bytes, || {
        for (index, item) in (0..).zip(&sample.items) {
            let open: Vec<_> =
                item.open.iter().map(|(kind, salt, body)| (*kind, *salt, body.as_slice())).collect();
            out.clear();
            if let Ok(entry) = book::Entry::new(index, &item.leaf, &open) {
                entry.encode_into(&mut out);
            }
            black_box(&out);
        }
    });
}

fn measure(name: &str, entries: u64, bytes: usize, mut work: impl FnMut()) {
    let mut runs: Vec<f64> = (0..RUNS).map(|_| seconds(&mut work)).collect();
    runs.sort_by(f64::total_cmp);
    let median = runs[RUNS / 2];
    let each = median / entries as f64;
    println!("{name:<34} {:>10.3} {:>14.0} {:>10.0}", each * 1e6, 1.0 / each, bytes as f64 / median / 1e6);
}

/// CPU seconds of this thread; wall time where the system does not say.
fn seconds(work: &mut impl FnMut()) -> f64 {
    let cpu = || {
        let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        account.split(' ').next()?.parse::<f64>().ok()
    };
    let (before, started) = (cpu(), Instant::now());
    work();
    match (before, cpu()) {
        (Some(before), Some(after)) => (after - before) / 1e9,
        _ => started.elapsed().as_secs_f64(),
    }
}
