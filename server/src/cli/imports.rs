//! Interactions brought in from files, by the operator.

use super::customers::{grant, tenant_of};
use super::line::{ImportCommand, ImportVcon};
use super::{Answering, Caller};
use crate::App;
use crate::archive::bodies::ImportedBody;
use crate::archive::import::{Fate, Importer, Offer, Summary};
use crate::archive::rights::ImportInteractions;
use kernel::{Grant, Result};
use std::path::PathBuf;

/// `vaktbok import …`: progress on standard error, the summary on standard output.
pub async fn run(app: &App, command: ImportCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    let ImportCommand::Vcon(ImportVcon { tenant, files, report }) = command;
    let tenant = tenant_of(app, tenant).await?;
    let grant: Grant<ImportInteractions> = grant(app, tenant, caller)?;
    let paths: Vec<PathBuf> = files.into_iter().map(|file| caller.folder.join(file)).collect();
    let mut importer = Importer::new(app, grant, Offer::paths(&paths)).await?;
    let mut summary = Summary::default();
    for at in 0..importer.len() {
        let Some((name, fate)) = importer.one(at).await? else { continue };
        let word = match &fate {
            Fate::Imported(_) => "imported",
            Fate::Unchanged => "unchanged",
            Fate::Aside(_) => "aside",
        };
        let word = caller.t.say(&format!("cli-import-{word}"));
        out.note(&format!("{}/{}\t{word}\t{name}", at + 1, importer.len())).await;
        summary.add(&name, fate);
    }
    tell(&summary, report.json, caller, out).await;
    Ok(())
}

async fn tell(summary: &Summary, as_json: bool, caller: &Caller, out: &mut Answering) {
    if as_json {
        out.json(&serde_json::json!(ImportedBody::from(summary))).await;
        return;
    }
    for (name, reasons) in &summary.aside {
        let why: Vec<String> = reasons.iter().map(|reason| reason.say(&caller.t)).collect();
        out.line(&format!("{name}: {}", why.join(" "))).await;
    }
    let counts = [
        ("imported", summary.imported.into()),
        ("unchanged", summary.unchanged.into()),
        ("aside", summary.aside.len().into()),
    ];
    out.line(&caller.t.say_with("cli-import-summary", &counts)).await;
}
