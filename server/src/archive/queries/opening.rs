//! What an opening allows, and what was delivered in it.

use super::super::chest::WrappedKeys;
use super::super::model::{Content, ContentId, InteractionId, OpeningId};
use kernel::{
    Actor, Error, Params, Reader, Result, TenantId, Timestamp, UserId, Uuid, from_row, params, sql,
};
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
    /// Whether a content is one of its.
    ///
    /// # Errors
    /// `NotFound` when it is not.
    pub fn has(&self, content: ContentId) -> Result<()> {
        self.contents.iter().find(|c| c.id == content).map(|_| ()).ok_or(Error::NotFound)
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
         and holder = $actor and session_id = $session and until > $now and made_at <= $ahead"
    );
    let session = session_of(r.access().actor());
    let (until,): (Timestamp,) =
        r.row(statement, params! { id: id, interaction: interaction, session: session, ahead: r.ahead() })?;
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

/// What a player says was heard of one content in an opening and is not told yet: milliseconds, in order.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn heard(r: &mut Reader<'_>, opening: OpeningId, content: ContentId) -> Result<Vec<[u64; 2]>> {
    let statement = sql!(
        "select from_ms, to_ms from heard
         where tenant_id = $tenant and opening_id = $opening and content_id = $content and told = 0 order by from_ms"
    );
    let rows: Vec<(u64, u64)> = r.rows(statement, params! { opening: opening, content: content })?;
    Ok(rows.into_iter().map(|(from, to)| [from, to]).collect())
}

/// A stretch of a recording that somebody heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Who.
    pub by: String,
    /// Which recording.
    pub content: ContentId,
    /// From which millisecond.
    pub from_ms: u64,
    /// To which.
    pub to_ms: u64,
    /// When.
    pub at: Timestamp,
}
from_row!(Heard { by, content, from_ms, to_ms, at });

/// Who heard which seconds of an interaction that was found within reach, as their players said: of everybody for those who
/// may read the archive log, else of the reader.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn hearers(r: &mut Reader<'_>, interaction: InteractionId, own: bool, most: i64) -> Result<Vec<Heard>> {
    let statement = sql!(
        "select o.by_name, h.content_id, h.from_ms, h.to_ms, h.at from opening o
         join heard h on h.tenant_id = o.tenant_id and h.opening_id = o.id
         where o.tenant_id = $tenant and o.interaction_id = $interaction {own| and o.holder = $own}
         order by o.by_name, h.from_ms limit $most"
    );
    let own = own.then(|| r.access().actor().id());
    let sought = Params::none().filter("own", own).with("interaction", interaction).with("most", most);
    r.rows(statement, sought)
}

/// A play that nobody ended, with something that no entry tells of.
#[derive(Clone, Debug)]
pub struct Untold {
    /// The opening.
    pub opening: OpeningId,
    /// Of which interaction.
    pub interaction: InteractionId,
    /// Which content.
    pub content: ContentId,
    /// Who had opened it.
    pub by: UserId,
    /// That person's name.
    pub by_name: String,
}
from_row!(Untold { opening, interaction, content, by, by_name });

/// Plays that are over: nothing was delivered or heard since `quiet`, or the opening has ended.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn untold(r: &mut Reader<'_>, quiet: Timestamp, most: i64) -> Result<Vec<Untold>> {
    let delivered = sql!(
        "select distinct o.id, o.interaction_id, d.content_id, o.holder, o.by_name from delivered d
         join opening o on o.tenant_id = d.tenant_id and o.id = d.opening_id
         where d.tenant_id = $tenant and d.told = 0 and (o.until <= $now or not exists (select 1 from delivered x
             where x.tenant_id = $tenant and x.opening_id = o.id and x.told = 0 and x.at > $quiet)
           and not exists (select 1 from heard y where y.tenant_id = $tenant and y.opening_id = o.id and y.told = 0 and y.at > $quiet))
         limit $most"
    );
    let heard = sql!(
        "select distinct o.id, o.interaction_id, h.content_id, o.holder, o.by_name from heard h
         join opening o on o.tenant_id = h.tenant_id and o.id = h.opening_id
         where h.tenant_id = $tenant and h.told = 0 and (o.until <= $now or not exists (select 1 from heard x
             where x.tenant_id = $tenant and x.opening_id = o.id and x.told = 0 and x.at > $quiet))
         and not exists (select 1 from delivered d where d.tenant_id = $tenant and d.opening_id = o.id
             and d.content_id = h.content_id and d.told = 0)
         limit $most"
    );
    let mut all: Vec<Untold> = r.rows(delivered, params! { quiet: quiet, most: most })?;
    all.extend(r.rows::<Untold>(heard, params! { quiet: quiet, most: most })?);
    Ok(all)
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
