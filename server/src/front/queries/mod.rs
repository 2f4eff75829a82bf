//! What the frame, Home and the jump box look up: a bounded number of rows each, within reach.

mod frame;
mod home;
mod jump;

pub use frame::frame;
pub use home::{
    Amount, Ending, Links, OwnWork, Steps, aside, ending, entry_at, expiring, failed_check, links,
    own_refused, own_work, steps, tenant_line, unseen,
};
pub use jump::{Met, Place, entry, interaction, interactions};
