//! Access: who may what, who reaches whom.

pub mod define;
pub mod give;
pub mod matrix;

use super::model::Extent;
use crate::ui::Locale;
use kernel::GroupId;

/// What an extent holds, in words: everything, or the names of its groups and the number of its queues.
fn told(t: &Locale, extent: &Extent, groups: &[(GroupId, String)]) -> String {
    if extent.everything {
        return t.say("reach-everything");
    }
    let named = groups.iter().filter(|(id, _)| extent.groups.contains(id)).map(|(_, name)| name.clone());
    let mut all: Vec<String> = named.collect();
    if !extent.queues.is_empty() {
        all.push(t.say1("reach-queues", "n", extent.queues.len()));
    }
    if all.is_empty() { t.say("reach-nothing") } else { all.join(", ") }
}
