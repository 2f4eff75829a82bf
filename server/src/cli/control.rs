//! Commands through a running server: a socket in the data folder that only the server's own account can open.
//!
//! - One line of JSON asks (the words of the command line, the folder, the language), lines of JSON answer ([`Piece`]).
//! - Who asks is what the system says of the other end of the socket, not what is claimed.
//! - A socket that nobody listens on is left from a server that was killed: it counts as no server.

use super::answer::Piece;
use super::{Answering, Caller, FAILED, UNCLEAR, account, answer, parse, work};
use crate::App;
use crate::ops::config::Config;
use crate::ui::{Language, Locale};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;

/// Bytes of a command line that are read.
const ASK_BYTES: u64 = 256 * 1024;
const SOCKET: &str = "control.sock";

#[derive(Serialize, Deserialize)]
struct Asked {
    words: Vec<String>,
    folder: PathBuf,
    language: String,
}

/// Asks the server that has the folder, if one has; its exit code.
///
/// # Errors
/// When a server is there and the way to it breaks.
pub async fn through_server(config: &Config, words: &[String], t: &Locale) -> io::Result<Option<u8>> {
    let stream = match UnixStream::connect(config.data.join(SOCKET)).await {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let (from, mut to) = stream.into_split();
    let asked = Asked {
        words: words.to_vec(),
        folder: std::env::current_dir()?,
        language: t.language.code().to_owned(),
    };
    to.write_all(format!("{}\n", serde_json::to_string(&asked)?).as_bytes()).await?;
    let (pieces, out) = mpsc::channel(1);
    let writing = tokio::spawn(answer::write(out));
    let mut lines = BufReader::new(from).lines();
    while let Some(line) = lines.next_line().await? {
        if pieces.send(serde_json::from_str(&line)?).await.is_err() {
            break;
        }
    }
    drop(pieces);
    Ok(Some(writing.await.unwrap_or(FAILED)))
}

/// Listens for commands for as long as the program runs.
///
/// # Errors
/// `Broken` when the socket cannot be made.
pub fn listen(app: &App) -> Result<tokio::task::JoinHandle<()>> {
    let path = app.config.data.join(SOCKET);
    let listener = bind(&path).map_err(|e| Error::broken(format!("{}: {e}", path.display())))?;
    let app = app.clone();
    Ok(tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(serve(app.clone(), stream));
                }
                Err(cause) => tracing::warn!(%cause, "a command could not reach the server"),
            }
        }
    }))
}

/// The folder is locked by this process, so a socket in it is from one that is gone.
fn bind(path: &Path) -> io::Result<UnixListener> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

async fn serve(app: App, stream: UnixStream) {
    let number = stream.peer_cred().map(|who| who.uid());
    let (from, mut to) = stream.into_split();
    let mut line = String::new();
    if BufReader::new(from.take(ASK_BYTES)).read_line(&mut line).await.is_err() {
        return;
    }
    let (out, mut pieces) = Answering::new();
    let working = tokio::spawn(async move {
        match (serde_json::from_str::<Asked>(&line), number) {
            (Ok(asked), Ok(number)) => answer_to(&app, asked, account::named(number), out).await,
            _ => out.exit(UNCLEAR).await,
        }
    });
    while let Some(piece) = pieces.recv().await {
        let text = serde_json::to_string(&piece).unwrap_or_default();
        if to.write_all(format!("{text}\n").as_bytes()).await.is_err() {
            break;
        }
        if matches!(piece, Piece::Exit(_)) {
            break;
        }
    }
    let _ = working.await;
}

async fn answer_to(app: &App, asked: Asked, account: String, mut out: Answering) {
    let language = Language::parse(&asked.language).unwrap_or(Language::En);
    let t = Locale::new(language, "UTC");
    let caller = Caller { account, folder: asked.folder, t };
    let code = match parse(&asked.words, &t) {
        Ok(line) => work(app, line.command, &caller, &mut out).await,
        Err(error) => {
            out.note(&error.to_string()).await;
            UNCLEAR
        }
    };
    out.exit(code).await;
}
