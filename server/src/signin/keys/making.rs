//! What a new key is asked to be: read alike from a form and from a JSON body, all problems told at once.

use super::model::{KEY_DAYS, NAME_CHARACTERS};
use super::queries;
use crate::App;
use crate::signin::events::keys::KeyMade;
use crate::signin::model::ManageKeys;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::door::Fields;
use kernel::gate::Secret;
use kernel::{Actor, Grant, Kept, KeyId, Result, Timestamp, UserId, setting};

/// Characters of a user name, an id or a moment.
const WORD_CHARACTERS: usize = 200;

/// The change that makes a key, and the secret, which is shown this once.
///
/// # Errors
/// `Invalid` with every field that cannot be used.
pub async fn asked(
    app: &App,
    grant: &Grant<ManageKeys>,
    zone: &TimeZone,
    mut fields: Fields,
) -> Result<(KeyMade, String)> {
    let user = fields.parse::<UserId>("user");
    let owner = owner(app, grant, &mut fields).await?;
    let name = fields.text("name", NAME_CHARACTERS);
    let scope = scope(&mut fields);
    let now = app.store.clock().now();
    let until = until(&mut fields, zone).unwrap_or_else(|| now.plus_seconds(KEY_DAYS * 24 * 3600));
    fields.done()?;
    let (Some(user), Some(owner)) = (user, owner) else { return Err(kernel::Error::NotFound) };
    let chance = app.store.chance();
    let secret = Secret::new(grant.access().tenant(), chance);
    let key = KeyId::new(now, chance);
    Ok((KeyMade { key, user, owner, name, scope, until, secret: Kept(secret.hash) }, secret.text))
}

/// The person who answers for it: by id or user name; oneself where nobody is named.
async fn owner(app: &App, grant: &Grant<ManageKeys>, fields: &mut Fields) -> Result<Option<UserId>> {
    let Some(text) = fields.optional_text("owner", WORD_CHARACTERS) else {
        if let Actor::User { user, .. } = grant.access().actor() {
            return Ok(Some(*user));
        }
        fields.problem("owner", "error-field-required");
        return Ok(None);
    };
    if let Ok(id) = text.parse() {
        return Ok(Some(id));
    }
    let found = grant.read(&app.store, move |r| queries::person(r, &text)).await?;
    if found.is_none() {
        fields.problem("owner", "key-no-such-person");
    }
    Ok(found)
}

fn scope(fields: &mut Fields) -> Vec<&'static str> {
    let words: Vec<String> = fields.all("scope").into_iter().map(str::to_owned).collect();
    let right = |word: &String| setting::find(word).filter(|s| s.is_right()).map(|s| s.key);
    let mut rights: Vec<&'static str> = words.iter().filter_map(right).collect();
    if rights.len() < words.len() {
        fields.problem("scope", "key-no-such-right");
    } else if rights.is_empty() {
        fields.problem("scope", "key-choose-rights");
    }
    rights.sort_unstable();
    rights.dedup();
    rights
}

/// The end: of a day in the zone, or an exact moment (RFC 3339).
fn until(fields: &mut Fields, zone: &TimeZone) -> Option<Timestamp> {
    let text = fields.optional_text("until", WORD_CHARACTERS)?;
    if let Ok(exact) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(exact.as_microsecond()));
    }
    let day = text.parse::<Date>().ok().and_then(|day| day.tomorrow().ok()?.to_zoned(zone.clone()).ok());
    if day.is_none() {
        fields.problem("until", "error-field-form");
    }
    day.map(|end| Timestamp(end.timestamp().as_microsecond()))
}
