//! Writes sign-in's own tables as a part of a change of a user. Each is called from inside another event's `apply`.

use kernel::{Result, UserId, Writer, params, sql};

/// Ends every session of the user, and the links that would open a new one. Says how many sessions there were.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn sessions_end(w: &mut Writer<'_>, user: UserId) -> Result<u64> {
    w.any(
        sql!("delete from password_link where tenant_id = $tenant and user_id = $user"),
        params! { user: user },
    )?;
    w.any(sql!("delete from session where tenant_id = $tenant and user_id = $user"), params! { user: user })
}

/// Takes the user's API keys away. Says how many there were.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn keys_end(w: &mut Writer<'_>, user: UserId) -> Result<u64> {
    let keep = sql!(
        "insert into key_ended (tenant_id, token_hash, key_id, user_id, owner_id, name, ended_at)
         select tenant_id, token_hash, id, user_id, owner_id, name, $now from api_key where tenant_id = $tenant and user_id = $user"
    );
    w.any(keep, params! { user: user })?;
    let uses = sql!(
        "delete from key_use where tenant_id = $tenant and key_id in
         (select k.id from api_key k where k.tenant_id = $tenant and k.user_id = $user)"
    );
    w.any(uses, params! { user: user })?;
    w.any(sql!("delete from api_key where tenant_id = $tenant and user_id = $user"), params! { user: user })
}

/// The next sign-in of the user must choose a new password. Says whether there is a password at all.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn password_must_change(w: &mut Writer<'_>, user: UserId) -> Result<bool> {
    let changed = w.any(
        sql!("update password set must_change = 1 where tenant_id = $tenant and user_id = $user"),
        params! { user: user },
    )?;
    Ok(changed > 0)
}

/// Removes all that signing in knows of a user who never came: counters, password, links, keys.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn forget(w: &mut Writer<'_>, user: UserId) -> Result<()> {
    sessions_end(w, user)?;
    keys_end(w, user)?;
    w.any(
        sql!("delete from password where tenant_id = $tenant and user_id = $user"),
        params! { user: user },
    )?;
    w.any(
        sql!("delete from user_activity where tenant_id = $tenant and user_id = $user"),
        params! { user: user },
    )?;
    Ok(())
}
