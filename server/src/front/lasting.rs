//! An answer that takes its time – a recording, an export – ends with what it was asked by: once the session or the key has
//! ended, its holder is out, or may no longer open this door, not another byte goes out.
//!
//! - While it is under way it counts as a use of the session: a long download is not cut for idleness.
//! - A live page proves by itself that it may go on (`logs/live`), and is no use: it must not keep an idle session alive.
//! - Whoever takes it sees an answer that is shorter than was said, and so a transfer that failed.

use super::{SESSION_COOKIE, bearer, cookie};
use crate::App;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use kernel::door::{For, Head, Sign};
use kernel::gate::Key;
use kernel::{Access, Error, Origin, Result};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Between two looks at whether it may go on.
const LOOK: Duration = Duration::from_millis(500);
/// An answer no larger is on its way before anything could have changed.
const SMALL_BYTES: u64 = 256 * 1024;

/// The same answer, which ends when who asked for it may have it no longer.
pub fn while_allowed(app: &App, door: &Sign, head: &Head, response: Response) -> Response {
    let small = response.body().size_hint().upper().is_some_and(|bytes| bytes <= SMALL_BYTES);
    let secret = match door.who {
        For::People => cookie(&head.headers, SESSION_COOKIE),
        For::Programs => bearer(&head.headers),
        For::Anybody => None,
    };
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let live = kind == Some(b"text/event-stream".as_slice());
    let (false, Some(secret)) = (small || live, secret) else { return response };
    let asked = Asked {
        app: app.clone(),
        who: door.who,
        right: head.access.as_ref().filter(|access| access.holds(door.right)).map(|_| door.right),
        secret: secret.to_owned(),
        origin: head.origin.clone(),
        looked: Instant::now(),
    };
    response.map(|body| Body::from_stream(guarded(asked, body)))
}

struct Asked {
    app: App,
    who: For,
    /// The door's right, unless everybody who has come in holds it.
    right: Option<&'static str>,
    secret: String,
    origin: Origin,
    looked: Instant,
}

impl Asked {
    /// Looks again if the last look was a while ago.
    async fn may_go_on(&mut self) -> Result<()> {
        if self.looked.elapsed() < LOOK {
            return Ok(());
        }
        let access = self.holder().await?;
        self.looked = Instant::now();
        self.right.filter(|right| !access.holds(right)).map_or(Ok(()), |right| Err(Error::Forbidden(right)))
    }
    async fn holder(&self) -> Result<Arc<Access>> {
        let (gate, origin) = (&self.app.gate, self.origin.clone());
        if self.who == For::People {
            return gate.session(&self.secret, origin).await;
        }
        match gate.key(&self.secret, origin).await? {
            Key::Opens(opens) => Ok(opens.access),
            Key::Refused(refusal) => Err(refusal.why.into()),
        }
    }
}

fn guarded(asked: Asked, body: Body) -> impl Stream<Item = std::result::Result<Bytes, std::io::Error>> {
    futures_util::stream::unfold(Some((asked, body.into_data_stream())), |under_way| async {
        let (mut asked, mut body) = under_way?;
        let piece = body.next().await?;
        if let Err(cause) = asked.may_go_on().await {
            tracing::info!(%cause, request = %asked.origin.request, "an answer was broken off");
            return Some((Err(std::io::Error::other(cause)), None));
        }
        Some((piece.map_err(std::io::Error::other), Some((asked, body))))
    })
}
