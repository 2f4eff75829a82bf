//! What happens in the story, one moment after the other.
//!
//! - Everything is asked for in the order of its time, so that the book never steps back; what stands close together is
//!   committed together.
//! - Whoever acts is looked up by their session just before, as a request would be: who has left does nothing.

use super::people::Town;
use crate::App;
use futures_util::StreamExt;
use kernel::{Access, Error, Event, Origin, RequestId, Result, Timestamp, Way};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Things asked for at once.
const AT_ONCE: usize = 256;

/// A piece of the story under way.
pub type Step<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;
/// What somebody does, once it is known who they are.
pub type Deed<'a> = Box<dyn FnOnce(Arc<Access>) -> Step<'a, ()> + Send + 'a>;

/// Who does it.
#[derive(Clone, Debug)]
pub enum Who {
    /// Somebody who is not in.
    Visitor,
    /// The holder of this secret.
    Session(Arc<str>),
    /// The holder of this secret, who leaves.
    Leaving(Arc<str>),
}

/// One thing that happens.
pub struct Happening<'a> {
    /// When.
    pub at: Timestamp,
    /// From which address.
    pub address: &'a str,
    /// By whom.
    pub who: Who,
    /// The secret that opens from then on.
    pub begins: Option<Arc<str>>,
    /// What.
    pub deed: Deed<'a>,
    /// Whether it looks at what was before, so that all of that has to be there.
    pub alone: bool,
}

impl<'a> Happening<'a> {
    /// Somebody who is in makes one change.
    pub fn of<E>(app: &'a App, secret: &Arc<str>, at: Timestamp, address: &'a str, event: E) -> Self
    where
        E: Event + Send + 'a,
        E::Output: Send,
    {
        Self {
            at,
            address,
            who: Who::Session(Arc::clone(secret)),
            begins: None,
            deed: Box::new(move |access| {
                Box::pin(async move { access.grant()?.apply(&app.store, event).await.map(drop) })
            }),
            alone: false,
        }
    }
}

/// Runs all of these, some at once, in order.
pub async fn all<T: Send>(steps: Vec<Step<'_, T>>) -> Result<Vec<T>> {
    futures_util::stream::iter(steps).buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

/// Lets all of it happen.
pub async fn play(app: &App, town: &Town, mut happenings: Vec<Happening<'_>>) -> Result<()> {
    happenings.sort_by_key(|h| h.at);
    let (mut together, mut begun) = (Vec::new(), HashSet::new());
    for next in happenings {
        let used = match &next.who {
            Who::Session(secret) | Who::Leaving(secret) => Some(secret),
            Who::Visitor => None,
        };
        let waits = used.is_some_and(|secret| begun.contains(secret));
        let alone = next.alone;
        if waits || alone || together.len() >= AT_ONCE {
            begun.clear();
            flush(app, town, std::mem::take(&mut together)).await?;
        }
        // One request of a session at a time: asked for together, an earlier one could find the session used later than now.
        begun.extend(used.into_iter().chain(&next.begins).map(Arc::clone));
        together.push(next);
        if alone {
            flush(app, town, std::mem::take(&mut together)).await?;
        }
    }
    flush(app, town, together).await
}

/// Who somebody turns out to be; nobody, if they have left.
type Found = Option<Arc<Access>>;

async fn flush(app: &App, town: &Town, together: Vec<Happening<'_>>) -> Result<()> {
    let mut doors: Vec<Step<'_, Found>> = Vec::new();
    let mut deeds: Vec<Deed<'_>> = Vec::new();
    for happening in together {
        let origin = origin(app, happening.at, happening.address);
        let who = happening.who;
        doors.push(Box::pin(async move {
            let found = match who {
                Who::Visitor => Ok(app.gate.visitor(town.tenant, origin)),
                Who::Session(secret) => app.gate.session(&secret, origin).await,
                Who::Leaving(secret) => app.gate.still(&secret, origin).await,
            };
            match found {
                Ok(access) => Ok(Some(access)),
                Err(Error::SignedOut) => Ok(None),
                Err(error) => Err(error),
            }
        }));
        deeds.push(happening.deed);
    }
    let found = all(doors).await?;
    let steps = found.into_iter().zip(deeds).filter_map(|(access, deed)| {
        let step = deed(access?);
        let tried: Step<'_, ()> = Box::pin(async move {
            match step.await {
                // What somebody else took away meanwhile is refused, as it would be in service, and the story goes on.
                Err(cause @ (Error::NotFound | Error::Conflict(_))) => {
                    tracing::debug!(%cause, "somebody of the demo was refused");
                    Ok(())
                }
                other => other,
            }
        });
        Some(tried)
    });
    all(steps.collect()).await.map(drop)
}

fn origin(app: &App, at: Timestamp, address: &str) -> Origin {
    let mut origin = Origin::inside(Way::Web, RequestId::new(at, app.store.chance()));
    let place = address.parse().map(|a| app.places.place(a)).unwrap_or_default();
    origin.address = address.to_owned();
    origin.country = place.country.map(|c| c.to_string()).unwrap_or_default();
    origin.network = place.network.unwrap_or_default();
    (origin.browser, origin.system) = ("Firefox 152".to_owned(), "Windows".to_owned());
    origin.moment = Some(at);
    origin
}
