//! The machine: its clock, the data folder, the space there, who uses it, how many files may be open.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kernel::{Message, Timestamp};
use rustix::process::{Resource, getrlimit};

use super::super::config::Config;
use super::super::places::Places;
use super::{Report, Verdict};

/// Bytes that must be free for the program to start, and below which it is warned of.
const SPACE_BAD_BYTES: u64 = 256 << 20;
const SPACE_WARNING_BYTES: u64 = 5 << 30;
/// Files that the program opens besides its connections.
const OTHER_FILES: u64 = 128;

/// The clock is later than the data that the program came with and than what was last written.
pub fn clock(config: &Config, now: Timestamp, report: &mut Report) {
    let written = std::fs::metadata(&config.data).and_then(|folder| folder.modified()).ok();
    let written = written.and_then(|moment| jiff::Timestamp::try_from(moment).ok());
    let least = written.unwrap_or(jiff::Timestamp::UNIX_EPOCH).max(Places::built_in().made());
    let minute = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let message = |key| Message::new(key).with("now", minute(now.to_jiff())).with("before", minute(least));
    // A day's grace: a clock that steps back an hour breaks nothing, entries are ordered by their index.
    match now.to_jiff().as_second() + 86_400 < least.as_second() {
        true => report.note("clock", Verdict::Bad, message("doctor-clock-behind")),
        false => report.note("clock", Verdict::Good, message("doctor-clock-good")),
    }
}

/// The folder is there, can be written, and is nobody else's business.
pub fn data_folder(folder: &Path, report: &mut Report) {
    let message = |key: &'static str| Message::new(key).with("folder", folder.display());
    let Ok(metadata) = std::fs::metadata(folder) else {
        return report.note("data", Verdict::Warning, message("doctor-data-new"));
    };
    if !metadata.is_dir() {
        return report.note("data", Verdict::Bad, message("doctor-data-file"));
    }
    if let Err(cause) = try_writing(folder) {
        return report.note("data", Verdict::Bad, message("doctor-data-closed").with("cause", cause));
    }
    match metadata.permissions().mode() & 0o007 {
        0 => report.note("data", Verdict::Good, message("doctor-data-good")),
        _ => report.note("data", Verdict::Warning, message("doctor-data-open")),
    }
}

/// Writes and removes a file of its own, with what it takes to be on disk.
///
/// # Errors
/// Why it could not.
pub fn try_writing(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let written = File::create_new(&path).and_then(|mut file| {
        file.write_all(b"may be removed")?;
        file.sync_all()
    });
    let removed = std::fs::remove_file(&path);
    written.and(removed)
}

/// There is room to write.
pub fn free_space(folder: &Path, report: &mut Report) {
    // A folder that is not there yet will be made on the disk of the nearest one that is.
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let Ok(disk) = rustix::fs::statvfs(there) else { return };
    let free_bytes = disk.f_bavail.saturating_mul(disk.f_frsize);
    let (verdict, key) = match free_bytes {
        ..SPACE_BAD_BYTES => (Verdict::Bad, "doctor-space-bad"),
        SPACE_BAD_BYTES..SPACE_WARNING_BYTES => (Verdict::Warning, "doctor-space-little"),
        _ => (Verdict::Good, "doctor-space-good"),
    };
    report.note("space", verdict, Message::new(key).with("bytes", free_bytes));
}

/// Whether a server runs on the folder. Both are well; it is what the operator may want to know.
pub fn in_use(folder: &Path, report: &mut Report) {
    let free = match File::open(folder.join("lock")) {
        Ok(lock) => lock.try_lock_shared().is_ok(),
        Err(_) => true,
    };
    let key = if free { "doctor-lock-free" } else { "doctor-lock-used" };
    report.note("lock", Verdict::Good, Message::new(key));
}

/// As many files may be open as there may be connections.
pub fn open_files(config: &Config, report: &mut Report) {
    let wanted = config.limits.connections + OTHER_FILES;
    let message = |key: &'static str, may: String| Message::new(key).with("may", may).with("wanted", wanted);
    match getrlimit(Resource::Nofile).current {
        Some(may) if may < wanted => {
            report.note("files", Verdict::Warning, message("doctor-files-few", may.to_string()))
        }
        may => {
            let may = may.map_or_else(|| "∞".to_owned(), |may| may.to_string());
            report.note("files", Verdict::Good, message("doctor-files-good", may));
        }
    }
}
