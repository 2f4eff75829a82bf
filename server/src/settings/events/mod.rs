//! Every change of settings and rights.

mod arrived;
mod given;

pub use arrived::RightsArrived;
pub use given::{Expected, SettingCleared, SettingGiven};

use kernel::right;

right!(
    /// May see settings and rights, and where each comes from.
    ViewSettings,
    "settings.view",
    "settings"
);
right!(
    /// May change settings and rights within reach, within the own rights.
    ManageSettings,
    "settings.manage",
    "settings"
);
