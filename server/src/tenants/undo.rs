//! Which changes of tenants can be taken back: none by a click, since rows of a whole customer hang on each.

use crate::never;

never!("tenant.added", "undo-never-tenant");
never!("tenant.set-up", "undo-never-tenant");
never!("user.started", "undo-never-started");
