//! What a long recording costs: sealed in pieces, sought in the middle, sent whole.

use super::Asked;
use super::gauge::{Times, peak_mib};
use super::report::{Report, Row};
use super::town::{Town, machine};
use crate::App;
use crate::archive::chest::{Chest, Material, WrappedKeys};
use crate::archive::model::ContentKind;
use crate::archive::queries::keys;
use crate::archive::reading::Reading;
use crate::archive::rights::OpenContent;
use crate::demo::draw::Draw;
use kernel::{Error, Grant, Result};
use tokio::time::Instant;

/// Seeks in one recording.
const SEEKS: usize = 200;

/// Measures one recording of the stated size, and takes it away again.
///
/// # Errors
/// `Broken` when it cannot be written or read.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let grant: Grant<OpenContent> = machine(app, town.tenant).grant()?;
    let wrapped: Vec<WrappedKeys> = grant.read(&app.store, keys).await?;
    let wrapped = wrapped.first().ok_or(Error::NotFound)?;
    let chest = Chest {
        content: app.content.clone(),
        tenant: town.tenant,
        keys: wrapped.unwrap(town.tenant, &app.keys)?,
        chance: app.store.chance().clone(),
        clock: app.store.clock().clone(),
    };
    let bytes = asked.recording_megabytes * 1_000_000;
    let path = app.config.data.join("bench-recording.wav");
    // Silence takes no place on the disk, and is encrypted like anything else.
    let file = std::fs::File::create(&path).map_err(Error::broken)?;
    file.set_len(bytes).map_err(Error::broken)?;
    let before = peak_mib();
    let began = Instant::now();
    let content = chest.put(ContentKind::Recording, "audio/wav", &Material::File(path.clone())).await?;
    report.add(Row::new("recording-in", bytes as f64 / 1e6 / began.elapsed().as_secs_f64(), "MB/s"));
    std::fs::remove_file(&path).map_err(Error::broken)?;
    let key = chest.keys.content_key(town.tenant, &content)?;
    let begin = || Reading::begin(&app.content, town.tenant, &content, &key);
    let fault = |fault| Error::broken(format!("{fault:?}"));
    let (mut times, mut draw) = (Times::default(), Draw::new(bytes));
    for _ in 0..SEEKS {
        let at = draw.below(usize::try_from(bytes).unwrap_or(1)) as u64;
        let began = Instant::now();
        let reading = begin().await.map_err(fault)?;
        reading.piece(at, bytes).await.map_err(fault)?;
        times.add(began.elapsed());
    }
    report.add(Row::new("seek-p50", times.percentile(50), "ms"));
    report.add(Row::new("seek-p99", times.percentile(99), "ms").at_most(5.0));
    let (reading, began, mut at) = (begin().await.map_err(fault)?, Instant::now(), 0);
    while at < bytes {
        at += reading.piece(at, bytes).await.map_err(fault)?.len() as u64;
    }
    report.add(Row::new("recording-out", bytes as f64 / 1e6 / began.elapsed().as_secs_f64(), "MB/s"));
    report.add(Row::new("recording-memory", (peak_mib() - before).max(0.0), "MiB").at_most(64.0));
    chest.take_back(&[content]).await;
    Ok(())
}
