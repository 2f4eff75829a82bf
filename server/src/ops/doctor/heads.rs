//! The newest signed head of each customer, kept in the data folder: there, and readable.

use super::{Report, Verdict};
use crate::logs::book::witness;
use kernel::Message;
use std::fs;
use std::path::Path;

/// Each customer whose heads were ever kept here has a newest one. Without it a book that was rolled back is not noticed here.
pub fn kept(data: &Path, report: &mut Report) {
    let folders = fs::read_dir(data.join("heads")).into_iter().flatten().flatten();
    let folders = folders.map(|folder| folder.path().join(witness::LATEST));
    let whole =
        |file: &Path| fs::read_to_string(file).is_ok_and(|text| book::Head::unchecked(&text).is_some());
    let (good, mut bad): (Vec<_>, Vec<_>) = folders.partition(|file| whole(file));
    bad.sort();
    match bad.first() {
        None => report.note("heads", Verdict::Good, Message::new("doctor-heads-good").with("n", good.len())),
        Some(file) => {
            let key = if file.exists() { "doctor-heads-unreadable" } else { "doctor-heads-missing" };
            let message = Message::new(key).with("file", file.display());
            report.note("heads", Verdict::Warning, message);
        }
    }
}
