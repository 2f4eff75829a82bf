//! Stopping: who asks, and how what runs for long hears of it.

use std::sync::Arc;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// In every request's extensions: whether the program is stopping. A live page ends its stream then, so that its
/// reader connects to the program that comes next.
#[derive(Clone, Debug)]
pub struct Stopping {
    begun: watch::Receiver<bool>,
    // Kept so that a listener of its own, without a server, never sees the sender go.
    _sender: Arc<watch::Sender<bool>>,
}

/// Says that stopping has begun.
pub struct Begin(Arc<watch::Sender<bool>>);

impl Stopping {
    /// For a program that nobody stops: tests.
    pub fn never() -> Stopping {
        pair().1
    }

    /// Returns when stopping has begun.
    pub async fn begun(&mut self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.begun.wait_for(|begun| *begun).await;
    }
}

impl Begin {
    /// Stopping begins now.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

/// Both ends.
pub fn pair() -> (Begin, Stopping) {
    let (sender, begun) = watch::channel(false);
    let sender = Arc::new(sender);
    (Begin(Arc::clone(&sender)), Stopping { begun, _sender: sender })
}

/// The operator's or the system's wish that the program stops (SIGTERM, SIGINT): heard from when it was made on, however
/// late it is waited for.
#[derive(Debug)]
pub struct Asked(Option<(Signal, Signal)>);

impl Asked {
    /// Listens from now on.
    pub fn listen() -> Asked {
        let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
        let (Ok(terminate), Ok(interrupt)) = (terminate, interrupt) else {
            tracing::error!("signals cannot be received; stop the program by killing it");
            return Asked(None);
        };
        Asked(Some((terminate, interrupt)))
    }

    /// Returns when the program was asked to stop.
    pub async fn to_stop(self) {
        let Some((mut terminate, mut interrupt)) = self.0 else { return std::future::pending().await };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
