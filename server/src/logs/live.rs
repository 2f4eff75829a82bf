//! New entries as they come, as server-sent events (WHATWG HTML, section 9.2).
//!
//! - Each second at most one look, woken by a commit; a comment line every [`HEARTBEAT`] keeps the connection known.
//! - It ends with the session, with the right, and when the reader has gone; a quarter of an hour on it is an entry again.

use super::listing::{self, Wanted};
use super::pages::{columns, row};
use super::{Kind, asked, reading};
use crate::App;
use crate::front::{SESSION_COOKIE, answer, cookie};
use crate::ui::table::Table;
use crate::ui::{Address, Locale};
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use kernel::door::Ask;
use kernel::{Error, Grant, Result, Timestamp};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_stream::wrappers::ReceiverStream;

/// Live pages of this process.
pub const MAX_LIVE_PAGES: usize = 500;
/// Between two signs of life.
pub const HEARTBEAT: Duration = Duration::from_secs(15);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);

static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MAX_LIVE_PAGES)));

/// What a live page goes on with.
struct Live<K> {
    app: App,
    grant: Grant<K>,
    secret: String,
    wanted: Wanted,
    t: Locale,
    here: Address,
    view: String,
    told: Timestamp,
    _place: OwnedSemaphorePermit,
}

/// `GET` of a log's live entries.
pub async fn live<K: Kind>(app: App, grant: Grant<K>, ask: Ask) -> Result<Response> {
    let wants = ask.head.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !wants.contains("text/event-stream") {
        // Somebody followed the address by hand: the page itself is what they want.
        return answer::see_other(K::PATH);
    }
    let place =
        Arc::clone(&PLACES).try_acquire_owned().map_err(|_| Error::Limit("logs-too-many-live".into()))?;
    let t = app.shell(grant.access()).await?.t;
    let now = app.store.clock().now();
    let mut fields = ask.query();
    let wanted = asked::wanted(K::LOG, &mut fields, now, t.zone)?;
    fields.done()?;
    let secret = cookie(&ask.head.headers, SESSION_COOKIE).ok_or(Error::SignedOut)?.to_owned();
    let view = reading::view(&ask);
    reading::told(&app, &grant, &view).await?;
    let text = ask.head.uri.path_and_query().map_or(K::PATH, |p| p.as_str());
    let query = text.split_once('?').map_or("", |(_, query)| query);
    let here = Address::parse(&format!("{}?{query}", K::PATH)).without(&["after"]);
    let (sender, pieces) = mpsc::channel::<std::io::Result<Bytes>>(4);
    let live = Live { app, grant, secret, wanted, t, here, view, told: now, _place: place };
    tokio::spawn(live.run(sender));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Body::from_stream(ReceiverStream::new(pieces))).into_response())
}

impl<K: Kind> Live<K> {
    async fn run(mut self, sender: mpsc::Sender<std::io::Result<Bytes>>) {
        let mut commits = self.app.store.commits();
        let mut quiet = tokio::time::Instant::now();
        // The first bytes tell the browser that the connection stands.
        if sender.send(Ok(Bytes::from_static(b": here\n\n"))).await.is_err() {
            return;
        }
        loop {
            let piece = match self.look().await {
                Ok(piece) => piece,
                Err(_) => return,
            };
            let piece = match piece {
                Some(rows) => Some(rows),
                None if quiet.elapsed() >= HEARTBEAT => Some(": still here\n\n".to_owned()),
                None => None,
            };
            if let Some(piece) = piece {
                quiet = tokio::time::Instant::now();
                if sender.send(Ok(Bytes::from(piece))).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                () = sender.closed() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            if self.app.store.alone() {
                // Nobody else can add an entry: there is nothing to look for before the next commit, but the reader's session.
                tokio::select! {
                    () = sender.closed() => return,
                    () = tokio::time::sleep(HEARTBEAT) => {}
                    _ = commits.changed() => {}
                }
            }
        }
    }

    /// New rows as one event, oldest first. An error ends the page.
    async fn look(&mut self) -> Result<Option<String>> {
        let origin = self.grant.access().origin().clone();
        // Reads the session anew without moving its last use: looking on is not using.
        self.app.gate.still(&self.secret, origin).await?.grant::<K>()?;
        let now = self.app.store.clock().now();
        if now.seconds_since(self.told) >= reading::AGAIN_SECONDS {
            reading::told(&self.app, &self.grant, &self.view).await?;
            self.told = now;
        }
        let wanted = self.wanted.clone();
        let listed = self.grant.read(&self.app.store, move |r| listing::list(r, &wanted)).await?;
        let Some(newest) = listed.entries.first() else { return Ok(None) };
        self.wanted.after = Some(newest.idx);
        let rows = listed.entries.iter().rev().map(|entry| row(&self.t, entry, &self.here)).collect();
        let table =
            Table::new("entries", String::new(), columns(&self.t, K::LOG, &self.here)).rows(rows).in_drawer();
        let mut event = String::from("event: row\n");
        for line in table.rows_only().as_str().lines().filter(|line| !line.trim().is_empty()) {
            event.push_str("data: ");
            event.push_str(line);
            event.push('\n');
        }
        event.push('\n');
        Ok(Some(event))
    }
}
