//! A handler that panics is our fault and told as such; nothing else notices.

use kernel::door::Door;
use kernel::policy::Anyone;
use kernel::{Access, Grant, Result};
use server::App;
use server::ops::request::Naming;
use server::ops::serve::Listening;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::oneshot;
use vaktbok_tests::{Http, Portal, World, both_engines};

/// What a panic might say, and nobody outside may read.
const INSIDE: &str = "the pepper is 4711";

async fn at_once(
    _app: App,
    _access: Option<Arc<Access>>,
    _ask: kernel::door::Ask,
) -> Result<axum::response::Response> {
    panic!("{INSIDE}")
}

async fn later(
    _app: App,
    _access: Option<Arc<Access>>,
    _ask: kernel::door::Ask,
) -> Result<axum::response::Response> {
    tokio::task::yield_now().await;
    panic!("{INSIDE}")
}

async fn in_a_read(
    app: App,
    _access: Option<Arc<Access>>,
    ask: kernel::door::Ask,
) -> Result<axum::response::Response> {
    let visitor: Grant<Anyone> = app.gate.visitor(app.gate.operator(), ask.head.origin.clone()).grant()?;
    visitor.read(&app.store, |_| -> Result<axum::response::Response> { panic!("{INSIDE}") }).await
}

/// The portal's own program with three doors that panic, beside it.
async fn panicking(portal: &Portal, world: &World) -> (SocketAddr, oneshot::Sender<()>) {
    let doors = vec![
        Door::open(axum::http::Method::GET, "/at-once", at_once),
        Door::open(axum::http::Method::GET, "/later", later),
        Door::open(axum::http::Method::GET, "/in-a-read", in_a_read),
    ];
    let listening = Listening::bind(&world.config()).await.unwrap();
    let address = listening.address();
    let naming = Naming { clock: kernel::Clock::system(), chance: kernel::Chance::system() };
    let (stop, stopped) = oneshot::channel::<()>();
    let router = kernel::door::router(portal.app().clone(), doors);
    tokio::spawn(listening.serve(router, naming, async { drop(stopped.await) }));
    (address, stop)
}

both_engines! {
    async fn s56_a_request_that_panics_is_answered_with_an_incident_number_and_poisons_no_pool(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let (address, _stop) = panicking(&portal, &world).await;
        let http = Http::new(address);
        // More often than there are threads, connections or places in any pool.
        for _ in 0..20 {
            for path in ["/at-once", "/later", "/in-a-read"] {
                let answer = http.get(path).send().await.expect(500);
                let text = answer.text();
                assert!(!text.contains(INSIDE) && !text.contains("panick") && !text.contains(".rs"), "{path}: {text}");
                let number = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| {
                    word.len() == 9 && word.as_bytes()[4] == b'-' && word.bytes().all(|b| b == b'-' || b.is_ascii_uppercase() || b.is_ascii_digit())
                });
                assert!(number, "{path} names an incident: {text}");
                assert!(answer.header("x-request-id").is_some());
            }
        }
        admin.get("/users").send().await.expect(200);
        admin.post("/groups").form(&[("name", "Efteråt"), ("kind", "agents")]).send().await.expect(303);
        portal.sign_in(&tenant.administrator).await;
    }
}
