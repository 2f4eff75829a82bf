//! Refusals at a door are entries too.

use kernel::policy::Anyone;
use kernel::{Event, Name, Result, Subject, Writer};
use serde::Serialize;

/// Somebody who has come in was refused at a door for want of its right.
#[derive(Serialize)]
pub struct DoorRefused {
    /// The door's method and path, as in the table of doors.
    pub door: String,
    /// The right it needs.
    pub right: &'static str,
}

impl Event for DoorRefused {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = Name::access("door.refused", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.facet("result", "refused");
        w.facet("reason", self.right);
        Ok(())
    }
}
