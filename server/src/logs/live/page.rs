//! One live page: what it is told of what the watcher found.

use super::watch::{Following, LOOK, News};
use super::{HEARTBEAT, Piece, Place};
use crate::App;
use crate::logs::listing::{self, ENTRIES_A_PAGE, Wanted};
use crate::logs::model::Entry;
use crate::logs::pages::{columns, row};
use crate::logs::queries::Reach;
use crate::logs::said::{Names, Sought};
use crate::logs::{Kind, queries, reading};
use crate::ui::table::Table;
use crate::ui::{Address, Locale};
use bytes::Bytes;
use kernel::{Grant, Result, Timestamp, facet};
use std::sync::Arc;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// A page reconnects so soon after its connection broke.
const AGAIN_MS: u32 = 2_000;

/// What a live page goes on with.
pub(super) struct Live<K> {
    app: App,
    grant: Grant<K>,
    secret: String,
    wanted: Wanted,
    keys: Vec<i64>,
    reach: Reach,
    t: Locale,
    here: Address,
    view: String,
    told: Timestamp,
    proven: Instant,
    /// Told by the watcher, and not yet sent.
    heard: Vec<Arc<News>>,
    /// Entries were left out since the last piece.
    skipped: bool,
    /// The index of the entry after the last that the page knows of.
    end: i64,
    _place: Place,
}

impl<K: Kind> Live<K> {
    pub(super) fn new(
        app: App,
        grant: Grant<K>,
        (secret, view): (String, String),
        wanted: Wanted,
        (t, here): (Locale, Address),
        reach: Reach,
        place: Place,
    ) -> Self {
        let (told, keys) = (app.store.clock().now(), listing::asked_keys(&wanted));
        let (proven, end) = (Instant::now(), wanted.after.map_or(0, |after| after.saturating_add(1)));
        Self {
            app,
            grant,
            secret,
            wanted,
            keys,
            reach,
            t,
            here,
            view,
            told,
            proven,
            heard: Vec::new(),
            skipped: false,
            end,
            _place: place,
        }
    }

    /// Tells until the reader has gone or may not go on.
    pub(super) async fn run(mut self, mut following: Following, sender: mpsc::Sender<Piece>) {
        // The first bytes tell the browser that the connection stands.
        let first = format!("retry: {AGAIN_MS}\nevent: here\ndata: here\n\n");
        let missed = match self.missed(following.from).await {
            Ok(missed) => missed,
            Err(_) => return,
        };
        if sender.send(Ok(Bytes::from(format!("{first}{missed}")))).await.is_err() {
            return;
        }
        let mut sent = Instant::now();
        loop {
            let wait = HEARTBEAT.saturating_sub(sent.elapsed().min(self.proven.elapsed()));
            tokio::select! {
                () = sender.closed() => return,
                () = tokio::time::sleep(wait) => {}
                news = following.news.recv() => match news {
                    Ok(news) => self.heard.push(news),
                    Err(RecvError::Lagged(_)) => self.skipped = true,
                    Err(RecvError::Closed) => return,
                },
            }
            loop {
                match following.news.try_recv() {
                    Ok(news) => self.heard.push(news),
                    Err(TryRecvError::Lagged(_)) => self.skipped = true,
                    Err(_) => break,
                }
            }
            if self.prove().await.is_err() {
                return;
            }
            let piece = match self.piece().await {
                Err(_) => return,
                Ok(piece) if !piece.is_empty() => piece,
                Ok(_) if sent.elapsed() >= HEARTBEAT => format!(": still here\nid: {}\n\n", self.end - 1),
                Ok(_) => continue,
            };
            sent = Instant::now();
            if sender.send(Ok(Bytes::from(piece))).await.is_err() {
                return;
            }
            tokio::select! {
                () = sender.closed() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Proves anew that the page may be shown, where it may have changed or was proven too long ago.
    async fn prove(&mut self) -> Result<()> {
        let now = self.app.store.clock().now();
        if now.seconds_since(self.told) >= reading::AGAIN_SECONDS {
            reading::told(&self.app, &self.grant, &self.view).await?;
            self.told = now;
        }
        let changed = self.skipped || self.heard.iter().any(|news| news.proves);
        if !changed && self.proven.elapsed() < HEARTBEAT {
            return Ok(());
        }
        let origin = self.grant.access().origin().clone();
        // Reads the session anew without moving its last use: looking on is not using.
        self.grant = self.app.gate.still(&self.secret, origin).await?.grant()?;
        self.reach = self.grant.read(&self.app.store, queries::reach).await?;
        self.proven = Instant::now();
        Ok(())
    }

    /// What was written between what the page shows and what the watcher tells.
    async fn missed(&mut self, from: i64) -> Result<String> {
        if self.wanted.after.is_none() || self.end >= from {
            self.end = self.end.max(from);
            return Ok(String::new());
        }
        let wanted = Wanted { before: Some(from), ..self.wanted.clone() };
        let listed = self.grant.read(&self.app.store, move |r| listing::list(r, &wanted)).await?;
        self.end = from;
        let more = listed.older.map(|_| None);
        Ok(self.told(&listed.entries.iter().rev().collect::<Vec<_>>(), &listed.names, more))
    }

    /// Whether the list shows an entry.
    fn shows(&self, keys: Option<&[u8]>, entry: &Entry) -> bool {
        let has = |key: &i64| keys.is_some_and(|packed| facet::unpack(packed).any(|k| k == *key));
        entry.log == K::LOG
            && entry.idx >= self.end
            && self.keys.iter().all(has)
            && self.reach.covers(entry)
            && self.wanted.fits(entry)
    }

    /// What is to be sent of what was heard.
    async fn piece(&mut self) -> Result<String> {
        let heard = std::mem::take(&mut self.heard);
        let skipped = std::mem::take(&mut self.skipped) || heard.iter().any(|news| news.skipped);
        let new = heard.iter().flat_map(|news| &news.entries);
        let mut fitting: Vec<&Entry> =
            new.filter(|one| self.shows(one.keys.as_deref(), &one.entry)).map(|one| &one.entry).collect();
        let more = fitting.len().saturating_sub(ENTRIES_A_PAGE);
        fitting.drain(..more);
        self.end = heard.last().map_or(self.end, |news| news.end.max(self.end));
        let more = if skipped { Some(None) } else { Some(Some(more)).filter(|_| more > 0) };
        let sought = Sought::of(fitting.iter().copied());
        let names = match sought.is_empty() {
            true => Names::default(),
            false => self.grant.read(&self.app.store, move |r| sought.named(r)).await?,
        };
        Ok(self.told(&fitting, &names, more))
    }

    /// Rows as one event, oldest first, and in a sentence, which the page makes a link, that they are not all: how many more
    /// there are, where that is known.
    fn told(&self, entries: &[&Entry], names: &Names, more: Option<Option<usize>>) -> String {
        let mut out = String::new();
        if !entries.is_empty() {
            let rows = entries.iter().map(|entry| row(&self.t, entry, names, &self.here)).collect();
            let columns = columns(&self.t, K::LOG, &self.here);
            let table = Table::new("entries", String::new(), columns).rows(rows).in_drawer();
            out.push_str(&self.event("row", table.rows_only().as_str()));
        }
        if let Some(more) = more {
            let label = match more {
                Some(n) => self.t.say1("logs-live-more", "n", n),
                None => self.t.say("logs-live-more-unknown"),
            };
            out.push_str(&self.event("more", &label));
        }
        out
    }

    fn event(&self, name: &str, data: &str) -> String {
        let mut event = format!("id: {}\nevent: {name}\n", self.end - 1);
        for line in data.lines().filter(|line| !line.trim().is_empty()) {
            event.push_str("data: ");
            event.push_str(line);
            event.push('\n');
        }
        event.push('\n');
        event
    }
}
