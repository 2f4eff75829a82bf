//! Takes changes of settings and rights back: what stood there stands again, if nothing else has come there since.

use super::events::{Expected, ManageSettings, SettingCleared, SettingGiven};
use super::model::{Place, Told};
use crate::App;
use crate::logs::model::Entry;
use crate::undo;
use kernel::{Error, Grant, Result};

undo!("setting.given", ManageSettings, undo_setting);
undo!("setting.cleared", ManageSettings, undo_setting);

async fn undo_setting(app: App, grant: Grant<ManageSettings>, entry: Entry) -> Result<()> {
    let (key, level): (String, String) = (entry.event("key")?, entry.event("place")?);
    let place = Place::of(&level, entry.subject).ok_or_else(|| Error::conflict("undo-unreadable"))?;
    let field = entry.field(&format!("setting:{key}")).ok_or_else(|| Error::conflict("undo-unreadable"))?;
    let expected = Expected::Just(Told::from_entry(&field.after)?);
    match Told::from_entry(&field.before)? {
        Some(told) => grant.apply(&app.store, SettingGiven { place, key, told, expected }).await,
        None => grant.apply(&app.store, SettingCleared { place, key, expected }).await,
    }
}
