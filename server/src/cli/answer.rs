//! What a command says: pieces of standard output and standard error, written here or sent to whoever asked.

use crate::ui::Locale;
use kernel::Error;
use serde::{Deserialize, Serialize};
use std::io::Write;
use tokio::sync::mpsc;

/// Pieces that may wait to be written; the command waits when there are more.
const WAITING_PIECES: usize = 64;

/// A piece of an answer, as it crosses the socket: one JSON object a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// For standard output.
    Out(String),
    /// For standard error.
    Err(String),
    /// The end, with the exit code.
    Exit(u8),
}

/// Where a command's answers go.
pub struct Answering {
    pieces: mpsc::Sender<Piece>,
}

impl Answering {
    /// An answer, and what comes out of it.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<Piece>) {
        let (pieces, out) = mpsc::channel(WAITING_PIECES);
        (Self { pieces }, out)
    }
    async fn send(&self, piece: Piece) {
        // Nobody reads on: the work is done all the same.
        let _ = self.pieces.send(piece).await;
    }
    /// A line of standard output.
    pub async fn line(&mut self, text: &str) {
        self.send(Piece::Out(format!("{text}\n"))).await;
    }
    /// Text of standard output as it is: an export.
    pub async fn text(&mut self, text: String) {
        self.send(Piece::Out(text)).await;
    }
    /// One JSON document on standard output.
    pub async fn json(&mut self, value: &serde_json::Value) {
        self.send(Piece::Out(format!("{value:#}\n"))).await;
    }
    /// A line of standard error: progress, hints.
    pub async fn note(&mut self, text: &str) {
        self.send(Piece::Err(format!("{text}\n"))).await;
    }
    /// What went wrong, on standard error. Whoever is on the machine may know the cause.
    pub async fn error(&mut self, t: &Locale, error: &Error) {
        self.note(&said(t, error)).await;
    }
    /// The end.
    pub async fn exit(self, code: u8) {
        self.send(Piece::Exit(code)).await;
    }
}

/// An error in words.
#[must_use]
pub fn said(t: &Locale, error: &Error) -> String {
    match error {
        Error::Invalid(problems) => {
            let told: Vec<String> =
                problems.iter().map(|p| format!("{}: {}", p.field, t.tell(&p.message))).collect();
            told.join("\n")
        }
        Error::NotFound => t.say("cli-not-found"),
        Error::SignedOut | Error::Forbidden(_) => t.say("cli-not-allowed"),
        Error::Broken(cause) => t.say1("cli-broken", "cause", cause.as_str()),
        other => other.message().map(|message| t.tell(message)).unwrap_or_default(),
    }
}

/// Why the data cannot be opened, in words.
#[must_use]
pub fn unopened(t: &Locale, error: &Error) -> String {
    match error {
        Error::Broken(cause) => t.say1("cli-unopened", "cause", cause.as_str()),
        other => said(t, other),
    }
}

/// Writes what comes out of an answer to this process's own streams; gives the exit code.
pub async fn write(mut out: mpsc::Receiver<Piece>) -> u8 {
    while let Some(piece) = out.recv().await {
        match piece {
            Piece::Out(text) => put(&mut std::io::stdout().lock(), &text),
            Piece::Err(text) => put(&mut std::io::stderr().lock(), &text),
            Piece::Exit(code) => return code,
        }
    }
    super::FAILED
}

/// A line on standard error, before there is anything else.
pub fn complain(text: &str) {
    put(&mut std::io::stderr().lock(), &format!("{text}\n"));
}

/// A reader that went away (`| head`) is no fault of ours.
fn put(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
