//! What people do with files that were set aside: look at them, take them in again, or discard them.

use crate::archive::chest::WrappedKeys;
use crate::archive::model::{AsideId, Content};
use crate::archive::queries;
use crate::archive::rights::ImportInteractions;
use kernel::{Error, Event, Name, Result, Subject, TenantId, Writer, params, sql};
use serde::Serialize;
use vault::{ContentKey, MasterKeys};

/// Why a file that was set aside is decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// To be taken away.
    Download,
    /// To be brought in again.
    Retry,
}

/// A file that was set aside was decrypted.
#[derive(Serialize)]
pub struct AsideOpened {
    /// Which.
    #[serde(skip)]
    pub aside: AsideId,
    /// What for.
    pub purpose: Purpose,
}

/// The file and its recordings, which may be decrypted this once.
pub struct Released {
    /// Its name.
    pub file_name: String,
    /// The file first, then its recordings.
    pub contents: Vec<Content>,
    keys: Vec<WrappedKeys>,
    tenant: TenantId,
}

impl Released {
    /// The key that decrypts one of them.
    ///
    /// # Errors
    /// `Broken` when it cannot be unwrapped.
    pub fn key(&self, content: &Content, master: &MasterKeys) -> Result<ContentKey> {
        let keys = self.keys.iter().find(|k| k.version == content.key_version);
        let keys = keys.ok_or_else(|| Error::broken("the tenant's key of a content is missing"))?;
        keys.unwrap(self.tenant, master)?.content_key(self.tenant, content)
    }
}

impl Event for AsideOpened {
    type Needs = ImportInteractions;
    type Output = Released;
    const NAME: Name = kernel::name!(archive "aside.opened", 1);
    fn subject(&self) -> Subject {
        self.aside.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<Released> {
        let row = queries::aside(w, self.aside)?;
        w.about(&row.file_name);
        Ok(Released {
            contents: queries::contents(w, self.aside.0)?,
            keys: queries::keys(w)?,
            tenant: w.tenant(),
            file_name: row.file_name,
        })
    }
}

/// What became of a file that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It is in the archive now.
    Imported,
    /// Nobody wants it.
    Discarded,
}

impl Decision {
    const fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Discarded => "discarded",
        }
    }
}

/// A file is no longer set aside. Its copy here is gone for good: the keys are destroyed. The very same file is looked at
/// anew when it is sent in again.
#[derive(Serialize)]
pub struct AsideDecided {
    /// Which.
    #[serde(skip)]
    pub aside: AsideId,
    /// What was decided.
    pub decision: Decision,
}

impl Event for AsideDecided {
    type Needs = ImportInteractions;
    /// The encrypted files, to be taken out of the store.
    type Output = Vec<Content>;
    const NAME: Name = kernel::name!("aside.decided", 1);
    fn subject(&self) -> Subject {
        self.aside.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<Vec<Content>> {
        let row = queries::aside(w, self.aside)?;
        let contents = queries::contents(w, self.aside.0)?;
        let by = w.access().name().to_owned();
        w.one(
            sql!("insert into aside_decision (tenant_id, aside_id, decision, at, by_name) values ($tenant, $id, $decision, $now, $by)"),
            params! { id: self.aside, decision: self.decision.name(), by: by },
        )?;
        w.one(
            sql!("update set_aside set digest = $own where tenant_id = $tenant and id = $id"),
            params! { id: self.aside, own: self.aside.0.as_bytes().to_vec() },
        )?;
        w.any(
            sql!("update content set wrapped = $gone where tenant_id = $tenant and of_id = $id"),
            params! { id: self.aside.0, gone: Vec::<u8>::new() },
        )?;
        w.about(&row.file_name);
        w.changed("state", "set_aside", self.decision.name());
        Ok(contents)
    }
}
