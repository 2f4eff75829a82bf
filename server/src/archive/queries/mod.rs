//! Every read of the archive. A person sees the interactions of their reach, and their own.
//!
//! `list` the archive page · `opening` what an opening allows · `order` its orders · `aside` what was set aside

mod aside;
mod every;
mod list;
mod opening;
mod order;

pub use aside::{AsideRow, aside, asides, known_aside};
pub use every::{Every, every};
pub use list::{AGENTS_SHOWN, Filter, ListRow, PAGE_ROWS, agent_name, agents, groups, queue_name, queues};
pub use opening::{
    Heard, Opening, Sound, Untold, heard, hearers, opening, session_of, settled, sound, untold,
};
pub use order::{ArchiveOrder, ArchivePlace, Shelf, list};

use super::chest::WrappedKeys;
use super::model::{Content, InteractionId, Participant};
use kernel::{GroupId, QueueId, Reader, Result, Timestamp, UserId, Uuid, from_row, params, sql};

/// An interaction's own facts.
#[derive(Clone, Debug)]
pub struct InteractionRow {
    /// Its id.
    pub id: InteractionId,
    /// The id its file gave it.
    pub external: Uuid,
    /// `call`, `chat` or `email`.
    pub medium: String,
    /// `in`, `out` or unknown.
    pub direction: Option<String>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The queue it came by.
    pub queue: Option<QueueId>,
    /// The agent's group of then.
    pub group: Option<GroupId>,
    /// The agent, if it is a user.
    pub agent: Option<UserId>,
    /// The agent's name of then.
    pub agent_name: Option<String>,
    /// What it was about; may be empty.
    pub subject: String,
    /// When it was brought in.
    pub imported: Timestamp,
}
from_row!(InteractionRow {
    id,
    external,
    medium,
    direction,
    started,
    ended,
    queue,
    group,
    agent,
    agent_name,
    subject,
    imported
});

/// An interaction within reach.
///
/// # Errors
/// `NotFound` when there is none, or it is not for this actor to see.
pub fn interaction(r: &mut Reader<'_>, id: InteractionId) -> Result<InteractionRow> {
    let statement = sql!(
        "select i.id, i.external_id, i.medium, i.direction, i.started_at, i.ended_at, i.queue_id, i.group_id, i.agent_id,
                i.agent_name, i.subject, i.imported_at
         from interaction i where i.tenant_id = $tenant and i.id = $id and (i.agent_id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = i.group_id or r.kind = 'queue' and r.scope_id = i.queue_id)))"
    );
    r.row(statement, params! { id: id })
}

/// An interaction for our own work, which has no reach of its own.
///
/// # Errors
/// `NotFound` when there is none.
pub fn interaction_unlimited(r: &mut Reader<'_>, id: InteractionId) -> Result<InteractionRow> {
    let statement = sql!(
        "select i.id, i.external_id, i.medium, i.direction, i.started_at, i.ended_at, i.queue_id, i.group_id, i.agent_id,
                i.agent_name, i.subject, i.imported_at
         from interaction i where i.tenant_id = $tenant and i.id = $id /* system: tells what was delivered in an opening that is over */"
    );
    r.row(statement, params! { id: id })
}

/// Who took part in an interaction that was found within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn participants(r: &mut Reader<'_>, id: InteractionId) -> Result<Vec<Participant>> {
    let statement = sql!(
        "select position, name, tel, mail, role, user_id from participant
         where tenant_id = $tenant and interaction_id = $id order by position"
    );
    r.rows(statement, params! { id: id })
}

/// The encrypted files of an interaction, or of what was set aside. Their keys are wrapped.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn contents(r: &mut Reader<'_>, of: Uuid) -> Result<Vec<Content>> {
    let statement = sql!(
        "select id, kind, name, mimetype, size, length_ms, hash, key_version, wrapped, peaks from content
         where tenant_id = $tenant and of_id = $of order by position"
    );
    r.rows(statement, params! { of: of })
}

/// The tenant's keys, the newest first, wrapped.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keys(r: &mut Reader<'_>) -> Result<Vec<WrappedKeys>> {
    let statement = sql!(
        "select version, wrapped, search_wrapped from content_key where tenant_id = $tenant order by version desc"
    );
    r.rows(statement, params! {})
}

/// The digest of an interaction's file and recordings, by the id the file gave it, if it was brought in before.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn digest_of(r: &mut Reader<'_>, external: Uuid) -> Result<Option<[u8; 32]>> {
    let statement = sql!(
        "select digest from interaction where tenant_id = $tenant and external_id = $external
         /* system: tells whether a file was brought in before, whoever may see it */"
    );
    Ok(r.maybe::<([u8; 32],)>(statement, params! { external: external })?.map(|(digest,)| digest))
}

/// Which of these files of the store have their row.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn has_row(r: &mut Reader<'_>, id: Uuid) -> Result<bool> {
    let statement = sql!("select size from content where tenant_id = $tenant and id = $id");
    Ok(r.maybe::<(i64,)>(statement, params! { id: id })?.is_some())
}

/// A group's name, if it is still there.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn group_name(r: &mut Reader<'_>, id: GroupId) -> Result<Option<String>> {
    let statement = sql!("select name from user_groups where tenant_id = $tenant and id = $id");
    Ok(r.maybe::<(String,)>(statement, params! { id: id })?.map(|(name,)| name))
}
