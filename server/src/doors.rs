//! Every URL of the product in one table. No route lives outside it; the matrix of rights is made from it.

use crate::App;
use crate::{api, archive, front, logs, signin, users};
use axum::http::Method;
use kernel::door::{Doc, Door};

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// A form with as many chosen users as one request may be about.
const BULK_LIMIT_BYTES: usize = 32 * 1024;

/// The table. The gallery is open in the demo alone.
#[must_use]
pub fn doors(demo: bool) -> Vec<Door<App>> {
    let mut all = [front(), signing_in(), logs(), users(), archive(), archive_api()].concat();
    if demo {
        all.extend(gallery());
    }
    all
}

/// What stands before everything else: home, assets, health, the jump box.
fn front() -> Vec<Door<App>> {
    vec![
        Door::page(GET, "/", front::pages::home),
        Door::page(GET, "/jump", front::pages::jump),
        Door::page(GET, "/api", api::pages::reading),
        Door::open(GET, "/api/v1/openapi.json", api::pages::openapi),
        Door::open(GET, "/assets/{file}", front::pages::asset),
        Door::open(GET, "/favicon.ico", front::pages::mark),
        Door::open(GET, "/healthz", front::pages::healthz),
        Door::open(GET, "/readyz", front::pages::readyz),
        Door::open(GET, "/metrics", front::pages::metrics),
        Door::open(GET, "/{*anything}", front::pages::nowhere),
    ]
}

/// Coming in, leaving, passwords.
fn signing_in() -> Vec<Door<App>> {
    use signin::model::FORM_BYTES;
    use signin::pages::{passwords, sign_in};
    vec![
        Door::open(GET, "/sign-in", sign_in::show),
        Door::open(POST, "/sign-in", sign_in::sign_in).limit(FORM_BYTES),
        Door::page(POST, "/sign-out", sign_in::sign_out),
        Door::open(GET, "/set-password/{link}", passwords::by_link),
        Door::open(POST, "/set-password/{link}", passwords::set_by_link).limit(FORM_BYTES),
        Door::page(GET, "/me/password", passwords::show_change),
        Door::page(POST, "/me/password", passwords::change).limit(FORM_BYTES),
    ]
}

/// The three logs and the book.
fn logs() -> Vec<Door<App>> {
    vec![
        Door::page(GET, "/logs/access", logs::pages::list::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/access/live", logs::live::live::<logs::ReadAccessLog>),
        Door::page(GET, "/logs/changes", logs::pages::list::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/changes/live", logs::live::live::<logs::ReadChangeLog>),
        Door::page(GET, "/logs/archive", logs::pages::list::<logs::ReadArchiveLog>),
        Door::page(GET, "/logs/archive/live", logs::live::live::<logs::ReadArchiveLog>),
        Door::page(POST, "/logs/changes/{idx}/undo", logs::undo::page),
        Door::api(POST, "/api/v1/logs/changes/{idx}/undo", logs::undo::api)
            .doc(Doc { summary: "Undo a change; refused when it was changed again since", ..Doc::default() }),
    ]
}

/// Users and user groups.
fn users() -> Vec<Door<App>> {
    use users::pages::{act, bulk, edit, groups, list, moving, one};
    vec![
        Door::page(GET, "/users", list::list),
        Door::page(POST, "/users", edit::create),
        Door::page(GET, "/users/new", edit::blank),
        Door::page(POST, "/users/bulk", bulk::question).limit(BULK_LIMIT_BYTES),
        Door::page(POST, "/users/bulk/do", bulk::deed).limit(BULK_LIMIT_BYTES),
        Door::page(GET, "/users/{id}", one::show),
        Door::page(GET, "/users/{id}/edit", edit::edit),
        Door::page(POST, "/users/{id}/edit", edit::save),
        Door::page(GET, "/users/{id}/move", moving::ask_move),
        Door::page(POST, "/users/{id}/move", moving::move_user),
        Door::page(GET, "/users/{id}/suspend", act::ask_suspend),
        Door::page(POST, "/users/{id}/suspend", act::suspend),
        Door::page(GET, "/users/{id}/resume", act::ask_resume),
        Door::page(POST, "/users/{id}/resume", act::resume),
        Door::page(GET, "/users/{id}/deactivate", act::ask_deactivate),
        Door::page(POST, "/users/{id}/deactivate", act::deactivate),
        Door::page(GET, "/users/{id}/reactivate", act::ask_reactivate),
        Door::page(POST, "/users/{id}/reactivate", act::reactivate),
        Door::page(GET, "/users/{id}/password", act::ask_password),
        Door::page(POST, "/users/{id}/password", act::password),
        Door::page(GET, "/groups", groups::list),
        Door::page(POST, "/groups", groups::create),
        Door::page(GET, "/groups/new", groups::blank),
        Door::page(GET, "/groups/{id}", groups::show),
        Door::page(POST, "/groups/{id}/rename", groups::rename),
        Door::page(POST, "/groups/{id}/delete", groups::delete),
    ]
}

/// Finding, opening, hearing and bringing in interactions.
fn archive() -> Vec<Door<App>> {
    use archive::pages;
    vec![
        Door::page(GET, "/archive", pages::list),
        Door::page(GET, "/archive/aside", pages::asides),
        Door::page(GET, "/archive/import", pages::import_form),
        Door::page(POST, "/archive/import", pages::import_send)
            .limit(archive::import::upload::MAX_UPLOAD_BYTES),
        Door::page(GET, "/archive/import/{job}", pages::import_progress),
        Door::page(POST, "/archive/import/{job}/stop", pages::import_stop),
        Door::page(GET, "/archive/{id}", pages::interaction),
        Door::page(POST, "/archive/{id}/open", pages::open),
        Door::page(GET, "/archive/{id}/openings/{opening}/{content}", pages::sound),
        Door::page(POST, "/archive/{id}/openings/{opening}/{content}/heard", pages::heard),
        Door::page(POST, "/archive/{id}/content/{content}/download", pages::download),
    ]
}

/// The same for programs.
fn archive_api() -> Vec<Door<App>> {
    use archive::{api, pages};
    let says = |summary| Doc { summary, ..Doc::default() };
    let filters = &[
        "q", "words", "since", "until", "medium", "agent", "group", "queue", "least", "most", "recorded",
        "from",
    ];
    vec![
        Door::api(GET, "/api/v1/interactions", api::list).doc(Doc {
            summary: "Find interactions, newest first; words are sought in what was said",
            query: filters,
            ..Doc::default()
        }),
        Door::api(POST, "/api/v1/interactions", api::import)
            .limit(archive::import::upload::MAX_UPLOAD_BYTES)
            .doc(says("Bring in one vCon, or several with their recordings as a form")),
        Door::api(GET, "/api/v1/interactions/{id}", api::details).doc(says("Open an interaction's details")),
        Door::api(POST, "/api/v1/interactions/{id}/openings", api::open)
            .doc(says("Open an interaction's content for a while; say why where a reason is required")),
        Door::api(GET, "/api/v1/interactions/{id}/openings/{opening}", api::documents)
            .doc(says("Read the transcripts and chats of an opening, and see its recordings")),
        Door::api(GET, "/api/v1/interactions/{id}/openings/{opening}/{content}", pages::sound)
            .doc(says("Hear a recording of an opening, or a range of its bytes")),
        Door::api(POST, "/api/v1/interactions/{id}/content/{content}/download", pages::download)
            .doc(says("Download a content")),
    ]
}

/// Every page with its samples, for looking at.
fn gallery() -> Vec<Door<App>> {
    vec![
        Door::open(GET, "/ui/gallery", front::pages::gallery),
        Door::open(GET, "/ui/gallery/{*page}", front::pages::gallery_page),
    ]
}
