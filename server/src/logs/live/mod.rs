//! New entries as they come, as server-sent events (WHATWG HTML, section 9.2).
//!
//! - One watcher reads what is new for all pages of a customer in this process; a page looks at rows of its own only to prove
//!   that its session, its right and its reach still hold: after an entry that could have changed them, and every [`HEARTBEAT`].
//! - At most a list's worth of rows is sent a second; of what is more the page is told, with a link. Nothing is lost in silence.
//! - Each event carries the index up to which all is told, so that a connection that broke goes on from there.
//! - Places are shared out; who gets none is told so by a sentence, and the page works as it does without script.
//! - It ends with the session, with the right, and when the reader has gone; a quarter of an hour on it is an entry again.

mod page;
mod places;
mod watch;

pub use places::{Full, MAX_LIVE_PAGES, MAX_LIVE_PAGES_A_SESSION, Place, Places};
pub use watch::Watches;

use super::{Kind, asked, queries, reading};
use crate::App;
use crate::front::{SESSION_COOKIE, answer, cookie};
use crate::ui::Address;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kernel::door::Ask;
use kernel::{Actor, Error, Grant, Result, Uuid};
use page::Live;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Between two signs of life, and between two proofs that a page may go on.
pub const HEARTBEAT: Duration = Duration::from_secs(15);
/// A page that found no place asks again after so long.
const AGAIN_MS: u32 = 30_000;
/// The header in which a browser says what it was told last.
const LAST_TOLD: &str = "last-event-id";

/// One piece of a stream.
type Piece = std::io::Result<Bytes>;

/// `GET` of a log's live entries.
pub async fn live<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let wants = ask.head.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !wants.contains("text/event-stream") {
        // Somebody followed the address by hand: the page itself is what they want.
        return answer::see_other(K::PATH);
    }
    let t = app.shell(grant.access()).await?.t;
    let now = app.store.clock().now();
    let mut fields = ask.query();
    let mut wanted = asked::wanted(K::LOG, &mut fields, now, t.zone)?;
    fields.done()?;
    let last = ask.head.headers.get(LAST_TOLD).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    wanted.after = last.or(wanted.after);
    let secret = cookie(&ask.head.headers, SESSION_COOKIE).ok_or(Error::SignedOut)?.to_owned();
    let session = match grant.access().actor() {
        Actor::User { session, .. } => session.0,
        _ => Uuid::nil(),
    };
    let place = match app.live.places.take(grant.access().tenant(), session) {
        Ok(place) => place,
        Err(full) => return Ok(streamed(Body::from(refused(&t, full)))),
    };
    let view = reading::view(&ask);
    reading::told(&app, &grant, &view).await?;
    let following = watch::follow(&app, grant.access().tenant()).await?;
    let reach = grant.read(&app.store, queries::reach).await?;
    let text = ask.head.uri.path_and_query().map_or(K::PATH, |p| p.as_str());
    let query = text.split_once('?').map_or("", |(_, query)| query);
    let here = Address::parse(&format!("{}?{query}", K::PATH)).without(&["after"]);
    let (sender, pieces) = mpsc::channel::<Piece>(4);
    let live = Live::new(app, grant, (secret, view), wanted, (t, here), reach, place);
    tokio::spawn(live.run(following, sender));
    Ok(streamed(Body::from_stream(ReceiverStream::new(pieces))))
}

fn streamed(body: Body) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, body).into_response()
}

/// What a page without a place is told; it asks again by itself.
fn refused(t: &crate::ui::Locale, full: Full) -> String {
    let sentence = match full {
        Full::Session => t.say1("logs-live-full-session", "most", MAX_LIVE_PAGES_A_SESSION),
        Full::Tenant => t.say("logs-live-full"),
    };
    format!("retry: {AGAIN_MS}\nevent: full\ndata: {sentence}\n\n")
}
