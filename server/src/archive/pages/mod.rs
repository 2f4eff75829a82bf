//! The archive's pages: `list` finding · `interaction` details, opening, hearing · `import` sending in · `aside` what was
//! not archived.

mod aside;
mod heard;
mod import;
mod interaction;
mod list;
mod samples;
mod view;

pub use aside::{aside_discard, aside_download, aside_retry, asides, set_aside};
pub use heard::{MAX_REASON_CHARS, download, heard, sound};
pub use import::{import_form, import_progress, import_send, import_stop};
pub use interaction::{documents, interaction, open};
pub use list::{Choices, in_words, list};

use crate::ui::Locale;

/// The name of a medium.
fn medium(t: &Locale, word: &str) -> String {
    match word {
        "call" => t.say("archive-medium-call"),
        "chat" => t.say("archive-medium-chat"),
        "email" => t.say("archive-medium-email"),
        other => other.to_owned(),
    }
}

/// What an interaction is called: its subject, else its medium.
fn called(t: &Locale, subject: &str, word: &str) -> String {
    if subject.is_empty() { t.say1("archive-unnamed", "medium", medium(t, word)) } else { subject.to_owned() }
}

/// Seconds between two moments.
fn length_s(started: kernel::Timestamp, ended: kernel::Timestamp) -> u64 {
    u64::try_from(ended.seconds_since(started)).unwrap_or(0)
}
