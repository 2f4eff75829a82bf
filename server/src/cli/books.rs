//! A customer's book: its signed head, its export, its keys.

use super::customers::{grant, tenant_of};
use super::line::{BookCommand, BookExport, BookOf};
use super::{Answering, Caller};
use crate::App;
use crate::logs::book::{ReadBook, command, export, heads, queries};
use crate::logs::events::BookExported;
use kernel::{Error, Grant, Result};

/// `vaktbok book …`
pub async fn run(app: &App, asked: BookCommand, caller: &Caller, out: &mut Answering) -> Result<()> {
    match asked {
        BookCommand::Head(BookOf { tenant, .. }) => {
            let note = command::head(app, tenant_of(app, tenant).await?).await?;
            out.text(note).await;
        }
        BookCommand::Key(BookOf { tenant, .. }) => {
            let tenant = tenant_of(app, tenant).await?;
            heads::sign(app, tenant).await?;
            out.text(command::key(app, tenant).await?).await;
        }
        BookCommand::Export(asked) => whole(app, asked, caller, out).await?,
    }
    Ok(())
}

/// The lines as they are read, up to the newest head. The entry of this export is written and the head signed before, so
/// that `book head` afterwards gives the head of these lines.
async fn whole(app: &App, asked: BookExport, caller: &Caller, out: &mut Answering) -> Result<()> {
    let tenant = tenant_of(app, asked.of.tenant).await?;
    let grant: Grant<ReadBook> = grant(app, tenant, caller)?;
    let edge = grant.read(&app.store, queries::edge).await?.ok_or(Error::NotFound)?;
    let size = i64::try_from(edge.frontier.size()).map_err(Error::broken)?;
    grant.apply(&app.store, BookExported { first: asked.from, size }).await?;
    heads::sign(app, tenant).await?;
    let range = grant.read(&app.store, move |r| export::range(r, asked.from)).await?;
    let mut pieces = export::stream(app, &grant, range);
    while let Some(piece) = pieces.recv().await {
        out.text(String::from_utf8(piece?.to_vec()).map_err(Error::broken)?).await;
    }
    Ok(())
}
