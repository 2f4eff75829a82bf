//! The doors of the three logs and the book.

use super::{GET, POST};
use crate::{App, logs};
use kernel::door::{Doc, Door};

fn log_doc(summary: &'static str) -> Doc {
    Doc {
        summary,
        query: &[
            "q", "time", "since", "until", "from", "name", "actor", "subject", "result", "address", "way",
        ],
        ..Doc::default()
    }
}

/// The three logs and the book.
pub fn logs() -> Vec<Door<App>> {
    vec![
        Door::page(GET, "/logs/access", logs::pages::list::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/access/live", logs::live::live::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/changes", logs::pages::list::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/changes/live", logs::live::live::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/archive", logs::pages::list::<logs::ReadArchiveLog>),
        Door::page(GET, "/logs/archive/live", logs::live::live::<logs::ReadArchiveLog>),
        Door::page(GET, "/logs/access/export", logs::files::ask::<logs::ReadAccessLog>),
        Door::page(POST, "/logs/access/export", logs::files::begin::<logs::ReadAccessLog>),
        Door::api(GET, "/api/v1/logs/access", logs::api::list::<logs::ReadAccessLog>)
            .doc(log_doc("The access log, newest first, 50 at a time; `from` is the last answer's `next`")),
        Door::api(GET, "/api/v1/logs/access/{idx}", logs::api::one::<logs::ReadAccessLog>)
            .doc(Doc { summary: "One entry of the access log", ..Doc::default() }),
        Door::page(GET, "/logs/changes/export", logs::files::ask::<logs::ReadChangeLog>),
        Door::page(POST, "/logs/changes/export", logs::files::begin::<logs::ReadChangeLog>),
        Door::api(GET, "/api/v1/logs/changes", logs::api::list::<logs::ReadChangeLog>)
            .doc(log_doc("The change log, newest first, 50 at a time; `from` is the last answer's `next`")),
        Door::api(GET, "/api/v1/logs/changes/{idx}", logs::api::one::<logs::ReadChangeLog>)
            .doc(Doc { summary: "One entry of the changes log", ..Doc::default() }),
        Door::page(GET, "/logs/archive/export", logs::files::ask::<logs::ReadArchiveLog>),
        Door::page(POST, "/logs/archive/export", logs::files::begin::<logs::ReadArchiveLog>),
        Door::api(GET, "/api/v1/logs/archive", logs::api::list::<logs::ReadArchiveLog>)
            .doc(log_doc("The archive log, newest first, 50 at a time; `from` is the last answer's `next`")),
        Door::api(GET, "/api/v1/logs/archive/{idx}", logs::api::one::<logs::ReadArchiveLog>)
            .doc(Doc { summary: "One entry of the archive log", ..Doc::default() }),
        Door::page(GET, "/logs/exports/{id}", logs::files::progress),
        Door::page(GET, "/logs/exports/{id}/file", logs::files::file),
        Door::page(POST, "/logs/exports/{id}/stop", logs::files::stop),
        Door::page(GET, "/book", logs::book::pages::page),
        Door::page(GET, "/book/head", logs::book::pages::head),
        Door::page(GET, "/book/key", logs::book::pages::key_file),
        Door::page(GET, "/book/export", logs::book::pages::whole),
        Door::page(POST, "/book/checks", logs::book::pages::check),
        Door::page(POST, "/book/checks/{id}/stop", logs::book::pages::stop),
        Door::page(GET, "/book/entries/{idx}", logs::book::pages::entry),
        Door::api(GET, "/api/v1/book/head", logs::book::pages::head)
            .doc(Doc { summary: "The newest signed head of the book", ..Doc::default() }),
        Door::api(GET, "/api/v1/book/key", logs::book::pages::key_file).doc(Doc {
            summary: "The key that the heads are signed with, and its rotations",
            ..Doc::default()
        }),
        Door::api(GET, "/api/v1/book/export", logs::book::pages::whole).doc(Doc {
            summary: "The book as canonical JSON Lines, for vaktbok-verify",
            query: &["from"],
            ..Doc::default()
        }),
        Door::api(GET, "/api/v1/book/entries/{idx}/proof", logs::book::pages::entry_proof)
            .doc(Doc { summary: "The proof that an entry is in the book", ..Doc::default() }),
        Door::page(POST, "/logs/changes/{idx}/undo", logs::undo::page),
        Door::api(POST, "/api/v1/logs/changes/{idx}/undo", logs::undo::api)
            .doc(Doc { summary: "Undo a change; refused when it was changed again since", ..Doc::default() }),
    ]
}
