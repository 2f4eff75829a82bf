//! A newer program brought rights that a group of administrators had not been asked about.

use crate::settings::own::events::{self as own, OwnValue};
use crate::users::events::bounds;
use crate::users::model::GroupKind;
use kernel::policy::Machine;
use kernel::setting::Level;
use kernel::{Error, Event, GroupId, Name, Result, Subject, Writer};
use serde::Serialize;

crate::never!("rights.arrived", "undo-never-rights-arrived");

/// Rights that came with a newer program were given to a group of administrators, if it held every right there was:
/// otherwise nobody could give them, since nobody gives what they lack.
#[derive(Serialize)]
pub struct RightsArrived {
    /// The group.
    pub group: GroupId,
    /// The rights it had not been asked about.
    pub rights: Vec<&'static str>,
}

impl Event for RightsArrived {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("rights.arrived", 1);
    fn subject(&self) -> Subject {
        self.group.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (name, kind) = bounds::named(w, self.group)?;
        let known = own::known_rights(w, self.group)?;
        let values = own::values(w, Level::Group, self.group.0)?;
        let new: Vec<&'static str> =
            self.rights.iter().copied().filter(|right| !known.iter().any(|k| k == right)).collect();
        if new.is_empty() || kind != GroupKind::Administrators {
            return Err(Error::conflict("rights-not-new"));
        }
        w.about(&name);
        w.belongs(Some(self.group), None);
        let holds = |key: &str| values.iter().any(|v| v.key == key && v.value == "true");
        if !known.is_empty() && known.iter().all(|key| holds(key)) {
            for right in new.iter().filter(|right| !values.iter().any(|v| v.key == **right)) {
                let allowed =
                    OwnValue { key: (*right).to_owned(), value: "true".to_owned(), mode: "free".to_owned() };
                own::give(w, Level::Group, self.group.0, &allowed)?;
            }
        }
        own::know_rights(w, self.group, new)
    }
}
