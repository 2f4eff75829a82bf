//! The bodies of entries through the years: which version each event writes, and how older ones are read.
//!
//! - An event names itself with [`name!`](crate::name), which registers it: nobody can forget one.
//! - What an event wrote once stays in the book for ever. When the shape of its body changes, its version rises, and an
//!   [`upgrade!`](crate::upgrade) reads the version before as the next one. The golden files of every version
//!   (`server/golden/bodies`) are read by tests.
//! - Only readers see an upgraded body. What is proven and exported as the book is what was written.

use crate::Name;
use serde_json::{Map, Value};

/// An event that exists.
pub struct Known(pub Name);
inventory::collect!(Known);

/// The name of every event of the program, in no order; an event of several types stands several times.
pub fn names() -> impl Iterator<Item = Name> {
    inventory::iter::<Known>.into_iter().map(|known| known.0)
}

/// Names an event, says the version of its body, and registers both: `name!("user.suspended", 1)` in the change log,
/// `name!(access "session.ended", 1)` and `name!(archive "content.opened", 1)` in the others.
#[macro_export]
macro_rules! name {
    ($text:literal, $version:literal) => {
        $crate::name!(@make Change, $text, $version)
    };
    (access $text:literal, $version:literal) => {
        $crate::name!(@make Access, $text, $version)
    };
    (archive $text:literal, $version:literal) => {
        $crate::name!(@make Archive, $text, $version)
    };
    (@make $log:ident, $text:literal, $version:literal) => {{
        $crate::inventory::submit! {
            $crate::body::Known($crate::Name { log: $crate::body::Log::$log, text: $text, version: $version })
        }
        $crate::Name { log: $crate::body::Log::$log, text: $text, version: $version }
    }};
}
#[doc(hidden)]
pub use book::Log;

/// The parts of an entry's body. A part that was erased is empty, and stays so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The actor's particulars: `name`, `way`, `address` …
    pub who: Map<String, Value>,
    /// The subject's: `name` …
    pub about: Map<String, Value>,
    /// What changed: `event`, `fields` and what else was said.
    pub change: Map<String, Value>,
    /// `text`: why.
    pub reason: Map<String, Value>,
}

/// Reads a body of one version as one of the next.
pub struct Upgrade {
    /// The event's name in the log.
    pub name: &'static str,
    /// The version it reads; it makes the next.
    pub from: u32,
    /// Alters the body; parts that are empty were erased.
    pub read: fn(&mut Body),
}
inventory::collect!(Upgrade);

/// Says how a body of an old version is read: `upgrade!("user.moved", 1, moved_without_queue);`.
#[macro_export]
macro_rules! upgrade {
    ($name:literal, $from:literal, $read:path) => {
        $crate::inventory::submit! {
            $crate::body::Upgrade { name: $name, from: $from, read: $read }
        }
    };
}

/// Whether somebody says how that version of that event is read.
#[must_use]
pub fn upgrades(name: &str, from: u32) -> bool {
    find(name, from).is_some()
}

fn find(name: &str, from: u32) -> Option<&'static Upgrade> {
    inventory::iter::<Upgrade>.into_iter().find(|upgrade| upgrade.name == name && upgrade.from == from)
}

/// Brings a body to the version that today's readers know, step by step, and says which that is. One of a version that
/// no upgrade reads is of today, or of a later program: it is left as it is.
pub fn bring_up(name: &str, mut version: u32, body: &mut Body) -> u32 {
    while let Some(upgrade) = find(name, version) {
        (upgrade.read)(body);
        version += 1;
    }
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::upgrade!("test.grown", 1, one);
    crate::upgrade!("test.grown", 2, two);

    fn one(body: &mut Body) {
        body.change.insert("one".to_owned(), 1.into());
    }

    fn two(body: &mut Body) {
        let one = body.change.remove("one").unwrap_or_default();
        body.change.insert("two".to_owned(), one);
    }

    #[test]
    fn a_body_is_brought_up_step_by_step_from_whatever_version_it_is_of() {
        let mut body = Body::default();
        assert_eq!(bring_up("test.grown", 1, &mut body), 3);
        assert_eq!(serde_json::to_value(&body.change).unwrap(), serde_json::json!({ "two": 1 }));
        let mut of_today = body.clone();
        assert_eq!(bring_up("test.grown", 3, &mut of_today), 3);
        assert_eq!(bring_up("test.unknown", 7, &mut of_today), 7);
        assert_eq!(of_today, body);
    }
}
