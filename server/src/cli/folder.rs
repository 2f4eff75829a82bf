//! The data folder, looked at before a command opens it: a path that was mistyped makes no second, empty installation.
//!
//! - A command that reads or changes what is there wants data that is there; `serve`, `demo`, `migrate` and `tenant add` make it.
//! - What is wrong with the folder is said of the folder, with what to do, before the engine could only say that it failed.

use super::line::{Command, TenantCommand};
use crate::ops::config::Config;
use crate::ops::doctor::machine::try_writing;
use kernel::Message;
use kernel::engine::DATA_FILE;
use std::io::ErrorKind;

/// Whether a command makes the data where there is none.
fn makes_data(command: &Command) -> bool {
    matches!(
        command,
        Command::Serve(_) | Command::Demo(_) | Command::Migrate(_) | Command::Tenant(TenantCommand::Add(_))
    )
}

/// Whether a command keeps a folder of its own that goes away.
fn keeps_its_own(command: &Command) -> bool {
    match command {
        Command::Demo(asked) => !asked.keeps_its_folder(),
        Command::Bench(asked) => !asked.keeps_its_folder(),
        _ => false,
    }
}

/// What keeps a command from the folder, if anything.
///
/// # Errors
/// A sentence that says what to do.
pub fn fit(config: &Config, command: &Command) -> Result<(), Message> {
    let folder = &config.data;
    let about = |key: &'static str| Message::new(key).with("folder", folder.display());
    if keeps_its_own(command) {
        return Ok(());
    }
    let wants_data =
        config.database.is_none() && !makes_data(command) && !matches!(command, Command::Bench(_));
    match std::fs::metadata(folder) {
        Ok(there) if !there.is_dir() => return Err(about("doctor-data-file")),
        Ok(_) => {}
        Err(cause) if cause.kind() == ErrorKind::NotADirectory => {
            return Err(about("cli-folder-not-made").with("cause", cause));
        }
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(about("doctor-data-closed").with("cause", cause));
        }
        Err(_) if wants_data => return Err(about("cli-no-data")),
        Err(_) => {
            return std::fs::create_dir_all(folder)
                .map_err(|cause| about("cli-folder-not-made").with("cause", cause));
        }
    }
    match try_writing(folder) {
        // Other causes, such as a full disk, are no reason to refuse what only reads.
        Err(cause) if matches!(cause.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            Err(about("doctor-data-closed").with("cause", cause))
        }
        _ if wants_data && !folder.join(DATA_FILE).exists() => Err(about("cli-no-data")),
        _ => Ok(()),
    }
}
