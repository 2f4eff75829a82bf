//! Access: who may what, who reaches whom.

pub mod define;
pub mod give;
pub mod matrix;

use super::model::Extent;
use super::queries;
use crate::ui::Locale;
use kernel::{GroupId, QueueId, Reader, Result};

/// The groups and queues that an extent can hold, by name.
pub(super) struct Names {
    /// Every group.
    pub groups: Vec<(GroupId, String)>,
    /// Every queue.
    pub queues: Vec<(QueueId, String)>,
}

impl Names {
    /// Those of the tenant.
    fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { groups: queries::group_names(r)?, queues: queries::queue_names(r)? })
    }
}

/// What an extent holds, in words: everything, or the names of its groups and its queues.
fn told(t: &Locale, extent: &Extent, names: &Names) -> String {
    if extent.everything {
        return t.say("reach-everything");
    }
    let groups =
        names.groups.iter().filter(|(id, _)| extent.groups.contains(id)).map(|(_, name)| name.clone());
    let queues = names.queues.iter().filter(|(id, _)| extent.queues.contains(id));
    let queues = queues.map(|(_, name)| t.say1("reach-queue", "name", name.as_str()));
    let all: Vec<String> = groups.chain(queues).collect();
    if all.is_empty() { t.say("reach-nothing") } else { all.join(", ") }
}
