//! The doors of the three logs and the book.

use super::{DELETE, GET, PATCH, POST, gives, takes};
use crate::{App, logs};
use kernel::door::{Doc, Door, Gives};

fn log_doc(summary: &'static str) -> Doc {
    Doc {
        summary,
        query: &[
            "q", "time", "since", "until", "from", "after", "name", "result", "reason", "typed", "user",
            "actor", "behalf", "client", "way", "door", "address", "country", "network", "browser", "system",
            "method", "kind", "subject", "setting", "level", "group", "queue", "right", "medium", "agent",
            "request", "list",
        ],
        gives: Gives::One("LogBody"),
        ..Doc::default()
    }
}

/// Taking changes back: what that would do, and doing it.
fn undoing() -> [Door<App>; 5] {
    [
        Door::page(GET, "/logs/changes/lasting", logs::undo::lasting_page),
        Door::page(GET, "/logs/changes/{idx}/undo", logs::undo::preview),
        Door::api(GET, "/api/v1/logs/changes/{idx}/undo", logs::undo::preview_api).doc(gives(
            "What undoing a change would set back, or what keeps it from being undone",
            Gives::One("UndoPlanBody"),
            &[],
        )),
        Door::page(POST, "/logs/changes/{idx}/undo", logs::undo::page),
        Door::api(POST, "/api/v1/logs/changes/{idx}/undo", logs::undo::api).doc(gives(
            "Undo a change; refused when it was changed again since",
            Gives::One("UndoneBody"),
            &[],
        )),
    ]
}

/// The three logs and the book.
pub fn logs() -> Vec<Door<App>> {
    let mut doors = vec![
        Door::page(GET, "/logs/access", logs::pages::list::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/access/live", logs::live::live::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/changes", logs::pages::list::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/changes/live", logs::live::live::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/archive", logs::pages::list::<logs::ReadArchiveLog>),
        Door::page(GET, "/logs/archive/live", logs::live::live::<logs::ReadArchiveLog>),
        Door::page(GET, "/logs/access/export", logs::files::ask::<logs::ReadAccessLog>),
        Door::page(POST, "/logs/access/export", logs::files::begin::<logs::ReadAccessLog>),
        Door::api(GET, "/api/v1/logs/access", logs::api::list::<logs::ReadAccessLog>)
            .doc(log_doc("The access log, newest first, 50 at a time; `from` is the last answer's `next`. With `after` oldest first after that index, to follow the log")),
        Door::api(GET, "/api/v1/logs/access/{idx}", logs::api::one::<logs::ReadAccessLog>).doc(gives(
            "One entry of the access log",
            Gives::One("EntryBody"),
            &[],
        )),
        Door::page(GET, "/logs/changes/export", logs::files::ask::<logs::ReadChangeLog>),
        Door::page(POST, "/logs/changes/export", logs::files::begin::<logs::ReadChangeLog>),
        Door::api(GET, "/api/v1/logs/changes", logs::api::list::<logs::ReadChangeLog>)
            .doc(log_doc("The change log, newest first, 50 at a time; `from` is the last answer's `next`. With `after` oldest first after that index, to follow the log")),
        Door::api(GET, "/api/v1/logs/changes/{idx}", logs::api::one::<logs::ReadChangeLog>).doc(gives(
            "One entry of the changes log",
            Gives::One("EntryBody"),
            &[],
        )),
        Door::page(GET, "/logs/archive/export", logs::files::ask::<logs::ReadArchiveLog>),
        Door::page(POST, "/logs/archive/export", logs::files::begin::<logs::ReadArchiveLog>),
        Door::api(GET, "/api/v1/logs/archive", logs::api::list::<logs::ReadArchiveLog>)
            .doc(log_doc("The archive log, newest first, 50 at a time; `from` is the last answer's `next`. With `after` oldest first after that index, to follow the log")),
        Door::api(GET, "/api/v1/logs/archive/{idx}", logs::api::one::<logs::ReadArchiveLog>).doc(gives(
            "One entry of the archive log",
            Gives::One("EntryBody"),
            &[],
        )),
        Door::page(GET, "/logs/exports", logs::files::list),
        Door::page(GET, "/logs/exports/{id}", logs::files::progress),
        Door::page(GET, "/logs/exports/{id}/file", logs::files::file),
        Door::page(POST, "/logs/exports/{id}/stop", logs::files::stop),
        Door::page(GET, "/book", logs::book::pages::page),
        Door::page(GET, "/book/head", logs::book::papers::head),
        Door::page(GET, "/book/heads", logs::book::papers::heads_page),
        Door::page(GET, "/book/consistency", logs::book::papers::consistency),
        Door::page(GET, "/book/key", logs::book::papers::key_file),
        Door::page(POST, "/book/key/rotate", logs::book::papers::rotate),
        Door::page(GET, "/book/export", logs::book::papers::whole),
        Door::page(POST, "/book/checks", logs::book::pages::check),
        Door::page(POST, "/book/checks/{id}/stop", logs::book::pages::stop),
        Door::page(GET, "/book/entries/{idx}", logs::book::pages::entry),
        Door::page(GET, "/book/entries/{idx}/extract", logs::book::papers::extract),
        Door::api(GET, "/api/v1/book/handouts", logs::book::handout::said::api).doc(gives(
            "Where each new head is handed out to, how far, and why not further",
            Gives::One("HandoutsBody"),
            &[],
        )),
    ];
    doors.extend(counts());
    doors.extend(searches());
    doors.extend(undoing());
    doors.extend(files_api());
    doors.extend(book_api());
    doors
}

/// The logs counted over time, as the strips above their lists.
fn counts() -> [Door<App>; 3] {
    fn doc(summary: &'static str) -> Doc {
        Doc { gives: Gives::One("CountsBody"), ..log_doc(summary) }
    }
    use logs::api::counts;
    [
        Door::api(GET, "/api/v1/logs/access/counts", counts::<logs::ReadAccessLog>)
            .doc(doc("The access log counted over time, by the filters of its list; at most 48 stretches")),
        Door::api(GET, "/api/v1/logs/changes/counts", counts::<logs::ReadChangeLog>)
            .doc(doc("The change log counted over time, by the filters of its list; at most 48 stretches")),
        Door::api(GET, "/api/v1/logs/archive/counts", counts::<logs::ReadArchiveLog>)
            .doc(doc("The archive log counted over time, by the filters of its list; at most 48 stretches")),
    ]
}

/// Filters of a log or the archive that got a name.
fn searches() -> [Door<App>; 8] {
    use logs::saved::{api, pages};
    let made = Gives::One("MadeBody");
    [
        Door::page(GET, "/searches", pages::page),
        Door::page(POST, "/searches", pages::save),
        Door::page(POST, "/searches/{id}/rename", pages::rename),
        Door::page(POST, "/searches/{id}/delete", pages::delete),
        Door::api(GET, "/api/v1/searches", api::list).doc(gives(
            "List the saved searches of the logs and the archive, as far as they open: one's own, and those that are shared",
            Gives::List("SearchLine"),
            &[],
        )),
        Door::api(POST, "/api/v1/searches", api::save).doc(takes(
            "Save filters of a log or the archive under a name; to share them takes the right to change settings",
            "SearchBody",
            made,
        )),
        Door::api(PATCH, "/api/v1/searches/{id}", api::rename).doc(takes(
            "Rename a saved search",
            "SearchNameBody",
            Gives::One("SearchLine"),
        )),
        Door::api(DELETE, "/api/v1/searches/{id}", api::delete).doc(gives(
            "Delete a saved search",
            Gives::Nothing,
            &[],
        )),
    ]
}

/// Logs as files, for programs.
fn files_api() -> Vec<Door<App>> {
    use logs::files::api as files;
    fn order(summary: &'static str) -> Doc {
        Doc { takes: Some("OrderLogFileBody"), gives: Gives::One("MadeBody"), ..log_doc(summary) }
    }
    let one = Gives::One("LogFileBody");
    vec![
        Door::api(POST, "/api/v1/logs/access/exports", files::begin::<logs::ReadAccessLog>)
            .doc(order("Order a file of the access log, by the filters of its list")),
        Door::api(POST, "/api/v1/logs/changes/exports", files::begin::<logs::ReadChangeLog>)
            .doc(order("Order a file of the change log, by the filters of its list")),
        Door::api(POST, "/api/v1/logs/archive/exports", files::begin::<logs::ReadArchiveLog>)
            .doc(order("Order a file of the archive log, by the filters of its list")),
        Door::api(GET, "/api/v1/logs/exports", files::list).doc(gives(
            "The files of logs that one ordered, newest first, at most 50",
            Gives::List("LogFileBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/logs/exports/{id}", files::show).doc(gives(
            "How far a file of a log is",
            one,
            &[],
        )),
        Door::api(GET, "/api/v1/logs/exports/{id}/file", logs::files::file).doc(gives(
            "A file of a log that is done, for 24 hours; each fetching is an entry",
            Gives::File("*/*"),
            &[],
        )),
        Door::api(POST, "/api/v1/logs/exports/{id}/stop", files::stop).doc(gives(
            "Stop making a file of a log",
            one,
            &[],
        )),
    ]
}

/// The book for programs.
fn book_api() -> Vec<Door<App>> {
    let text = Gives::File("text/plain; charset=utf-8");
    vec![
        Door::api(GET, "/api/v1/book/head", logs::book::papers::head)
            .doc(gives("A signed head (C2SP checkpoint) of the book, the newest if no size is named", text, &["size"])),
        Door::api(GET, "/api/v1/book/heads", logs::book::papers::heads_list)
            .doc(gives("The signed heads, newest first, 50 at a time; `from` is the last answer's `next`", Gives::One("HeadsBody"), &["from"])),
        Door::api(GET, "/api/v1/book/consistency", logs::book::papers::consistency).doc(gives(
            "The proof (RFC 6962, 2.1.2) that the book only grew from one signed head to another",
            Gives::One("ConsistencyBody"), &["from", "to"],
        )),
        Door::api(GET, "/api/v1/book/key", logs::book::papers::key_file)
            .doc(gives("The key that the heads are signed with, and its rotations", text, &[])),
        Door::api(POST, "/api/v1/book/key/rotate", logs::book::papers::rotate_api)
            .doc(gives("Hand the signing key over to a new one", Gives::One("RotatedBody"), &[])),
        Door::api(GET, "/api/v1/book/export", logs::book::papers::whole).doc(gives(
            "The book as canonical JSON Lines up to a signed head, for vaktbok-verify; `head` is the head's size",
            Gives::File("application/jsonl; charset=utf-8"), &["from", "head"],
        )),
        Door::api(GET, "/api/v1/book/entries/{idx}/proof", logs::book::pages::entry_proof)
            .doc(gives("The proof that an entry is in the book", Gives::One("ProofBody"), &[])),
        Door::api(GET, "/api/v1/book/entries/{idx}/extract", logs::book::papers::extract)
            .doc(gives("One entry with its proof and head (C2SP tlog-proof), for vaktbok-verify --extract", text, &[])),
        Door::api(GET, "/api/v1/book/tile/{*path}", logs::book::papers::tile)
            .doc(gives("Hashes of the tree (C2SP tlog-tiles)", Gives::File("application/octet-stream"), &[])),
    ]
}
