//! What an opening allows, and what was delivered in it.

use super::super::chest::WrappedKeys;
use super::super::model::{Content, ContentId, InteractionId, OpeningId};
use kernel::{Actor, Error, Reader, Result, TenantId, Timestamp, Uuid, from_row, params, sql};
use vault::{ContentKey, MasterKeys};

/// Leave to decrypt the contents of one interaction. It is made only from the row that an opening's event wrote, for the
/// session that opened it, while it lasts.
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// What was opened.
    pub interaction: InteractionId,
    /// Until when it lasts.
    pub until: Timestamp,
    contents: Vec<Content>,
    keys: Vec<WrappedKeys>,
    tenant: TenantId,
}

impl Opening {
    /// What it opens.
    #[must_use]
    pub fn contents(&self) -> &[Content] {
        &self.contents
    }
    /// Whose.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }
    /// One of its contents with the key that decrypts it.
    ///
    /// # Errors
    /// `NotFound` for another interaction's content; `Broken` when a key cannot be unwrapped.
    pub fn key(&self, content: ContentId, master: &MasterKeys) -> Result<(&Content, ContentKey)> {
        let content = self.contents.iter().find(|c| c.id == content).ok_or(Error::NotFound)?;
        let keys = self.keys.iter().find(|k| k.version == content.key_version);
        let keys = keys.ok_or_else(|| Error::broken("the tenant's key of a content is missing"))?;
        let key = keys.unwrap(self.tenant, master)?.content_key(self.tenant, content)?;
        Ok((content, key))
    }
}

/// The session an opening is bound to: the session's or the key's row; zero for the machine.
#[must_use]
pub fn session_of(actor: &Actor) -> Uuid {
    match actor {
        Actor::User { session, .. } => session.0,
        Actor::Key { key, .. } => key.0,
        Actor::Visitor | Actor::Machine { .. } => Uuid::nil(),
    }
}

/// An opening that still lasts, of this person in this session, of an interaction that is still within reach.
///
/// # Errors
/// `NotFound` when there is none such.
pub fn opening(r: &mut Reader<'_>, interaction: InteractionId, id: OpeningId) -> Result<Opening> {
    super::interaction(r, interaction)?;
    let statement = sql!(
        "select until from opening where tenant_id = $tenant and id = $id and interaction_id = $interaction
         and holder = $actor and session_id = $session and until > $now"
    );
    let session = session_of(r.access().actor());
    let (until,): (Timestamp,) =
        r.row(statement, params! { id: id, interaction: interaction, session: session })?;
    Ok(Opening {
        id,
        interaction,
        until,
        contents: super::contents(r, interaction.0)?,
        keys: super::keys(r)?,
        tenant: r.tenant(),
    })
}

/// Bytes delivered in an opening that no entry tells of yet.
#[derive(Clone, Copy, Debug)]
pub struct Sound {
    /// Of which content.
    pub content: ContentId,
    /// The first byte.
    pub from_byte: u64,
    /// Behind the last byte.
    pub to_byte: u64,
}
from_row!(Sound { content, from_byte, to_byte });

/// What was delivered of one content in an opening and is not told yet.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn sound(r: &mut Reader<'_>, opening: OpeningId, content: ContentId) -> Result<Vec<Sound>> {
    let statement = sql!(
        "select content_id, from_byte, to_byte from delivered
         where tenant_id = $tenant and opening_id = $opening and content_id = $content and told = 0 order by from_byte"
    );
    r.rows(statement, params! { opening: opening, content: content })
}

/// An opening that is over, with something delivered in it that no entry tells of.
#[derive(Clone, Debug)]
pub struct Untold {
    /// The opening.
    pub opening: OpeningId,
    /// Of which interaction.
    pub interaction: InteractionId,
    /// Which content.
    pub content: ContentId,
    /// Who had opened it.
    pub by: String,
}
from_row!(Untold { opening, interaction, content, by });

/// Openings that are over and have something untold.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn untold(r: &mut Reader<'_>, most: i64) -> Result<Vec<Untold>> {
    let statement = sql!(
        "select distinct o.id, o.interaction_id, d.content_id, o.by_name from delivered d
         join opening o on o.tenant_id = d.tenant_id and o.id = d.opening_id
         where d.tenant_id = $tenant and d.told = 0 and o.until <= $now limit $most"
    );
    r.rows(statement, params! { most: most })
}

/// Whether everything delivered before a moment has been told: for tests and for `doctor`.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn settled(r: &mut Reader<'_>, before: Timestamp) -> Result<bool> {
    let statement =
        sql!("select told from delivered where tenant_id = $tenant and told = 0 and at < $before limit 1");
    Ok(r.maybe::<(i64,)>(statement, params! { before: before })?.is_none())
}
