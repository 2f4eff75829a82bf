//! The master keys: read from where the configuration says, made on the very first start, never made twice.
//!
//! - A key is made only for an empty store. Where data is already kept and the key is missing, making another would hide
//!   that everything kept can no longer be read: that is refused, and the operator is asked for the old one.
//! - A key file that everybody on the machine can read, or others can write, is refused.
//! - A new file is on disk, under its own name, before the key is used.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use kernel::{Chance, Message, Timestamp};
use vault::{MAX_KEY_FILE_BYTES, MasterKey, MasterKeys};
use zeroize::Zeroizing;

use super::config;

/// Permission bits that a key file may not have: others' any, the group's writing.
const TOO_OPEN: u32 = 0o027;

/// Whether anything is kept yet that needs a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Nothing yet: a missing key is made.
    Empty,
    /// Something: a missing key is a fault.
    InUse,
}

/// Opens the master keys, and makes the first one when the store is empty.
///
/// # Errors
/// What is wrong and what to do, for the operator.
pub fn open(
    source: &config::MasterKey,
    store: Store,
    now: Timestamp,
    chance: &Chance,
) -> Result<MasterKeys, Message> {
    match source {
        config::MasterKey::Stated(text) => parse(text.reveal(), "VAKTBOK_MASTER_KEY"),
        config::MasterKey::File(path) => match read(path) {
            Ok(text) => parse(&text, &path.display().to_string()),
            Err(Unread::Missing) if store == Store::Empty => make(path, now, chance),
            Err(Unread::Missing) => Err(Message::new("keys-missing").with("file", path.display())),
            Err(Unread::TooOpen) => Err(Message::new("keys-too-open").with("file", path.display())),
            Err(Unread::Failed(cause)) => Err(unreadable(path, cause)),
        },
    }
}

/// Looks at a key file without using it: for `doctor`.
pub fn check(source: &config::MasterKey) -> Result<Option<MasterKeys>, Message> {
    let config::MasterKey::File(path) = source else {
        let nothing = (Store::InUse, Timestamp(0), Chance::system());
        return open(source, nothing.0, nothing.1, &nothing.2).map(Some);
    };
    match read(path) {
        Ok(text) => parse(&text, &path.display().to_string()).map(Some),
        Err(Unread::Missing) => Ok(None),
        Err(Unread::TooOpen) => Err(Message::new("keys-too-open").with("file", path.display())),
        Err(Unread::Failed(cause)) => Err(unreadable(path, cause)),
    }
}

enum Unread {
    Missing,
    TooOpen,
    Failed(io::Error),
}

fn read(path: &Path) -> Result<Zeroizing<String>, Unread> {
    let file = File::open(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Failed(cause),
    })?;
    let mode = file.metadata().map_err(Unread::Failed)?.permissions().mode();
    if mode & TOO_OPEN != 0 {
        return Err(Unread::TooOpen);
    }
    let mut text = Zeroizing::new(String::new());
    let most = MAX_KEY_FILE_BYTES as u64 + 1;
    file.take(most).read_to_string(&mut text).map_err(Unread::Failed)?;
    Ok(text)
}

fn parse(text: &str, place: &str) -> Result<MasterKeys, Message> {
    MasterKeys::parse(text)
        .map_err(|cause| Message::new("keys-broken").with("file", place).with("cause", cause))
}

/// Makes a key under a name of its own day, in a file that only this account can read.
fn make(path: &Path, now: Timestamp, chance: &Chance) -> Result<MasterKeys, Message> {
    let id = now.to_jiff().strftime("%Y-%m-%d").to_string();
    let key = MasterKey::new(&id, chance.bytes()).ok_or_else(|| Message::new("keys-clock"))?;
    write(path, key.to_line().as_bytes()).map_err(|cause| unreadable(path, cause))?;
    tracing::info!(file = %path.display(), "made the key that protects all others: keep a copy elsewhere");
    Ok(MasterKeys::of(key))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    File::open(folder)?.sync_all()
}

fn unreadable(path: &Path, cause: io::Error) -> Message {
    Message::new("keys-unreadable").with("file", path.display()).with("cause", cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::tls::tests::Folder;

    fn file(folder: &Folder) -> config::MasterKey {
        config::MasterKey::File(folder.0.join("sub/master.key"))
    }

    fn open_file(source: &config::MasterKey, store: Store) -> Result<MasterKeys, &'static str> {
        let now = "2026-11-23T01:02:03Z".parse().unwrap();
        open(source, store, now, &Chance::seeded(1)).map_err(|message| message.key)
    }

    #[test]
    fn the_first_start_makes_a_key_that_later_starts_find() {
        let folder = Folder::new("keys-first");
        let source = file(&folder);
        let made = open_file(&source, Store::Empty).unwrap();
        assert_eq!(made.current().id(), "2026-11-23");
        let mode = std::fs::metadata(folder.0.join("sub/master.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let found = open_file(&source, Store::InUse).unwrap();
        assert_eq!(made.current().to_line(), found.current().to_line());
        assert_eq!(open_file(&source, Store::Empty).unwrap().current().to_line(), found.current().to_line());
    }

    #[test]
    fn a_key_that_is_missing_beside_data_is_never_replaced() {
        let folder = Folder::new("keys-missing");
        assert_eq!(open_file(&file(&folder), Store::InUse).unwrap_err(), "keys-missing");
        assert!(!folder.0.join("sub").exists());
    }

    #[test]
    fn a_key_file_that_others_can_read_or_write_is_refused() {
        let folder = Folder::new("keys-open");
        let source = file(&folder);
        open_file(&source, Store::Empty).unwrap();
        let path = folder.0.join("sub/master.key");
        for (mode, fits) in [(0o644, false), (0o660, false), (0o604, false), (0o640, true), (0o400, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(open_file(&source, Store::InUse).is_ok(), fits, "{mode:o}");
        }
    }

    #[test]
    fn a_stated_key_is_read_and_a_broken_one_refused_without_showing_it() {
        let line = MasterKey::new("a", [7; 32]).unwrap().to_line();
        let stated = |text: &str| config::MasterKey::Stated(config::Secret::new(text.to_owned()));
        assert_eq!(open_file(&stated(&line), Store::InUse).unwrap().current().id(), "a");
        let broken = open(&stated("canary-7"), Store::Empty, Timestamp(0), &Chance::seeded(1)).unwrap_err();
        assert_eq!(broken.key, "keys-broken");
        assert!(!format!("{broken:?}").contains("canary"), "{broken:?}");
    }
}
