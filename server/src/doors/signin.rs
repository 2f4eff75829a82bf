//! The doors of keys, sessions and links, for people and for programs.

use super::{DELETE, GET, POST, gives, takes};
use crate::App;
use crate::signin::keys::{api, pages};
use kernel::door::{Door, Gives};

/// Sessions and password links, and files of users, for programs; and every session of the customer.
pub fn sessions() -> Vec<Door<App>> {
    use crate::signin::api;
    use crate::signin::pages::everybody;
    use crate::users::import::{api as imports, links, pages::MAX_UPLOAD_BYTES};
    vec![
        Door::page(GET, "/access/sessions", everybody::question),
        Door::page(POST, "/access/sessions/end", everybody::end),
        Door::api(POST, "/api/v1/sessions/end-all", api::end_everybodys).doc(takes(
            "End every session of the customer, but those of the users named",
            "EndAllBody",
            Gives::One("EndedBody"),
        )),
        Door::api(GET, "/api/v1/users/{id}/sessions", api::of_user).doc(gives(
            "List the sessions of a user",
            Gives::One("SessionsBody"),
            &[],
        )),
        Door::api(DELETE, "/api/v1/users/{id}/sessions", api::end_of_user).doc(gives(
            "End one session of a user, or all",
            Gives::Nothing,
            &["session", "reason"],
        )),
        Door::api(POST, "/api/v1/users/{id}/password-link", api::link).doc(gives(
            "Make a link by which a user sets a password; it is told this once",
            Gives::One("PasswordLinkBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/imports", imports::upload).limit(MAX_UPLOAD_BYTES).doc(gives(
            "Send a file of users (text/csv), to be looked at; nothing is imported yet",
            Gives::One("ImportBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/imports/{id}", imports::show).doc(gives(
            "What a file of users would do, how far it is, or what came of it",
            Gives::One("ImportBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/imports/{id}/start", imports::start).doc(takes(
            "Begin an import, or go on with it; the key must hold every right of its service user",
            "BeginImportBody",
            Gives::One("ImportBody"),
        )),
        Door::api(POST, "/api/v1/imports/{id}/stop", imports::stop).doc(gives(
            "Stop an import",
            Gives::One("ImportBody"),
            &[],
        )),
        Door::api(POST, "/api/v1/imports/{id}/links", links::api).doc(gives(
            "Make links for those whom an import made, at most 200 at once; each is told this once",
            Gives::One("ImportLinksBody"),
            &[],
        )),
        Door::api(GET, "/api/v1/exports/users", crate::users::import::pages::export).doc(gives(
            "The users within reach that fit the filters, as a file that an import takes",
            Gives::File("text/csv"),
            &["q", "group", "kind", "state", "seen"],
        )),
    ]
}

/// Keys of service users.
pub fn keys() -> Vec<Door<App>> {
    vec![
        Door::page(GET, "/access/keys", pages::list),
        Door::page(POST, "/access/keys", pages::create),
        Door::page(GET, "/access/keys/new", pages::blank),
        Door::page(GET, "/access/keys/{id}", pages::show),
        Door::page(POST, "/access/keys/{id}/end", pages::end),
        Door::api(GET, "/api/v1/keys", api::list).doc(gives(
            "List the keys of service users within reach, newest first",
            Gives::One("KeysBody"),
            &["user", "owner", "from"],
        )),
        Door::api(POST, "/api/v1/keys", api::create).doc(takes(
            "Make a key; its secret is in the first answer alone",
            "NewKeyBody",
            Gives::One("MadeKeyBody"),
        )),
        Door::api(GET, "/api/v1/keys/{id}", api::one).doc(gives("Read a key", Gives::One("KeyBody"), &[])),
        Door::api(DELETE, "/api/v1/keys/{id}", api::end).doc(gives("End a key", Gives::Nothing, &["reason"])),
    ]
}
