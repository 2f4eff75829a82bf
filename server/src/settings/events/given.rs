//! A value was given at a level, or taken away so that it is inherited again.

use super::ManageSettings;
use crate::settings::bounds;
use crate::settings::model::{Change, Place, Told};
use crate::settings::queries;
use kernel::setting::{self, Setting};
use kernel::{Error, Event, Name, Result, Subject, Writer, params, sql};
use serde::Serialize;

/// What stood there when who asks looked: anything else now is a conflict.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Whatever stands there.
    Anything,
    /// Just this; `None`: nothing of its own.
    Just(Option<Told>),
}

/// A value was given at a level.
#[derive(Serialize)]
pub struct SettingGiven {
    /// Where.
    #[serde(serialize_with = "level_name")]
    pub place: Place,
    /// Which setting.
    pub key: String,
    /// The value, and what it lets lower levels do.
    #[serde(skip)]
    pub told: Told,
    /// What stood there.
    #[serde(skip)]
    pub expected: Expected,
}

/// A value was taken away; what is inherited holds again.
#[derive(Serialize)]
pub struct SettingCleared {
    /// Where.
    #[serde(serialize_with = "level_name")]
    pub place: Place,
    /// Which setting.
    pub key: String,
    /// What stood there.
    #[serde(skip)]
    pub expected: Expected,
}

fn level_name<S: serde::Serializer>(place: &Place, s: S) -> std::result::Result<S::Ok, S::Error> {
    s.serialize_str(place.level().name())
}

impl Event for SettingGiven {
    type Needs = ManageSettings;
    type Output = ();
    const NAME: Name = kernel::name!("setting.given", 1);
    fn subject(&self) -> Subject {
        subject(self.place)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let change = Change { setting: known(&self.key)?, place: self.place, to: Some(self.told.clone()) };
        prepare(w, &change, &self.expected)?;
        let (value, mode) = (self.told.value.to_string(), self.told.mode.name());
        if self.place == Place::System {
            let put = sql!(
                "insert into system_setting (key, value, mode) values ($key, $value, $mode)
                 on conflict (key) do update set value = excluded.value, mode = excluded.mode"
            );
            return w.one(put, params! { key: &self.key, value: value, mode: mode });
        }
        let put = sql!(
            "insert into setting_value (tenant_id, level, holder, key, value, mode)
             values ($tenant, $level, $holder, $key, $value, $mode)
             on conflict (tenant_id, level, holder, key) do update set value = excluded.value, mode = excluded.mode"
        );
        let (level, holder) = (self.place.level().name(), self.place.holder());
        w.one(put, params! { level: level, holder: holder, key: &self.key, value: value, mode: mode })
    }
}

impl Event for SettingCleared {
    type Needs = ManageSettings;
    type Output = ();
    const NAME: Name = kernel::name!("setting.cleared", 1);
    fn subject(&self) -> Subject {
        subject(self.place)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let change = Change { setting: known(&self.key)?, place: self.place, to: None };
        prepare(w, &change, &self.expected)?;
        if self.place == Place::System {
            return w.one(sql!("delete from system_setting where key = $key"), params! { key: &self.key });
        }
        let delete = sql!(
            "delete from setting_value
             where tenant_id = $tenant and level = $level and holder = $holder and key = $key"
        );
        let (level, holder) = (self.place.level().name(), self.place.holder());
        w.one(delete, params! { level: level, holder: holder, key: &self.key })
    }
}

fn subject(place: Place) -> Subject {
    match place {
        Place::System => Subject::new("system", place.holder()),
        Place::Tenant => Subject::TENANT,
        Place::Group(group) => group.into(),
        Place::User(user) => user.into(),
    }
}

fn known(key: &str) -> Result<&'static Setting> {
    setting::find(key).ok_or(Error::NotFound)
}

/// Compares, judges, and writes into the entry what both changes tell alike.
fn prepare(w: &mut Writer<'_>, change: &Change, expected: &Expected) -> Result<()> {
    let before = queries::at(w, change.place, change.setting.key)?;
    if matches!(expected, Expected::Just(seen) if *seen != before) {
        return Err(Error::conflict("settings-changed-meanwhile"));
    }
    bounds::judge(w, change)?;
    let line = queries::line(w, change.place)?;
    w.about(line.name());
    w.belongs(line.group_id(), None);
    w.facet("setting", change.setting.key);
    w.facet("level", change.place.level().name());
    w.changed(&format!("setting:{}", change.setting.key), before, change.to.as_ref());
    Ok(())
}
