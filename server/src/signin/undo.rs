//! Which changes of signing in can be taken back: a link and a new key can; passwords and ended keys cannot, since
//! nobody kept them.

use crate::App;
use crate::logs::model::Entry;
use crate::signin::events::keys::KeyEnded;
use crate::signin::events::links::PasswordLinkVoided;
use crate::signin::model::{ManageKeys, ResetPasswords};
use crate::{never, undo};
use kernel::{Grant, KeyId, Result, UserId};

never!("password.set-by-link", "undo-never-password");
never!("password.changed", "undo-never-password");
never!("password.given", "undo-never-password");
never!("password-link.voided", "undo-never-password");
never!("key.ended", "undo-never-key");
never!("user.look_chosen", "undo-never-look");
undo!("key.made", ManageKeys, undo_key);
undo!("password-link.made", ResetPasswords, undo_link);

/// A key that should not have been made opens nothing any more.
async fn undo_key(app: App, grant: Grant<ManageKeys>, entry: Entry) -> Result<()> {
    let key = KeyId(entry.subject);
    grant.apply(&app.store, KeyEnded { key, reason: None }).await
}

/// A link that was handed out by mistake works no more.
async fn undo_link(app: App, grant: Grant<ResetPasswords>, entry: Entry) -> Result<()> {
    let user = UserId(entry.subject);
    grant.apply(&app.store, PasswordLinkVoided { user }).await
}
