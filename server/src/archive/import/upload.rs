//! Files sent in together through a page or the API: written to a folder of their own as they come, then brought in while
//! the sender may go on.
//!
//! - Names come from strangers: they are labels, never paths; the files are called 0, 1, 2 … here.
//! - Sizes and counts are bounded while they come, not afterwards.
//! - Each file is brought in in the name of who sent it, as long as that one may: it ends with the right, not with the session.

use super::room::Place;
use super::{Fate, Importer, Offer};
use crate::App;
use crate::archive::chest::Material;
use crate::archive::rights::ImportInteractions;
use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::StreamExt;
use kernel::work::{self, JobState};
use kernel::{Error, Grant, Message, Result, TenantId, Uuid};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// Most files of one upload.
pub const MAX_UPLOAD_FILES: usize = 2_000;
/// Longest name of a file, in characters.
const MAX_NAME_CHARS: usize = 255;
/// The kind of job.
pub const UPLOAD: &str = "archive-upload";

/// How far an upload has come, as its job keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Brought in.
    pub imported: usize,
    /// There already.
    pub unchanged: usize,
    /// Set aside.
    pub aside: usize,
}

/// A folder with what was sent; gone when dropped.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    files: Vec<(String, Material)>,
    /// Given back with the folder.
    place: Option<Place>,
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Err(cause) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%cause, folder = %self.folder.display(), "the files of an upload stay behind");
        }
    }
}

impl Spool {
    /// A folder with nothing in it yet.
    ///
    /// # Errors
    /// `Broken` when it cannot be made.
    pub fn empty(app: &App) -> Result<Self> {
        let id = app.store.chance().uuid(app.store.clock().now());
        let folder = app.config.data.join("spool").join(id.to_string());
        std::fs::create_dir_all(&folder).map_err(Error::storage)?;
        Ok(Self { folder, files: Vec::new(), place: None })
    }
    /// What was sent, to be brought in while the spool lives.
    #[must_use]
    pub fn offer(&self) -> Offer {
        Offer::named(self.files.clone())
    }
    /// Adds a file that stands at [`Spool::place`].
    pub fn take(&mut self, name: String, material: Material) {
        self.files.push((name, material));
    }
    /// Where the next file goes.
    #[must_use]
    pub fn place(&self) -> PathBuf {
        self.folder.join(self.files.len().to_string())
    }
    fn room(&self, name: &str) -> Result<()> {
        if self.files.len() >= MAX_UPLOAD_FILES {
            return Err(problem(Message::new("archive-import-too-many").with("most", MAX_UPLOAD_FILES)));
        }
        if self.files.iter().any(|(known, _)| known == name) {
            return Err(problem(Message::new("archive-import-same-name").with("name", name)));
        }
        Ok(())
    }
}

fn problem(message: impl Into<Message>) -> Error {
    Error::invalid("files", message)
}

/// Takes in the files of a multipart form (RFC 7578), or a body that is one vCon, as far as the option `upload_bytes` lets.
///
/// # Errors
/// `Limit` or `Busy` when too many are under way; `Invalid` when it is no form, ends early, is too large, or holds no file.
pub async fn receive(app: &App, tenant: TenantId, headers: &HeaderMap, body: Body) -> Result<Spool> {
    let place = app.room.enter(tenant)?;
    let limit_bytes = usize::try_from(app.config.limits.upload_bytes).unwrap_or(usize::MAX);
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let mut spool = Spool::empty(app)?;
    spool.place = Some(place);
    if !kind.starts_with("multipart/form-data") {
        let path = spool.place();
        keep_body(body, &path, limit_bytes.min(crate::archive::vcon::MAX_VCON_BYTES)).await?;
        spool.files.push(("body.vcon.json".to_owned(), Material::File(path)));
        return Ok(spool);
    }
    let mut request =
        Request::builder().header(header::CONTENT_TYPE, kind).body(body).map_err(Error::broken)?;
    DefaultBodyLimit::max(limit_bytes).apply(&mut request);
    let unreadable = |cause: MultipartError| match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            problem(Message::new("archive-import-too-large").with("most", limit_bytes))
        }
        _ => problem("archive-import-unreadable"),
    };
    let mut form =
        Multipart::from_request(request, &()).await.map_err(|_| problem("archive-import-unreadable"))?;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        // A form without a chosen file sends one without a name.
        let Some(name) = field.file_name().map(label).filter(|name| !name.is_empty()) else { continue };
        spool.room(&name)?;
        let path = spool.place();
        keep(field, &path, unreadable).await?;
        spool.files.push((name, Material::File(path)));
    }
    if spool.files.is_empty() { Err(problem("archive-import-none")) } else { Ok(spool) }
}

/// Writes a body to a file as it comes.
async fn keep_body(body: Body, path: &Path, limit_bytes: usize) -> Result<()> {
    let mut file = tokio::fs::File::create(path).await.map_err(Error::storage)?;
    let (mut pieces, mut bytes) = (body.into_data_stream(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| problem("archive-import-unreadable"))?;
        bytes += piece.len();
        if bytes > limit_bytes {
            return Err(problem(Message::new("archive-import-too-large").with("most", limit_bytes)));
        }
        file.write_all(&piece).await.map_err(Error::storage)?;
    }
    file.flush().await.map_err(Error::storage)
}

async fn keep(
    mut field: axum::extract::multipart::Field<'_>,
    path: &Path,
    unreadable: impl Fn(MultipartError) -> Error,
) -> Result<()> {
    let mut file = tokio::fs::File::create(path).await.map_err(Error::storage)?;
    while let Some(piece) = field.chunk().await.map_err(&unreadable)? {
        file.write_all(&piece).await.map_err(Error::storage)?;
    }
    file.flush().await.map_err(Error::storage)
}

/// The last part of what a browser calls the file, without control characters.
fn label(name: &str) -> String {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    bare.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect()
}

/// Begins to bring in what was sent, and gives the job to ask about it.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn begin(app: &App, grant: &Grant<ImportInteractions>, spool: Spool) -> Result<Uuid> {
    let id = app.store.chance().uuid(app.store.clock().now());
    let importer = Importer::new(app, grant.clone(), spool.offer()).await?;
    let total = i64::try_from(importer.len()).unwrap_or(i64::MAX);
    grant
        .quietly(&app.store, move |w| {
            work::begin(w, id, UPLOAD, total, "{}")?;
            work::take(w, id, id).map(drop)
        })
        .await?;
    let (app, grant) = (app.clone(), grant.clone());
    tokio::spawn(async move {
        let work = go(app.clone(), grant.clone(), importer, spool, id);
        work::attended(&grant, &app.store, (id, id), work).await;
    });
    Ok(id)
}

/// Brings in one file after the other. The spool lives as long as this does.
async fn go(app: App, grant: Grant<ImportInteractions>, mut importer: Importer, spool: Spool, id: Uuid) {
    let mut counts = Counts::default();
    let mut state = JobState::Done;
    for at in 0..importer.len() {
        let dealt_with = match may_still(&app, &grant).await {
            Ok(true) => importer.one(at).await,
            Ok(false) => {
                tracing::warn!(job = %id, "an upload ends: who sent it may bring nothing in any more");
                state = JobState::Stopped;
                break;
            }
            Err(cause) => Err(cause),
        };
        match dealt_with {
            Ok(fate) => counts.add(fate.as_ref().map(|(_, fate)| fate)),
            Err(cause) => {
                tracing::error!(%cause, "an upload broke off");
                state = JobState::Failed;
                break;
            }
        }
        let (done, total) = (whole(at + 1), whole(importer.len()));
        let so_far = counts.text();
        let moved = grant.quietly(&app.store, move |w| work::step(w, id, id, done, total, &so_far)).await;
        if matches!(moved, Ok(false)) {
            state = JobState::Stopped;
            break;
        }
    }
    drop(spool);
    let result = counts.text();
    if let Err(cause) = grant.quietly(&app.store, move |w| work::end(w, id, id, state, &result)).await {
        tracing::error!(%cause, "the end of an upload could not be written down");
    }
}

/// Whether who sent it in may bring things in now.
async fn may_still(app: &App, grant: &Grant<ImportInteractions>) -> Result<bool> {
    let access = grant.access();
    let Some(user) = access.actor().user() else { return Ok(true) };
    match app.gate.owner(access.tenant(), user, access.origin().clone()).await {
        Ok(now) => Ok(now.may::<ImportInteractions>()),
        Err(Error::SignedOut) => Ok(false),
        Err(cause) => Err(cause),
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Counts {
    fn add(&mut self, fate: Option<&Fate>) {
        match fate {
            Some(Fate::Imported(_)) => self.imported += 1,
            Some(Fate::Unchanged) => self.unchanged += 1,
            Some(Fate::Aside(_)) => self.aside += 1,
            None => {}
        }
    }
    fn text(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }
    /// From what a job keeps.
    #[must_use]
    pub fn read(job: &work::Job) -> Self {
        let text = if job.result.is_empty() { &job.resume } else { &job.result };
        serde_json::from_str(text).unwrap_or_default()
    }
}
