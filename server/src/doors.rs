//! Every URL of the product in one table. No route lives outside it; the matrix of rights is made from it.

use crate::App;
use crate::{api, front, logs};
use axum::http::Method;
use kernel::door::{Doc, Door};

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// The table. The gallery is open in the demo alone.
#[must_use]
pub fn doors(demo: bool) -> Vec<Door<App>> {
    let mut all = [front(), logs()].concat();
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
        Door::open(GET, "/{*anything}", front::pages::nowhere),
    ]
}

/// The three logs and the book.
fn logs() -> Vec<Door<App>> {
    vec![
        Door::page(POST, "/logs/changes/{idx}/undo", logs::undo::page),
        Door::api(POST, "/api/v1/logs/changes/{idx}/undo", logs::undo::api)
            .doc(Doc { summary: "Undo a change; refused when it was changed again since", ..Doc::default() }),
    ]
}

/// Every page with its samples, for looking at.
fn gallery() -> Vec<Door<App>> {
    vec![
        Door::open(GET, "/ui/gallery", front::pages::gallery),
        Door::open(GET, "/ui/gallery/{*page}", front::pages::gallery_page),
    ]
}
