//! Sample entries of changes as they are stored: ids, codes, microseconds. Each stands in the gallery in words.

use super::samples::object;
use crate::logs::model::Entry;
use crate::logs::said::{Names, Thing};
use kernel::Uuid;
use serde_json::{Value, json};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_163d_8694_739b_aea5_966c_26f8_0000 + n)
}

/// What the samples' ids are called; the one that ends in 9 is beyond the reader's reach.
pub(super) fn names() -> Names {
    Names::given(&[
        (Thing::Group, id(1), "Kundtjänst Östersund"),
        (Thing::Group, id(2), "Försäljning"),
        (Thing::Queue, id(3), "Faktura"),
        (Thing::Word, id(4), "Norska"),
        (Thing::Word, id(5), "Bredband"),
        (Thing::User, id(6), "Åsa Lindqvist-Österberg"),
    ])
}

fn field(name: &str, before: &Value, after: &Value) -> Value {
    json!({ "field": name, "before": before, "after": after })
}

/// A change as its entry tells it: event, kind of subject, its name, the fields, the event's own members.
type Told = (&'static str, &'static str, &'static str, Vec<Value>, Value);

fn set(value: &Value, mode: &str) -> Value {
    json!({ "value": value, "mode": mode })
}

fn people() -> Vec<Told> {
    let none = Value::Null;
    vec![
        (
            "user.moved",
            "user",
            "Bertil Åström",
            vec![
                field("group", &json!(id(1)), &json!(id(2))),
                field("setting:session.idle_minutes", &set(&json!(15), "free"), &none),
                field("setting:users.view", &set(&json!(true), "free"), &none),
            ],
            json!({ "user": id(6), "keep": ["users.manage"] }),
        ),
        (
            "user.moved",
            "user",
            "Cia",
            vec![field("group", &json!(id(9)), &json!(id(2)))],
            json!({ "user": id(6) }),
        ),
        (
            "user.suspended",
            "user",
            "Bertil Åström",
            vec![
                field("suspended_from", &none, &json!(1_795_442_400_000_000_i64)),
                field("suspended_until", &none, &json!(1_796_047_200_000_000_i64)),
                field("sessions", &json!(2), &json!(0)),
            ],
            json!({ "user": id(6), "from": null, "until": 1_796_047_200_000_000_i64 }),
        ),
        (
            "user.created",
            "user",
            "Åsa Lindqvist-Österberg",
            vec![
                field("kind", &none, &json!("person")),
                field("group", &none, &json!(id(1))),
                field("state", &none, &json!("active")),
                field("user_name", &none, &json!("asa")),
                field("number", &none, &json!(4711)),
                field("language", &none, &json!("sv")),
            ],
            json!({ "user": id(6), "kind": "person", "group": id(1), "particulars": { "name": "Åsa" }, "by": null }),
        ),
    ]
}

fn shapes() -> Vec<Told> {
    let none = Value::Null;
    let some = json!({ "everything": false, "groups": [id(1), id(9)], "queues": [id(3)] });
    let all = json!({ "everything": true, "groups": [], "queues": [] });
    vec![
        (
            "reach.defined",
            "reach",
            "Norr",
            vec![field("name", &none, &json!("Norr")), field("extent", &none, &some)],
            json!({ "reach": id(7) }),
        ),
        ("reach.changed", "reach", "Norr", vec![field("extent", &some, &all)], json!({ "reach": id(7) })),
        (
            "reach.given",
            "group",
            "Försäljning",
            vec![field("reach", &none, &json!("Norr"))],
            json!({ "reach": id(7) }),
        ),
    ]
}

fn competence() -> Vec<Told> {
    let none = Value::Null;
    let (had, has) = (
        json!([{ "skill": id(4), "level": 3 }]),
        json!([{ "skill": id(4), "level": 7 }, { "skill": id(5), "level": 1 }, { "skill": id(9), "level": 2 }]),
    );
    vec![
        (
            "profile.edited",
            "profile",
            "Kväll",
            vec![field("skills", &had, &has)],
            json!({ "profile": id(8) }),
        ),
        (
            "profile.created",
            "profile",
            "Kväll",
            vec![
                field("kind", &none, &json!("user")),
                field("holder", &none, &json!(id(6))),
                field("name", &none, &json!("Kväll")),
            ],
            json!({ "profile": id(8) }),
        ),
        (
            "queue.edited",
            "queue",
            "Faktura",
            vec![
                field("skill", &json!(id(4)), &json!(id(5))),
                field("medium", &json!("call"), &json!("email")),
            ],
            json!({ "queue": id(3) }),
        ),
    ]
}

fn others() -> Vec<Told> {
    let none = Value::Null;
    vec![
        (
            "setting.given",
            "group",
            "Försäljning",
            vec![field("setting:session.idle_minutes", &set(&json!(15), "free"), &set(&json!(60), "fixed"))],
            json!({ "place": "group", "key": "session.idle_minutes" }),
        ),
        (
            "word.added",
            "word",
            "Bredband",
            vec![
                field("kind", &none, &json!("topic")),
                field("name", &none, &json!("Bredband")),
                field("parent", &none, &json!(id(4))),
            ],
            json!({ "word": id(5) }),
        ),
        (
            "key.ended",
            "key",
            "Bemanning",
            vec![
                field("user", &json!(id(6)), &none),
                field("owner", &json!(id(9)), &none),
                field("scope", &json!("users.view users.manage"), &none),
                field("until", &json!(1_796_047_200_000_000_i64), &none),
            ],
            json!({}),
        ),
        (
            "user.standing_restored",
            "user",
            "Bertil Åström",
            vec![field("state", &json!("deactivated"), &json!("active"))],
            json!({ "user": id(6), "undoes": 7 }),
        ),
        (
            "part.erased",
            "log",
            "change",
            Vec::new(),
            json!({ "entries": [{ "first": 3, "last": 17, "parts": ["who", "subject"] }] }),
        ),
    ]
}

/// All of them, newest first, as rows of a list.
pub(super) fn entries(like: &Entry) -> Vec<Entry> {
    let told: Vec<Told> = [people(), shapes(), competence(), others()].concat();
    let newest = told.len();
    let entry =
        |(n, (name, kind, about, fields, event)): (usize, (&str, &str, &str, Vec<Value>, Value))| Entry {
            idx: i64::try_from(newest - n).unwrap_or_default(),
            name: name.to_owned(),
            subject_kind: kind.to_owned(),
            about: object(json!({ "name": about })),
            change: object(match event.get("entries") {
                Some(_) => event,
                None => json!({ "fields": fields, "event": event }),
            }),
            ..like.clone()
        };
    told.into_iter().enumerate().map(entry).collect()
}
