//! A person chooses how the pages look to them.

use kernel::policy::Person;
use kernel::{Error, Event, Name, Result, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// Somebody chose their own language and theme.
#[derive(Serialize)]
pub struct LookChosen {
    /// Whose look: the actor.
    #[serde(skip)]
    pub user: UserId,
    /// Language tag; `None`: the tenant's.
    #[serde(skip)]
    pub language: Option<&'static str>,
    /// `system`, `light` or `dark`.
    #[serde(skip)]
    pub theme: &'static str,
}

impl Event for LookChosen {
    type Needs = Person;
    type Output = ();
    const NAME: Name = kernel::name!("user.look_chosen", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let find = sql!(
            "select /* system: only oneself */ name, language, theme from users where tenant_id = $tenant and id = $actor"
        );
        let row: Option<(String, Option<String>, Option<String>)> = w.maybe(find, params! {})?;
        let (name, language, theme) = row.ok_or(Error::SignedOut)?;
        w.about(&name);
        w.changed("language", language, self.language);
        w.changed("theme", theme, self.theme);
        w.one(
            sql!(
                "update users set language = $language, theme = $theme, changed_at = $now where tenant_id = $tenant and id = $actor"
            ),
            params! { language: self.language.map(str::to_owned), theme: self.theme },
        )
    }
}
