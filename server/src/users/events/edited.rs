//! A user's particulars were edited.

use super::ManageUsers;
use super::bounds::{self, Asking};
use super::created::unique;
use super::subject;
use crate::users::import::events::{FromLine, LineFate, fated};
use crate::users::model::{Particulars, sort_key};
use kernel::facet::fold;
use kernel::{Error, Event, Message, Name, Result, Subject, UserId, Writer, params, sql};
use serde::Serialize;

/// Fields of a user were set from `before` to `after`. Fields that are the same in both stay as they are.
#[derive(Serialize)]
pub struct UserEdited {
    /// The user.
    pub user: UserId,
    /// What the one who edits saw.
    #[serde(skip)]
    pub before: Particulars,
    /// What it is to be.
    #[serde(skip)]
    pub after: Particulars,
    /// The person an import is done for.
    pub by: Option<UserId>,
    /// The import it came with.
    pub import: Option<FromLine>,
}

impl UserEdited {
    /// What the row will hold: the edited fields, if nobody else has edited them meanwhile.
    fn merged(&self, now: &Particulars) -> Result<Particulars> {
        let mut merged = now.clone();
        let fields = self.before.fields().into_iter().zip(self.after.fields()).zip(now.fields());
        for (((field, before), (_, after)), (_, current)) in fields {
            if before == after {
                continue;
            }
            if current != before && current != after {
                return Err(Error::conflict(Message::new("users-edited-meanwhile").with("field", field)));
            }
            merged = merged.with(field, &after)?;
        }
        Ok(merged)
    }
}

impl Event for UserEdited {
    type Needs = ManageUsers;
    type Output = ();
    const NAME: Name = kernel::name!("user.edited", 1);
    fn subject(&self) -> Subject {
        self.user.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = subject::find(w, self.user)?;
        let asking = Asking::of(w, self.by)?;
        asking
            .reaches(w, row.group)
            .or_else(|e| if w.access().actor().user() == Some(row.id) { Ok(()) } else { Err(e) })?;
        bounds::may_touch(w, &asking, &row)?;
        let now = row.particulars();
        let p = self.merged(&now)?;
        unique(w, self.user, &p)?;
        let update = sql!(
            "update users set user_name = $user_name, user_name_folded = $user_name_folded, name = $name, sort_key = $sort_key, mail = $mail,
               mail_folded = $mail_folded, mobile = $mobile, external_id = $external_id, number = $number, keywords = $keywords,
               language = $language, search = $search, changed_at = $now
             where tenant_id = $tenant and id = $user"
        );
        let params = params! {
            user: self.user, user_name: &p.user_name, user_name_folded: fold(&p.user_name), name: &p.name,
            sort_key: sort_key(&p.name), mail: p.mail.clone(), mail_folded: p.mail.as_deref().map(fold),
            mobile: p.mobile.clone(), external_id: p.external_id.clone(), number: p.number, keywords: &p.keywords,
            language: p.language.clone(), search: p.search(),
        };
        w.one(update, params)?;
        if let Some(from) = self.import {
            fated(w, from, LineFate::Edited)?;
        }
        for ((field, before), (_, after)) in now.fields().into_iter().zip(p.fields()) {
            w.changed(field, before, after);
        }
        Ok(())
    }
}
