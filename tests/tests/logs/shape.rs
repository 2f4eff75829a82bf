//! The shape of a body: which members it has, of what kind, and whether always.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of each path: the kinds seen, with `, not always` where some bodies lack it.
pub type Said = BTreeMap<String, String>;

const NOT_ALWAYS: &str = ", not always";

/// What the kernel says of every actor, whatever the event: it depends on who asked.
const KERNELS: [&str; 12] = [
    "who.name",
    "who.way",
    "who.address",
    "who.country",
    "who.network",
    "who.browser",
    "who.system",
    "who.session",
    "who.door",
    "who.right",
    "who.key",
    "who.behalf",
];

/// The shape that all of these bodies of one event and version fit.
pub fn of_all(bodies: &[Value]) -> Said {
    let mut kinds: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for body in bodies {
        let one = of(body);
        for path in one.iter().map(|(path, _)| path).collect::<BTreeSet<_>>() {
            *seen.entry(path.clone()).or_default() += 1;
        }
        for (path, kind) in one {
            kinds.entry(path).or_default().insert(kind);
        }
    }
    let said = |(path, kinds): (String, BTreeSet<&str>)| {
        let kinds = kinds.into_iter().collect::<Vec<_>>().join(" or ");
        let always = seen[&path] == bodies.len();
        (path, if always { kinds } else { kinds + NOT_ALWAYS })
    };
    kinds.into_iter().map(said).collect()
}

/// What in a body is not as the shape says: members it does not know, of another kind, or lacking.
pub fn strange(said: &Said, body: &Value) -> Vec<String> {
    let found = of(body);
    let mut wrong = Vec::new();
    for (path, kind) in &found {
        match said.get(path) {
            None => wrong.push(format!("`{path}` is new")),
            Some(known) => {
                let kinds = known.trim_end_matches(NOT_ALWAYS);
                // Nothing may come to be something, and a field may come to be empty.
                let open = kinds == "nothing" || *kind == "nothing" && path.starts_with("change.fields.");
                if !open && !kinds.split(" or ").any(|known| known == *kind) {
                    wrong.push(format!("`{path}` was {kinds} and is {kind}"));
                }
            }
        }
    }
    let lacking = said.iter().filter(|(path, kinds)| {
        !kinds.ends_with(NOT_ALWAYS) && !found.iter().any(|(there, _)| there == *path)
    });
    wrong.extend(lacking.map(|(path, _)| format!("`{path}` is gone")));
    wrong
}

/// Every leaf of a body with its kind. Fields of a change go by their name; members that are ids go by `*`.
fn of(body: &Value) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    for part in ["who", "about", "change", "reason"].into_iter().filter(|part| !body[part].is_null()) {
        walk(part, &body[part], &mut out);
    }
    out.retain(|(path, _)| !KERNELS.contains(&path.as_str()));
    out
}

fn walk(path: &str, value: &Value, out: &mut Vec<(String, &'static str)>) {
    let kind = match value {
        // A setting says itself what its values are.
        _ if path.contains(":*.") && path.ends_with(".value") => "anything",
        Value::Null => "nothing",
        Value::Bool(_) => "flag",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(list) if path == "change.fields" => {
            for field in list {
                let called = field["field"].as_str().unwrap();
                let path = match called.split_once(':') {
                    Some((kind, _)) => format!("{path}.{kind}:*"),
                    None => format!("{path}.{}", name(called)),
                };
                walk(&format!("{path}.before"), &field["before"], out);
                walk(&format!("{path}.after"), &field["after"], out);
            }
            return;
        }
        Value::Array(list) => {
            list.iter().for_each(|one| walk(&format!("{path}[]"), one, out));
            "list"
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, one)| walk(&format!("{path}.{}", name(key)), one, out));
            if path.contains('.') { "members" } else { return }
        }
    };
    out.push((path.to_owned(), kind));
}

fn name(key: &str) -> &str {
    if kernel::Uuid::parse_str(key).is_ok() { "*" } else { key }
}

#[test]
fn a_body_of_another_shape_is_told_by_every_member_that_differs() {
    let body = |change: Value| serde_json::json!({ "change": change });
    let known = of_all(&[
        body(serde_json::json!({ "event": { "user": "u", "until": null }, "n": 1 })),
        body(serde_json::json!({ "event": { "user": "u", "until": 3 }, "n": 1, "seldom": [] })),
    ]);
    assert_eq!(known["change.event.until"], "nothing or number");
    assert_eq!(known["change.seldom"], "list, not always");
    assert!(
        strange(&known, &body(serde_json::json!({ "event": { "user": "x", "until": 4 }, "n": 2 })))
            .is_empty()
    );
    let other = body(serde_json::json!({ "event": { "user": 7, "till": 4 } }));
    let told = [
        "`change.event.user` was text and is number",
        "`change.event.till` is new",
        "`change.event.until` is gone",
        "`change.n` is gone",
    ];
    assert_eq!(strange(&known, &other), told);
    let nothing = Value::Object(Map::new());
    assert_eq!(strange(&known, &nothing).len(), 5 - 1, "{:?}", strange(&known, &nothing));
}
