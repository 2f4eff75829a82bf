//! Users left as a file.

use super::ExportUsers;
use kernel::{Event, Name, Result, Subject, Writer};
use serde::Serialize;

/// Somebody took users out as a file.
#[derive(Serialize)]
pub struct UsersExported {
    /// How many.
    pub count: i64,
}

impl Event for UsersExported {
    type Needs = ExportUsers;
    type Output = ();
    const NAME: Name = kernel::name!(access "users.exported", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", "exported");
        Ok(())
    }
}
