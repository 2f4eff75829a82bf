//! The archive's list: in an order, by keyset, within reach.

use super::order::{ArchiveOrder, ArchivePlace, Shelf};
use crate::archive::model::InteractionId;
use crate::users::model::by_name;
use kernel::facet::fold;
use kernel::{GroupId, Params, QueueId, Reader, Result, Timestamp, UserId, from_row, params, sql};

/// Rows of a page; one more is asked for, to know whether there is a next.
pub const PAGE_ROWS: usize = 50;
/// The most rows that a program can ask for at once.
const MAX_ROWS: usize = 200;
/// Agents offered to choose from.
pub const AGENTS_SHOWN: i64 = 200;

/// What narrows the list. Nothing set: everything within reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Begun at or after.
    pub since: Option<Timestamp>,
    /// Begun before.
    pub until: Option<Timestamp>,
    /// `call`, `chat`, `email`.
    pub medium: Option<String>,
    /// The agent.
    pub agent: Option<UserId>,
    /// The agent's group of then.
    pub group: Option<GroupId>,
    /// The queue.
    pub queue: Option<QueueId>,
    /// Folded text in subject, names and addresses.
    pub text: Option<String>,
    /// At most so long, in seconds.
    pub longest_s: Option<i64>,
    /// At least so long, in seconds.
    pub shortest_s: Option<i64>,
    /// With a recording.
    pub recorded: bool,
    /// Keys of words that all have to stand in its transcript or chat; at most four.
    pub words: Vec<i64>,
    /// Rows of a page, if not [`PAGE_ROWS`].
    pub most: Option<usize>,
    /// In this order.
    pub order: ArchiveOrder,
    /// After this row.
    pub from: Option<ArchivePlace>,
    /// Of what stands together in the order.
    pub shelf: Shelf,
}

/// One line of the list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ListRow {
    /// Its id.
    pub id: InteractionId,
    /// `call`, `chat` or `email`.
    pub medium: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The agent's name of then.
    pub agent: Option<String>,
    /// The agent's group of then.
    pub group: Option<String>,
    /// The queue's id.
    pub queue: Option<QueueId>,
    /// The queue's name.
    pub queue_name: Option<String>,
    /// What it was about.
    pub subject: String,
    /// Whether there is a recording.
    pub recorded: bool,
    /// The customer's name or address.
    pub customer: Option<String>,
}
from_row!(ListRow {
    id,
    medium,
    started,
    ended,
    agent,
    group,
    queue,
    queue_name,
    subject,
    recorded,
    customer
});

impl Filter {
    /// Rows of a page.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most.unwrap_or(PAGE_ROWS).clamp(1, MAX_ROWS)
    }

    fn params(&self) -> Params {
        let on = |is: bool| is.then_some(1_i64);
        let queue = match self.shelf {
            Shelf::Of(queue) => Some(queue),
            _ => self.queue,
        };
        let word = |n: usize| self.words.get(n).copied();
        // A filter that starts with the unlikely word stays small; the first word leads.
        let params = Params::none()
            .filter("since", self.since)
            .filter("until", self.until)
            .filter("medium", self.medium.clone())
            .filter("agent", self.agent)
            .filter("group", self.group)
            .filter("queue", queue)
            .filter("text", self.text.as_deref().map(like))
            .filter("longest", self.longest_s.map(|s| s * 1_000_000))
            .filter("shortest", self.shortest_s.map(|s| s * 1_000_000))
            .filter("recorded", self.recorded.then_some(1_i64))
            .filter("word1", word(0))
            .filter("word2", word(1))
            .filter("word3", word(2))
            .filter("word4", word(3))
            .filter("named", on(self.shelf == Shelf::Named))
            .filter("unnamed", on(self.shelf == Shelf::Unnamed))
            .filter("unqueued", on(self.shelf == Shelf::Unqueued))
            .with("limit", i64::try_from(self.most() + 1).unwrap_or(i64::MAX));
        self.order.params(params, self.from.as_ref())
    }
}

/// A pattern of `like … escape '\'`: the text anywhere, `*` for any characters.
fn like(text: &str) -> String {
    let mut out = String::from("%");
    for c in text.chars() {
        match c {
            '*' => out.push('%'),
            '%' | '_' | '\\' => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out.push('%');
    out
}

/// The list over `$from`, whose rows begin at `$at` and are of the interaction `$id`. `$named` is how `interaction_named` has an
/// agent's name.
macro_rules! interactions {
    ($from:literal, $at:literal, $id:literal, $narrowed:literal) => {
        interactions!($from, $at, $id, $narrowed, "replace(replace(i.agent_name, 'Å', 'Ã'), 'å', 'ã')", "i.ended_at - i.started_at")
    };
    ($from:literal, $at:literal, $id:literal, $narrowed:literal, $named:literal, $length:literal) => {
        sql!(concat!(
            "select i.id, i.medium, i.started_at, i.ended_at, i.agent_name,
               (select g.name from user_groups g where g.tenant_id = $tenant and g.id = i.group_id), i.queue_id,
               (select q.name from queue q where q.tenant_id = $tenant and q.id = i.queue_id), i.subject, i.recorded,
               (select coalesce(p.name, p.mail, p.tel) from participant p where p.tenant_id = $tenant and p.interaction_id = i.id
                 and p.role <> 'agent' and (p.user_id is null or i.agent_id is null or p.user_id <> i.agent_id) order by p.position limit 1)
             from ", $from, "
             and (i.agent_id = $actor or exists (
               select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
                 or r.kind = 'group' and r.scope_id = i.group_id or r.kind = 'queue' and r.scope_id = i.queue_id)))
             ", $narrowed, "{since| and ", $at, " >= $since}{until| and ", $at, " < $until}{medium| and i.medium = $medium}",
            "{agent| and i.agent_id = $agent}{group| and i.group_id = $group}{queue| and i.queue_id = $queue}",
            "{text| and i.search like $text escape '\\'}{shortest| and ", $length, " >= $shortest}",
            "{longest| and ", $length, " <= $longest}{recorded| and i.recorded = $recorded}",
            "{named| and ", $named, " > ''}{unnamed| and ", $named, " is null}",
            "{unqueued| and not exists (select 1 from queue q where q.tenant_id = $tenant and q.id = i.queue_id)}",
            "{from| and (", $at, ", ", $id, ") < ($from_at, $from)}{after| and (", $at, ", ", $id, ") > ($from_at, $after)}",
            "{longer| and ", $length, " >= $longer and (", $length, " > $longer or (", $at, ", ", $id, ") < ($from_at, $last))}",
            "{shorter| and ", $length, " <= $shorter and (", $length, " < $shorter or (", $at, ", ", $id, ") > ($from_at, $last))}",
            "{behind| and ", $named, " >= $behind and (", $named, " > $behind or (", $at, ", ", $id, ") < ($from_at, $last))}",
            "{ahead| and ", $named, " <= $ahead and (", $named, " < $ahead or (", $at, ", ", $id, ") > ($from_at, $last))}
             order by {length_up| ", $length, ",}{length_down| ", $length, " desc,}{agent_up| ", $named, ",}{agent_down| ", $named, " desc,}",
            "{oldest| ", $at, ", ", $id, ",} ", $at, " desc, ", $id, " desc limit $limit"
        ))
    };
}

/// The next rows of one shelf, at most one more than a page.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub(super) fn rows(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<ListRow>> {
    let statement = if filter.words.is_empty() {
        interactions!("interaction i where i.tenant_id = $tenant", "i.started_at", "i.id", "")
    } else {
        interactions!(
            "word w join interaction i on i.tenant_id = $tenant and i.id = w.interaction_id where w.tenant_id = $tenant and w.key = $word1",
            "w.started_at",
            "w.interaction_id",
            "{word2| and exists (select 1 from word x where x.tenant_id = $tenant and x.key = $word2 and x.started_at = w.started_at and x.interaction_id = w.interaction_id)}{word3| and exists (select 1 from word x where x.tenant_id = $tenant and x.key = $word3 and x.started_at = w.started_at and x.interaction_id = w.interaction_id)}{word4| and exists (select 1 from word x where x.tenant_id = $tenant and x.key = $word4 and x.started_at = w.started_at and x.interaction_id = w.interaction_id)}"
        )
    };
    r.rows(statement, filter.params())
}

/// The agents within reach, by name, to choose from; of those whose name, number or address holds a text if one is given.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn agents(r: &mut Reader<'_>, text: Option<&str>) -> Result<Vec<(UserId, String)>> {
    let statement = sql!(
        "select u.id, u.name from users u where u.tenant_id = $tenant and (u.id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = u.group_id)))
         and exists (select 1 from interaction i where i.tenant_id = $tenant and i.agent_id = u.id)
         {text| and u.search like $text escape '\\'}
         order by u.sort_key, u.id limit $limit"
    );
    r.rows(statement, Params::none().filter("text", text.map(|t| like(&fold(t)))).with("limit", AGENTS_SHOWN))
}

/// The name of an agent within reach.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn agent_name(r: &mut Reader<'_>, id: UserId) -> Result<Option<String>> {
    let statement = sql!(
        "select u.name from users u where u.tenant_id = $tenant and u.id = $id and (u.id = $actor or exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = u.group_id)))"
    );
    Ok(r.maybe::<(String,)>(statement, params! { id: id })?.map(|(name,)| name))
}

/// The queues within reach, by name, to choose from; those of a customer are few.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn queues(r: &mut Reader<'_>) -> Result<Vec<(QueueId, String)>> {
    let statement = sql!(
        "select q.id, q.name from queue q where q.tenant_id = $tenant and exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind in ('all', 'group')
             or r.kind = 'queue' and r.scope_id = q.id)) order by q.folded"
    );
    Ok(by_name(r.rows(statement, params! {})?, |(_, name): &(QueueId, String)| name))
}

/// The name of a queue.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn queue_name(r: &mut Reader<'_>, id: QueueId) -> Result<Option<String>> {
    let statement = sql!("select name from queue where tenant_id = $tenant and id = $id");
    Ok(r.maybe::<(String,)>(statement, params! { id: id })?.map(|(name,)| name))
}

/// The groups within reach, by name, to choose from.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn groups(r: &mut Reader<'_>) -> Result<Vec<(GroupId, String)>> {
    let statement = sql!(
        "select g.id, g.name from user_groups g where g.tenant_id = $tenant and exists (
           select 1 from reach r where r.tenant_id = $tenant and r.holder in ($actor, $actor_group) and (r.kind = 'all'
             or r.kind = 'group' and r.scope_id = g.id)) order by g.folded"
    );
    Ok(by_name(r.rows(statement, params! {})?, |(_, name): &(GroupId, String)| name))
}
