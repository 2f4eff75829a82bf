//! What a person can do a program can: each door for people names its twin in `twins.txt`, or says why it has none.

use super::{named, signs};
use kernel::door::For;
use std::collections::{BTreeMap, BTreeSet};

/// Twins that are still to be made. The number only falls.
const TO_BE_MADE_COUNT: usize = 0;

#[test]
fn every_door_for_people_has_its_twin_for_programs_or_says_why_not() {
    let lines = include_str!("twins.txt").lines().filter(|line| !line.starts_with('#'));
    let mut twins: BTreeMap<&str, &str> = lines.map(|line| line.split_once(" | ").unwrap()).collect();
    let signs = signs();
    let open = |who: For| who != For::People;
    let api: BTreeSet<String> =
        signs.iter().filter(|s| open(s.who) && s.path.starts_with("/api/v1/")).map(named).collect();
    let (mut wrong, mut to_be_made) = (Vec::new(), 0);
    for sign in signs.iter().filter(|sign| sign.who == For::People) {
        let name = named(sign);
        match twins.remove(name.as_str()) {
            None => wrong.push(format!(
                "{name} has no line: build its twin under /api/v1 and name it, or say why not"
            )),
            Some(twin) if twin.starts_with("! ") => to_be_made += 1,
            Some("- form") if sign.method != "GET" && !sign.path.ends_with("/bulk") => {
                wrong.push(format!("{name} changes something: it is no form"));
            }
            Some(twin) if twin.starts_with("- ") || api.contains(twin) => {}
            Some(twin) => wrong.push(format!("{name} names {twin}, which is no door")),
        }
    }
    wrong.extend(twins.keys().map(|name| format!("{name} stands in twins.txt and is no door for people")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(to_be_made, TO_BE_MADE_COUNT, "twins that are to be made");
}
