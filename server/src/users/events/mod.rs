//! Every change of users and user groups, each with its right, its name in the log and its SQL.

pub mod admins;
pub mod bounds;
mod created;
mod edited;
mod exported;
mod groups;
mod look;
mod moved;
mod password;
mod removed;
mod standing;
mod subject;

pub use created::{GroupAtStart, UserCreated};
pub use edited::UserEdited;
pub use exported::UsersExported;
pub use groups::{GroupCreated, GroupDeleted, GroupRenamed, Started};
pub use look::LookChosen;
pub use moved::UserMoved;
pub use password::NewPasswordForced;
pub use removed::UserCreationUndone;
pub use standing::{StandingRestored, UserDeactivated, UserReactivated, UserResumed, UserSuspended};
pub use subject::Columns;

use kernel::right;

right!(
    /// May see users and groups within reach.
    ViewUsers,
    "users.view",
    "users"
);
right!(
    /// May make, edit, move, suspend and deactivate users within reach.
    ManageUsers,
    "users.manage",
    "users"
);
right!(
    /// May bring users in from a file.
    ImportUsers,
    "users.import",
    "users"
);
right!(
    /// May take all users within reach out as a file.
    ExportUsers,
    "users.export",
    "users"
);
right!(
    /// May make, rename and delete user groups.
    ManageGroups,
    "groups.manage",
    "users"
);
