//! Heads as files: `<operator's folder>/<customer number>/<tenant's folder>/<day>/<entries>.head`, each one a signed note as
//! `vaktbok-verify --earlier` reads it.
//!
//! - A tenant chooses a name, never a path: letters, digits, `-` and `_`. Nothing outside the operator's folder is written.
//! - A file is written whole and synced, then named, then its folder synced: what is counted as taken is on disk. One that is there already is
//!   replaced by the same text.

use crate::logs::book::queries::HeadRow;
use crate::ops::outgoing::Fault;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Whether a text is a name for a folder.
#[must_use]
pub fn fits(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().all(letter)
}

/// Where a tenant's heads go.
#[must_use]
pub fn below(base: &Path, number: i64, name: &str) -> PathBuf {
    base.join(number.to_string()).join(name)
}

/// Writes heads, and waits until they are on disk.
///
/// # Errors
/// Why they could not be written.
pub async fn write(base: &Path, number: i64, name: &str, heads: &[HeadRow]) -> Result<(), Fault> {
    let fault = |cause: String| Fault { key: "handout-folder-fault", detail: cause };
    if !fits(name) {
        return Err(fault(String::new()));
    }
    let (folder, heads) = (below(base, number, name), heads.to_vec());
    let written =
        tokio::task::spawn_blocking(move || heads.iter().try_for_each(|head| put(&folder, head))).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(cause)) => Err(fault(cause.to_string())),
        Err(cause) => Err(fault(cause.to_string())),
    }
}

fn put(folder: &Path, head: &HeadRow) -> io::Result<()> {
    let day = folder.join(head.at.to_jiff().strftime("%Y-%m-%d").to_string());
    fs::create_dir_all(&day)?;
    let part = day.join(format!("{:012}.part", head.size));
    let mut file = File::create(&part)?;
    file.write_all(head.note.as_bytes())?;
    file.sync_data()?;
    fs::rename(&part, day.join(format!("{:012}.head", head.size)))?;
    File::open(&day)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_name_and_no_path() {
        for wrong in ["", ".", "..", "../x", "a/b", "a\\b", "/etc", "å", "a b", "a\0", "c:"] {
            assert!(!fits(wrong), "{wrong}");
        }
        assert!(fits("book-heads_1"));
    }
}
