//! What left the server while content was open, and files that are not what was put there.

use super::opening::found_by;
use crate::archive::model::{ContentId, InteractionId, OpeningId};
use crate::archive::queries::{self, Sound};
use crate::archive::rights::OpenContent;
use book::PartKind;
use kernel::policy::Machine;
use kernel::{Error, Event, Name, Result, Subject, UserId, Uuid, Writer, params, sql};
use serde::Serialize;
use std::ops::Range;

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

/// A player says which milliseconds were heard. No entry: they are gathered into one when the play ends.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub fn heard(
    w: &mut Writer<'_>,
    opening: OpeningId,
    n: Uuid,
    content: ContentId,
    ms: Range<u64>,
) -> Result<()> {
    let insert = sql!(
        "insert into heard (tenant_id, opening_id, n, content_id, from_ms, to_ms, at, told)
         values ($tenant, $opening, $n, $content, $from, $to, $now, 0) on conflict do nothing"
    );
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (from, to) = (number(ms.start), number(ms.end));
    w.any(insert, params! { opening: opening, n: n, content: content, from: from, to: to }).map(|_| ())
}

/// Spans in order, those that touch or overlap as one.
fn joined(mut spans: Vec<[u64; 2]>) -> Vec<[u64; 2]> {
    spans.sort_unstable();
    let mut out: Vec<[u64; 2]> = Vec::new();
    for [from, to] in spans {
        match out.last_mut() {
            Some(last) if from <= last[1] => last[1] = last[1].max(to),
            _ => out.push([from, to]),
        }
    }
    out
}

/// Writes what was delivered and what was heard, and is not yet told, into the entry, apart from each other; marks it told.
fn tell(w: &mut Writer<'_>, play: Play) -> Result<()> {
    let found = queries::contents(w, play.interaction.0)?;
    let content = found.into_iter().find(|c| c.id == play.content).ok_or(Error::NotFound)?;
    let sounds = queries::sound(w, play.opening, content.id)?;
    let bytes: u64 = sounds.iter().map(|s| s.to_byte.saturating_sub(s.from_byte)).sum();
    let spans = sounds.iter().map(|s| [content.ms_of(s.from_byte), content.ms_of(s.to_byte)]).collect();
    w.say(PartKind::Change, "delivered_ms", content.ms_of(bytes));
    w.say(PartKind::Change, "delivered_spans_ms", joined(spans));
    let heard: Vec<[u64; 2]> = queries::heard(w, play.opening, content.id)?;
    if !heard.is_empty() {
        w.say(
            PartKind::Change,
            "played_ms",
            heard.iter().map(|[from, to]| to.saturating_sub(*from)).sum::<u64>(),
        );
        w.say(PartKind::Change, "played_spans_ms", joined(heard));
    }
    w.say(PartKind::Change, "length_ms", content.ms_of(content.bytes));
    w.any(
        sql!(
            "update delivered set told = 1 where tenant_id = $tenant and opening_id = $opening and content_id = $content and told = 0"
        ),
        params! { opening: play.opening, content: content.id },
    )?;
    w.any(
        sql!("update heard set told = 1 where tenant_id = $tenant and opening_id = $opening and content_id = $content and told = 0"),
        params! { opening: play.opening, content: content.id },
    )
    .map(|_| ())
}

/// One recording in one opening.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Play {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// Which recording.
    pub content: ContentId,
    /// In which opening.
    pub opening: OpeningId,
}

/// A recording was played to its end: what the server delivered since the last time, and what the player says was heard.
#[derive(Serialize)]
pub struct ContentPlayed(pub Play);

impl Event for ContentPlayed {
    type Needs = OpenContent;
    type Output = ();
    const NAME: Name = kernel::name!(archive "content.played", 1);
    fn subject(&self) -> Subject {
        self.0.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = queries::interaction(w, self.0.interaction)?;
        queries::opening(w, self.0.interaction, self.0.opening)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        found_by(w, &row);
        tell(w, self.0)
    }
}

/// A play is over that no player ended: it was left in the middle, the browser has no script, a program fetched it. Written
/// by our own work in the name of whoever had opened it.
#[derive(Serialize)]
pub struct PlaySettled {
    /// What was played.
    #[serde(flatten)]
    pub play: Play,
    /// Who had opened it.
    #[serde(skip)]
    pub by: UserId,
}

impl Event for PlaySettled {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!(archive "content.played", 1);
    fn subject(&self) -> Subject {
        self.play.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = queries::interaction_unlimited(w, self.play.interaction)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        found_by(w, &row);
        w.facet("actor", self.by);
        tell(w, self.play)
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
    const NAME: Name = kernel::name!(archive "content.damaged", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let row = queries::interaction(w, self.interaction)?;
        w.about(&row.subject);
        w.belongs(row.group, row.queue);
        found_by(w, &row);
        w.facet("result", "refused");
        w.facet("reason", self.damage);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn spans_that_touch_are_one_and_those_apart_stay_apart() {
        assert_eq!(joined(vec![[30, 45], [0, 15], [15, 30], [60, 70], [62, 65]]), [[0, 45], [60, 70]]);
        assert!(joined(Vec::new()).is_empty());
    }
}
