//! A customer's book: its signed heads, its export, its keys.
//!
//! - What is taken out fits together: an export ends at the head that was taken before it, or says which head to take after it.
//! - Taking a head or the key is no entry, as it is none on the page: they say nothing of anybody.

use super::customers::{grant, tenant_of};
use super::line::{BookCommand, BookExport, BookHead, BookOf};
use super::{Answering, Caller};
use crate::App;
use crate::logs::book::{ReadBook, RotateBookKey, command, export, heads, key, queries};
use crate::logs::events::BookExported;
use ::book::Head;
use data_encoding::BASE64;
use kernel::{Error, Grant, Result, Timestamp};
use serde_json::json;

/// `vaktbok book …`
pub async fn run(app: &App, asked: BookCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    match asked {
        BookCommand::Head(asked) => head(app, asked, caller, out).await,
        BookCommand::Key(asked) => key_file(app, asked, out).await,
        BookCommand::Rotate(asked) => rotate(app, asked, caller, out).await,
        BookCommand::Export(asked) => whole(app, asked, caller, out).await,
    }
}

async fn head(app: &App, asked: BookHead, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.of.tenant).await?;
    let note = match asked.size {
        None => command::head(app, tenant).await?,
        Some(size) => {
            let grant: Grant<ReadBook> = grant(app, tenant, caller)?;
            let found = grant.read(&app.store, move |r| queries::head_of(r, size)).await?;
            found.ok_or(Error::NotFound)?.note
        }
    };
    if !asked.of.report.json {
        out.text(note).await;
        return Ok(());
    }
    let head = Head::unchecked(&note).ok_or_else(|| Error::broken("a stored head cannot be read"))?;
    let (root, at) = (BASE64.encode(&head.root.0), Timestamp(head.time).to_string());
    out.json(
        &json!({ "origin": head.origin, "size": head.size, "root": root, "signed_at": at, "head": note }),
    )
    .await;
    Ok(())
}

async fn key_file(app: &App, asked: BookOf, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    heads::sign(app, tenant).await?;
    let file = command::key(app, tenant).await?;
    if asked.report.json {
        let keys = ::book::Keys::parse(&file).map_err(Error::broken)?;
        let all: Vec<String> = keys.all().into_iter().map(ToString::to_string).collect();
        out.json(&json!({ "keys": all, "file": file })).await;
    } else {
        out.text(file).await;
    }
    Ok(())
}

async fn rotate(app: &App, asked: BookOf, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let grant: Grant<RotateBookKey> = grant(app, tenant, caller)?;
    let version = key::rotate(app, &grant).await?;
    heads::sign(app, tenant).await?;
    if asked.report.json {
        out.json(&json!({ "version": version })).await;
    } else {
        out.line(&caller.t.say1("cli-book-rotated", "version", version)).await;
    }
    Ok(())
}

/// The lines as they are read, up to the head that was named, else the newest one signed before; which one is said beside
/// them. The entry of this export lies behind its end.
async fn whole(app: &App, asked: BookExport, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.tenant).await?;
    let grant: Grant<ReadBook> = grant(app, tenant, caller)?;
    let head = asked.head.as_ref().map(|file| size_in(&caller.folder.join(file))).transpose()?;
    if head.is_none() {
        heads::sign(app, tenant).await?;
    }
    let range = grant.read(&app.store, move |r| export::range(r, asked.from, head)).await?;
    grant.apply(&app.store, BookExported { first: asked.from, size: range.end }).await?;
    if head.is_none() {
        out.note(&caller.t.say1("cli-book-covered", "size", range.end.to_string())).await;
    }
    let mut pieces = export::stream(app, &grant, range);
    while let Some(piece) = pieces.recv().await {
        out.text(String::from_utf8(piece?.to_vec()).map_err(Error::broken)?).await;
    }
    Ok(())
}

/// The size that a head in a file signs.
fn size_in(file: &std::path::Path) -> Result<i64> {
    let unreadable = || Error::invalid("head", "cli-book-no-head");
    let bytes = std::fs::read(file).map_err(|_| unreadable())?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable())?;
    let head = Head::unchecked(&text).ok_or_else(unreadable)?;
    i64::try_from(head.size).map_err(|_| unreadable())
}
