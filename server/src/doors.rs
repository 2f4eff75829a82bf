//! Every URL of the product in one table. No route lives outside it; the matrix of rights is made from it.

use crate::App;
use crate::{api, front};
use axum::http::Method;
use kernel::door::Door;

const GET: Method = Method::GET;

/// The table. The gallery is open in the demo alone.
#[must_use]
pub fn doors(demo: bool) -> Vec<Door<App>> {
    let mut all = [front()].concat();
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

/// Every page with its samples, for looking at.
fn gallery() -> Vec<Door<App>> {
    vec![
        Door::open(GET, "/ui/gallery", front::pages::gallery),
        Door::open(GET, "/ui/gallery/{*page}", front::pages::gallery_page),
    ]
}
