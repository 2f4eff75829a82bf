//! The orders of the archive's list, and where in one a page ends.
//!
//! Of equals the newest stands first, the oldest where the order is turned round; those without a value stand last in either.

use super::list::{Filter, ListRow, rows};
use crate::archive::model::InteractionId;
use crate::users::model::{Order, words};
use kernel::{Params, QueueId, Reader, Result, Timestamp, Uuid};

words!(
    /// What the list can be ordered by. The words are those of the columns.
    ArchiveColumn {
        /// When it began.
        Started = "started",
        /// How long it was.
        Length = "length",
        /// The agent's name of then, as Swedes sort.
        Agent = "agent",
        /// The queue's name, as Swedes sort.
        Queue = "queue",
    }
);

/// An order of the archive's list.
pub type ArchiveOrder = Order<ArchiveColumn>;

impl Default for ArchiveOrder {
    fn default() -> Self {
        Self { column: ArchiveColumn::Started, down: true }
    }
}

/// The last interaction of a page, as the order sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivePlace {
    started: Timestamp,
    id: InteractionId,
    /// What stands in the ordered column; none where there is nothing, or where time orders.
    key: Option<String>,
}

/// A name as the index `interaction_named` has it: å stands before ä.
fn named(name: &str) -> String {
    name.replace('Å', "Ã").replace('å', "ã")
}

impl ArchiveOrder {
    /// Where an interaction stands.
    #[must_use]
    pub fn place(self, row: &ListRow) -> ArchivePlace {
        let key = match self.column {
            ArchiveColumn::Started => None,
            ArchiveColumn::Length => Some((row.ended.0 - row.started.0).to_string()),
            ArchiveColumn::Agent => row.agent.as_deref().map(named),
            ArchiveColumn::Queue => row.queue_name.as_ref().and(row.queue).map(|queue| queue.to_string()),
        };
        ArchivePlace { started: row.started, id: row.id, key }
    }

    /// The parameters that turn the parts of the statement on, for the rows after a place.
    pub(super) fn params(self, params: Params, from: Option<&ArchivePlace>) -> Params {
        use ArchiveColumn::{Agent, Length, Started};
        let on = |column, down| (self.column == column && self.down == down).then_some(1_i64);
        let oldest = on(Started, false).or(on(Length, true)).or(on(Agent, true));
        let params = params
            .filter("length_up", on(Length, false))
            .filter("length_down", on(Length, true))
            .filter("agent_up", on(Agent, false))
            .filter("agent_down", on(Agent, true))
            .filter("oldest", oldest);
        let Some(ArchivePlace { started, id, key }) = from else { return params };
        let params = params.with("from_at", *started);
        let length = || key.as_ref().and_then(|key| key.parse::<i64>().ok()).unwrap_or_default();
        match (self.column, self.down, key) {
            (Length, false, _) => params.with("last", *id).with("longer", length()),
            (Length, true, _) => params.with("last", *id).with("shorter", length()),
            (Agent, false, Some(key)) => params.with("last", *id).with("behind", key.as_str()),
            (Agent, true, Some(key)) => params.with("last", *id).with("ahead", key.as_str()),
            (Started, false, _) | (Agent, true, None) => params.with("after", *id),
            _ => params.with("from", *id),
        }
    }
}

impl ArchivePlace {
    /// As an address says it: `START_ID`, and behind it `_KEY` where there is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '_');
        let (at, id) = (parts.next()?, parts.next()?);
        let (started, id) = (Timestamp(at.parse().ok()?), InteractionId(Uuid::parse_str(id).ok()?));
        Some(Self { started, id, key: parts.next().map(|key| key.replace('\0', "")) })
    }
}

impl std::fmt::Display for ArchivePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.started.0, self.id)?;
        self.key.as_ref().map_or(Ok(()), |key| write!(f, "_{key}"))
    }
}

/// What stands together in an order whose values are few, or may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Everything.
    #[default]
    All,
    /// With an agent's name.
    Named,
    /// Without one.
    Unnamed,
    /// Of this queue.
    Of(QueueId),
    /// Of no queue that there is.
    Unqueued,
}

/// The next rows of the list, at most one more than a page.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn list(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<ListRow>> {
    let shelves = shelves(r, filter)?;
    let key = filter.from.as_ref().and_then(|from| from.key.as_deref());
    let begun = match (&filter.from, filter.order.column, key) {
        (None, _, _) | (_, ArchiveColumn::Started | ArchiveColumn::Length, _) => 0,
        (Some(_), ArchiveColumn::Agent, Some(_)) => 0,
        (Some(_), ArchiveColumn::Queue, Some(key)) => {
            let at = |shelf: &Shelf| matches!(shelf, Shelf::Of(queue) if queue.to_string() == key);
            shelves.iter().position(at).unwrap_or(shelves.len())
        }
        (Some(_), _, None) => shelves.len().saturating_sub(1),
    };
    let mut out = Vec::new();
    for (n, shelf) in shelves.into_iter().enumerate().skip(begun) {
        let from = filter.from.clone().filter(|_| n == begun);
        out.extend(rows(r, &Filter { shelf, from, ..filter.clone() })?);
        if out.len() > filter.most() {
            break;
        }
    }
    out.truncate(filter.most() + 1);
    Ok(out)
}

fn shelves(r: &mut Reader<'_>, filter: &Filter) -> Result<Vec<Shelf>> {
    match (filter.order.column, filter.queue) {
        (ArchiveColumn::Started | ArchiveColumn::Length, _) => Ok(vec![Shelf::All]),
        (ArchiveColumn::Agent, _) => Ok(vec![Shelf::Named, Shelf::Unnamed]),
        (ArchiveColumn::Queue, Some(queue)) => Ok(vec![Shelf::Of(queue)]),
        (ArchiveColumn::Queue, None) => {
            // Every queue: that a row may be seen is decided row by row.
            let mut queues = crate::reach::queries::queue_names(r)?;
            if filter.order.down {
                queues.reverse();
            }
            Ok(queues.into_iter().map(|(id, _)| Shelf::Of(id)).chain([Shelf::Unqueued]).collect())
        }
    }
}
