//! The door's right is its handler's: a handler that takes a grant cannot stand behind a door for anybody.

use axum::response::Response;
use kernel::door::{Ask, Door, Front};
use kernel::grant::Grant;
use kernel::policy::Machine;

async fn handler<S: Front>(_: S, _: Grant<Machine>, _: Ask) -> kernel::Result<Response> {
    todo!()
}

fn doors<S: Front>() -> Door<S> {
    Door::open(axum::http::Method::GET, "/machine", handler::<S>)
}

fn main() {}
