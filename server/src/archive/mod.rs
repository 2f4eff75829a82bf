//! Finished interactions: how they come in, and what is kept of them.
//!
//! Pure parts, without database or network:
//! `vcon` reads IETF vCon files · `hashing` checks stated hashes of media · `audio` decodes sound to a waveform ·
//! `quarantine` why something is set aside · `sentence` a reason that is kept and said later ·
//! `samples` the interactions that the demo shows when it is given none.

pub mod api;
pub mod audio;
pub mod bodies;
pub mod chest;
pub mod deciding;
pub mod events;
pub mod finding;
pub mod hashing;
pub mod import;
pub mod keeping;
pub mod model;
pub mod pages;
pub mod playing;
pub mod quarantine;
pub mod queries;
pub mod reading;
pub mod rights;
pub mod samples;
pub mod sentence;
pub mod speaking;
pub mod vcon;
pub mod words;

/// The folder of a set of other people's files, looked for beside this checkout and above; none of them is kept here.
#[cfg(test)]
fn recorded_set(name: &str) -> Option<std::path::PathBuf> {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|folder| folder.join("shared/data").join(name)).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("NOT RUN: the set {name} is not on this machine");
    }
    found
}
