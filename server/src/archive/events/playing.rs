//! What left the server while content was open, and files that are not what was put there.

use crate::archive::model::{ContentId, InteractionId, OpeningId};
use crate::archive::queries::{self, Sound};
use crate::archive::rights::OpenContent;
use book::PartKind;
use kernel::policy::Machine;
use kernel::{Error, Event, Name, Result, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// Bytes left the server in an opening. No entry: they are gathered into one when the play pauses or ends.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn delivered(w: &mut Writer<'_>, opening: OpeningId, n: Uuid, sound: Sound) -> Result<()> {
    let insert = sql!(
        "insert into delivered (tenant_id, opening_id, n, content_id, from_byte, to_byte, at, told)
         values ($tenant, $opening, $n, $content, $from, $to, $now, 0) on conflict do nothing"
    );
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (from, to) = (number(sound.from_byte), number(sound.to_byte));
    w.any(insert, params! { opening: opening, n: n, content: sound.content, from: from, to: to }).map(|_| ())
}

/// Writes what was delivered and not yet told into the entry, and marks it told. Gives the milliseconds.
fn tell(
    w: &mut Writer<'_>,
    opening: OpeningId,
    interaction: InteractionId,
    content: ContentId,
) -> Result<u64> {
    let found = queries::contents(w, interaction.0)?;
    let content = found.into_iter().find(|c| c.id == content).ok_or(Error::NotFound)?;
    let sounds = queries::sound(w, opening, content.id)?;
    let bytes: u64 = sounds.iter().map(|s| s.to_byte.saturating_sub(s.from_byte)).sum();
    let spans: Vec<[u64; 2]> =
        sounds.iter().map(|s| [content.ms_of(s.from_byte), content.ms_of(s.to_byte)]).collect();
    let ms = content.ms_of(bytes);
    w.say(PartKind::Change, "delivered_ms", ms);
    w.say(PartKind::Change, "delivered_spans_ms", spans);
    w.say(PartKind::Change, "length_ms", content.ms_of(content.bytes));
    w.any(
        sql!(
            "update delivered set told = 1 where tenant_id = $tenant and opening_id = $opening and content_id = $content and told = 0"
        ),
        params! { opening: opening, content: content.id },
    )?;
    Ok(ms)
}

/// A recording was played for a while: what the server delivered since the last time, and what the player says was
/// heard, apart.
#[derive(Serialize)]
pub struct ContentPlayed {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// Which recording.
    pub content: ContentId,
    /// In which opening.
    pub opening: OpeningId,
    /// From which millisecond, as the player says.
    pub player_from_ms: u64,
    /// To which millisecond, as the player says.
    pub player_to_ms: u64,
}

impl Event for ContentPlayed {
    type Needs = OpenContent;
    type Output = u64;
    const NAME: Name = Name::archive("content.played", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<u64> {
        let row = queries::interaction(w, self.interaction)?;
        queries::opening(w, self.interaction, self.opening)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        tell(w, self.opening, self.interaction, self.content)
    }
}

/// An opening is over in which something was delivered that no player spoke of: a browser without script, a closed
/// window, a program.
#[derive(Serialize)]
pub struct DeliverySettled {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// Which content.
    pub content: ContentId,
    /// In which opening.
    pub opening: OpeningId,
    /// Who had opened it.
    #[serde(skip)]
    pub by: String,
}

impl Event for DeliverySettled {
    type Needs = Machine;
    type Output = u64;
    const NAME: Name = Name::archive("content.played", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<u64> {
        let row = queries::interaction_unlimited(w, self.interaction)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        w.say(PartKind::Who, "opened_by", &self.by);
        tell(w, self.opening, self.interaction, self.content)
    }
}

/// A file of the store is not what was put there; nothing of it was given out from there on.
#[derive(Serialize)]
pub struct ContentDamaged {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// Which content.
    pub content: ContentId,
    /// `gone`, `swapped`, `cut`, `moved` or `altered`.
    pub damage: &'static str,
    /// What exactly, as the vault names it.
    pub detail: String,
}

impl Event for ContentDamaged {
    type Needs = OpenContent;
    type Output = ();
    const NAME: Name = Name::archive("content.damaged", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = queries::interaction(w, self.interaction)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        w.facet("result", "refused");
        w.facet("reason", self.damage);
        Ok(())
    }
}
