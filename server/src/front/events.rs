//! Refusals at a door are entries too.

use book::PartKind;
use kernel::policy::Anyone;
use kernel::{Actor, Event, Name, Result, Subject, Writer};
use serde::Serialize;

/// Somebody who has come in was refused at a door for want of its right.
#[derive(Serialize)]
pub struct DoorRefused {
    /// The door's method and path, as in the table of doors.
    pub door: String,
    /// The right it needs.
    pub right: &'static str,
    /// Whether only the key's scope lacks it.
    #[serde(skip)]
    pub out_of_scope: bool,
    /// Refusals like this one since the last that was told.
    #[serde(skip_serializing_if = "none")]
    pub passed_over: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
const fn none(n: &u64) -> bool {
    *n == 0
}

impl Event for DoorRefused {
    type Needs = Anyone;
    type Output = ();
    const NAME: Name = kernel::name!(access "door.refused", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let reason = if self.out_of_scope { "out-of-scope" } else { self.right };
        w.say(PartKind::Who, "result", "refused");
        w.say(PartKind::Who, "reason", reason);
        w.facet("result", "refused");
        w.facet("reason", reason);
        w.facet("right", self.right);
        if let Some(user) = w.access().actor().user() {
            w.facet("user", user);
        }
        if let Actor::Key { .. } = w.access().actor() {
            w.say(PartKind::Who, "method", "key");
            w.facet("method", "key");
        }
        Ok(())
    }
}
