//! Interactions brought in from files of the machine.

use super::customers::{grant, tenant_of};
use super::line::{ImportCommand, ImportVcon};
use super::{Answering, Caller};
use crate::App;
use crate::archive::import::{Importer, Offer, Summary};
use crate::archive::rights::ImportInteractions;
use crate::archive::sentence::Sentence;
use crate::ui::Locale;
use kernel::{Grant, Result};
use serde_json::json;
use std::path::PathBuf;

/// `vaktbok import …`
pub async fn run(app: &App, command: ImportCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    let ImportCommand::Vcon(asked) = command;
    let json = asked.report.json;
    let summary = bring_in(app, asked, caller, out).await?;
    if json {
        let aside =
            summary.aside.iter().map(|(name, why)| json!({ "file": name, "reasons": said(why, &caller.t) }));
        let aside: Vec<_> = aside.collect();
        let body =
            json!({ "imported": summary.imported, "unchanged": summary.unchanged, "quarantined": aside });
        out.json(&body).await;
        return Ok(());
    }
    let counts = [
        ("imported", summary.imported.into()),
        ("unchanged", summary.unchanged.into()),
        ("aside", summary.aside.len().into()),
    ];
    out.line(&caller.t.say_with("cli-import-summary", &counts)).await;
    for (name, why) in &summary.aside {
        out.line(&format!("  {name}: {}", said(why, &caller.t).join(" "))).await;
    }
    Ok(())
}

/// One file after the other; how far it is goes to standard error.
async fn bring_in(app: &App, asked: ImportVcon, caller: &Caller, out: &mut Answering) -> Result<Summary> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let grant: Grant<ImportInteractions> = grant(app, tenant, caller)?;
    let files: Vec<PathBuf> = asked.files.iter().map(|file| caller.folder.join(file)).collect();
    let mut importer = Importer::new(app, grant, Offer::paths(&files)).await?;
    let mut summary = Summary::default();
    for at in 0..importer.len() {
        if let Some((name, fate)) = importer.one(at).await? {
            out.note(&format!("{}/{} {name}", at + 1, importer.len())).await;
            summary.add(&name, fate);
        }
    }
    Ok(summary)
}

fn said(why: &[Sentence], t: &Locale) -> Vec<String> {
    why.iter().map(|sentence| sentence.say(t)).collect()
}
