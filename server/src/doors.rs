//! Every URL of the product in one table. No route lives outside it; the matrix of rights is made from it.

mod logs;
mod rights;
mod signin;

use crate::App;
use crate::{api, archive, front, profiles, users};
use axum::http::Method;
use kernel::door::{Doc, Door, Gives};

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PATCH: Method = Method::PATCH;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

/// A form with as many chosen users as one request may be about.
const BULK_LIMIT_BYTES: usize = 32 * 1024;

/// The table. The gallery is open in the demo alone.
#[must_use]
pub fn doors(demo: bool) -> Vec<Door<App>> {
    let mut all = [
        front(),
        signing_in(),
        signin::keys(),
        signin::sessions(),
        logs::logs(),
        users(),
        people_api(),
        profiles(),
        rights::settings(),
        rights::access(),
        archive(),
        archive_api(),
    ]
    .concat();
    if demo {
        all.extend(gallery());
    }
    all
}

/// What stands before everything else: home, assets, health, the jump box.
fn front() -> Vec<Door<App>> {
    vec![
        Door::page(GET, "/", front::home::home),
        Door::page(GET, "/jump", front::jump::jump),
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
    use crate::signin::model::FORM_BYTES;
    use crate::signin::pages::{me, passwords, sign_in};
    vec![
        Door::open(GET, "/sign-in", sign_in::show),
        Door::open(POST, "/sign-in", sign_in::sign_in).limit(FORM_BYTES),
        Door::page(POST, "/sign-out", sign_in::sign_out),
        Door::open(GET, "/set-password/{link}", passwords::by_link),
        Door::open(POST, "/set-password/{link}", passwords::set_by_link).limit(FORM_BYTES),
        Door::page(GET, "/me", me::me),
        Door::page(POST, "/me/look", me::choose_look),
        Door::page(POST, "/me/sessions/end", me::end_own),
        Door::page(GET, "/users/{id}/sessions", me::of_user),
        Door::page(POST, "/users/{id}/sessions/end", me::end_of_user),
        Door::page(POST, "/users/{id}/link", me::hand_out_link),
        Door::page(GET, "/me/password", passwords::show_change),
        Door::page(POST, "/me/password", passwords::change).limit(FORM_BYTES),
    ]
}

/// Users and user groups.
fn users() -> Vec<Door<App>> {
    use users::import::pages as import;
    use users::pages::{act, bulk, edit, groups, list, moving, one};
    vec![
        Door::page(GET, "/users/import", import::form),
        Door::page(POST, "/users/import", import::upload).limit(import::MAX_UPLOAD_BYTES),
        Door::page(GET, "/users/import/{id}", import::show),
        Door::page(GET, "/users/import/{id}/faulty", users::import::preview::faulty),
        Door::page(POST, "/users/import/{id}/start", import::start),
        Door::page(POST, "/users/import/{id}/stop", import::stop),
        Door::page(POST, "/users/import/{id}/links", users::import::links::hand_out),
        Door::page(GET, "/users/export", import::export),
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
        Door::page(POST, "/archive/aside/{id}/retry", pages::aside_retry),
        Door::page(POST, "/archive/aside/{id}/discard", pages::aside_discard),
        Door::page(POST, "/archive/aside/{id}/download", pages::aside_download),
        Door::page(GET, "/archive/import", pages::import_form),
        Door::page(POST, "/archive/import", pages::import_send),
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
        "sort", "from", "limit",
    ];
    vec![
        Door::api(GET, "/api/v1/interactions", api::list).doc(Doc {
            summary: "Find interactions, newest first or by `sort` (started, length, agent, queue; `-` turns it round); words are sought in what was said",
            query: filters,
            gives: Gives::One("InteractionsBody"),
            ..Doc::default()
        }),
        Door::api(POST, "/api/v1/interactions", api::import).streams().doc(gives(
            "Bring in one vCon, or several with their recordings as a form",
            Gives::One("ImportedBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/quarantine", api::quarantine).doc(gives(
            "List what was set aside, newest first",
            Gives::One("QuarantineBody"),
            &["from"],
        )),
        Door::api(POST, "/api/v1/quarantine/{id}/retry", api::retry).doc(gives(
            "Bring a file in again that was set aside",
            Gives::One("ImportedBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/quarantine/{id}/discard", api::discard)
            .doc(says("Destroy a file that was set aside")),
        Door::api(POST, "/api/v1/quarantine/{id}/download", pages::aside_download)
            .doc(Doc { gives: Gives::File("*/*"), ..says("Fetch the bytes of a file that was set aside") }),
        Door::api(GET, "/api/v1/interactions/{id}", api::details).doc(gives(
            "Open an interaction's details",
            Gives::One("InteractionBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/interactions/{id}/openings", api::open).doc(takes(
            "Open an interaction's content for a while; say why where a reason is required",
            "ReasonBody",
            Gives::One("OpeningBody"),
        )),
        Door::api(GET, "/api/v1/interactions/{id}/openings/{opening}", api::documents).doc(gives(
            "Read the transcripts and chats of an opening, and see its recordings",
            Gives::One("OpenedBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/interactions/{id}/openings/{opening}/{content}", pages::sound).doc(gives(
            "Hear a recording of an opening, or a range of its bytes",
            Gives::File("audio/*"),
            &[],
        )),
        Door::api(POST, "/api/v1/interactions/{id}/content/{content}/download", pages::download).doc(takes(
            "Download a content",
            "ReasonBody",
            Gives::File("*/*"),
        )),
    ]
}

/// A creation or a change: what it does, takes and gives.
const fn takes(summary: &'static str, takes: &'static str, gives: Gives) -> Doc {
    Doc { summary, takes: Some(takes), gives, query: &[] }
}

/// A reading: what it gives.
const fn gives(summary: &'static str, gives: Gives, query: &'static [&'static str]) -> Doc {
    Doc { summary, takes: None, gives, query }
}

/// Users and user groups, for programs.
fn people_api() -> Vec<Door<App>> {
    use users::api as people;
    const FILTERS: &[&str] = &["q", "group", "kind", "state", "seen", "sort", "from", "limit", "limit"];
    let (user, group, made) = (Gives::One("UserBody"), Gives::One("GroupBody"), Gives::One("MadeBody"));
    let stands = |summary| takes(summary, "StandingBody", user);
    vec![
        Door::api(GET, "/api/v1/users", people::users).doc(gives(
            "List users within reach",
            Gives::One("UsersBody"),
            FILTERS,
        )),
        Door::api(POST, "/api/v1/users", people::create).doc(takes("Make a user", "NewUserBody", made)),
        Door::api(GET, "/api/v1/users/{id}", people::user).doc(gives("Read a user", user, &[])),
        Door::api(PATCH, "/api/v1/users/{id}", people::change).doc(takes(
            "Edit a user",
            "UserChangeBody",
            user,
        )),
        Door::api(GET, "/api/v1/users/{id}/move", people::move_preview).doc(gives(
            "See what a move would give and take, before it is made",
            Gives::One("MovePreviewBody"),
            &["group", "keep"],
        )),
        Door::api(POST, "/api/v1/users/{id}/move", people::relocate).doc(takes(
            "Move a user to a group",
            "MoveBody",
            user,
        )),
        Door::api(POST, "/api/v1/users/{id}/suspend", people::suspend)
            .doc(stands("Suspend a user, now or between two moments")),
        Door::api(POST, "/api/v1/users/{id}/resume", people::resume).doc(stands("End a user's suspension")),
        Door::api(POST, "/api/v1/users/{id}/deactivate", people::deactivate)
            .doc(stands("Deactivate a user; kept for the record")),
        Door::api(POST, "/api/v1/users/{id}/reactivate", people::reactivate).doc(stands("Reactivate a user")),
        Door::api(POST, "/api/v1/users/{id}/force-new-password", people::password)
            .doc(stands("Make a user choose a new password")),
        Door::api(GET, "/api/v1/groups", people::all_groups).doc(gives(
            "List groups within reach",
            Gives::List("GroupBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/groups", people::create_group).doc(takes(
            "Make a group",
            "NewGroupBody",
            made,
        )),
        Door::api(GET, "/api/v1/groups/{id}", people::one_group).doc(gives("Read a group", group, &[])),
        Door::api(PATCH, "/api/v1/groups/{id}", people::change_group).doc(takes(
            "Rename a group",
            "GroupChangeBody",
            group,
        )),
        Door::api(DELETE, "/api/v1/groups/{id}", people::delete_group).doc(gives(
            "Delete an empty group",
            Gives::Nothing,
            &[],
        )),
    ]
}

/// Skills, queues, profiles and the customer's own words.
fn profiles() -> Vec<Door<App>> {
    use profiles::api::{self as programs, *};
    use profiles::pages::{index, profile, queue, word};
    let (word_body, queue_body, body, made) =
        (Gives::One("WordBody"), Gives::One("QueueBody"), Gives::One("ProfileBody"), Gives::One("MadeBody"));
    vec![
        Door::page(GET, "/profiles", index),
        Door::page(POST, "/profiles", profile::create),
        Door::page(GET, "/profiles/new", profile::blank),
        Door::page(GET, "/profiles/words/new", word::blank),
        Door::page(POST, "/profiles/words", word::create),
        Door::page(GET, "/profiles/words/{id}", word::show),
        Door::page(POST, "/profiles/words/{id}", word::rename),
        Door::page(POST, "/profiles/words/{id}/remove", word::remove),
        Door::page(GET, "/profiles/queues/new", queue::blank),
        Door::page(POST, "/profiles/queues", queue::create),
        Door::page(GET, "/profiles/queues/{id}", queue::show),
        Door::page(POST, "/profiles/queues/{id}", queue::save),
        Door::page(POST, "/profiles/queues/{id}/remove", queue::remove),
        Door::page(GET, "/profiles/{id}", profile::show),
        Door::page(POST, "/profiles/{id}", profile::save),
        Door::page(POST, "/profiles/{id}/remove", profile::remove),
        Door::api(GET, "/api/v1/words", words).doc(gives(
            "List skills, pause reasons, categories or topics",
            Gives::List("WordBody"),
            &["kind"],
        )),
        Door::api(POST, "/api/v1/words", add_word).doc(takes(
            "Add a skill, pause reason, category or topic",
            "WordBody",
            made,
        )),
        Door::api(PATCH, "/api/v1/words/{id}", rename_word).doc(takes("Rename one", "WordBody", word_body)),
        Door::api(DELETE, "/api/v1/words/{id}", remove_word).doc(gives(
            "Remove one that nothing is made of",
            Gives::Nothing,
            &[],
        )),
        Door::api(GET, "/api/v1/queues", queues).doc(gives("List queues", Gives::List("QueueBody"), &[])),
        Door::api(POST, "/api/v1/queues", create_queue).doc(takes("Make a queue", "QueueBody", made)),
        Door::api(PUT, "/api/v1/queues/{id}", put_queue).doc(takes("Edit a queue", "QueueBody", queue_body)),
        Door::api(DELETE, "/api/v1/queues/{id}", delete_queue).doc(gives(
            "Delete a queue",
            Gives::Nothing,
            &[],
        )),
        Door::api(GET, "/api/v1/profiles", programs::profiles).doc(gives(
            "List profiles within reach",
            Gives::List("ProfileBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/profiles", create_profile).doc(takes("Make a profile", "ProfileBody", made)),
        Door::api(GET, "/api/v1/profiles/{id}", one_profile).doc(gives(
            "Read a profile with its skills",
            body,
            &[],
        )),
        Door::api(PUT, "/api/v1/profiles/{id}", put_profile).doc(takes(
            "Edit a profile's name and skills",
            "ProfileBody",
            body,
        )),
        Door::api(DELETE, "/api/v1/profiles/{id}", delete_profile).doc(gives(
            "Delete a profile",
            Gives::Nothing,
            &[],
        )),
    ]
}

/// Every page with its samples, for looking at.
fn gallery() -> Vec<Door<App>> {
    vec![
        Door::open(GET, "/ui/gallery", front::pages::gallery),
        Door::open(GET, "/ui/gallery/{*page}", front::pages::gallery_page),
    ]
}
