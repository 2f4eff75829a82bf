//! A request to every door that does what the door is for, from `samples.txt`; a door without one fails the tests.

use super::{named, signs};
use kernel::door::{For, Sign};
use std::collections::BTreeMap;
use vaktbok_tests::Answer;

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The door.
    pub sign: Sign,
    /// The address, with `{thing}` where something of the tenant stands.
    pub address: &'static str,
    /// A form, JSON, or the name of a file.
    pub body: &'static str,
    /// The one entry it leaves; nothing if it leaves none.
    pub entry: Option<&'static str>,
    /// Why it leaves none, for a door that changes something.
    pub why: &'static str,
}

/// The doors for programs with their samples.
pub fn of_programs() -> Vec<Sample> {
    samples().into_iter().filter(|s| s.sign.who == For::Programs).collect()
}

/// Every door with its sample, in the order of the table of doors.
pub fn samples() -> Vec<Sample> {
    let mut lines = lines();
    let samples = signs().into_iter().map(|sign| {
        let name = named(&sign);
        let [address, body, entry] = lines.remove(&name).unwrap_or_else(|| {
            panic!(
                "{name} has no line in tests/tests/doors/samples.txt: add a request that does what it is for"
            )
        });
        let (entry, why) = match entry.strip_prefix('-') {
            Some(why) => (None, why.trim()),
            None => (Some(entry), ""),
        };
        Sample { sign, address, body, entry, why }
    });
    let samples: Vec<Sample> = samples.collect();
    assert!(lines.is_empty(), "lines of doors that do not exist: {:?}", lines.keys());
    samples
}

fn lines() -> BTreeMap<String, [&'static str; 3]> {
    let lines = include_str!("samples.txt").lines().filter(|line| !line.starts_with('#'));
    let split = |line: &'static str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [door, address, body, entry] = cells[..] else { panic!("four cells: {line}") };
        (door.to_owned(), [address, body, entry])
    };
    lines.map(split).collect()
}

impl Sample {
    /// Whether it changes something: all but GET.
    pub fn changes(&self) -> bool {
        self.sign.method != "GET"
    }

    /// The door's method and path.
    pub fn name(&self) -> String {
        named(&self.sign)
    }

    /// The things its address and body name, in order, each once.
    pub fn things(&self) -> Vec<&'static str> {
        let mut things: Vec<&'static str> = Vec::new();
        for text in [self.address, self.body] {
            for piece in text.split('{').skip(1) {
                let Some((thing, _)) = piece.split_once('}') else { continue };
                let name = !thing.is_empty() && thing.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                if name && !things.contains(&thing) {
                    things.push(thing);
                }
            }
        }
        things
    }
}

/// Where an answer leads.
pub fn place(answer: &Answer) -> Option<String> {
    (answer.status == 303).then(|| answer.header("location").unwrap_or_default().to_owned())
}

/// The last piece of the place an answer leads to, unless that is the sign-in.
pub fn last(answer: &Answer) -> Option<String> {
    let place = place(answer).filter(|place| !place.starts_with("/sign-in"))?;
    place.rsplit('/').next().map(str::to_owned)
}

#[test]
fn every_door_has_a_sample_and_every_changing_one_leaves_an_entry_or_says_why_not() {
    let silent: Vec<String> = samples()
        .iter()
        .filter(|s| s.changes() && s.entry.is_none() && s.why.is_empty())
        .map(Sample::name)
        .collect();
    assert!(silent.is_empty(), "leave no entry and do not say why: {silent:?}");
}
