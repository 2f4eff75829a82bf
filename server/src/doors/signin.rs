//! The doors of keys, sessions and links, for people and for programs.

use super::{DELETE, GET, POST, gives, takes};
use crate::App;
use crate::signin::keys::{api, pages};
use kernel::door::Door;

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
            Some("KeysBody"),
            &["user", "owner", "from"],
        )),
        Door::api(POST, "/api/v1/keys", api::create).doc(takes(
            "Make a key; its secret is in the first answer alone",
            "NewKeyBody",
            Some("MadeKeyBody"),
        )),
        Door::api(GET, "/api/v1/keys/{id}", api::one).doc(gives("Read a key", Some("KeyBody"), &[])),
        Door::api(DELETE, "/api/v1/keys/{id}", api::end).doc(gives("End a key", None, &["reason"])),
    ]
}
