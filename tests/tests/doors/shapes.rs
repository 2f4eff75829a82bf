//! The API's document tells the truth: every door for programs says what it takes and gives, and what it answers is of
//! that shape.

use super::ground::Ground;
use super::samples::{Sample, of_programs};
use super::sending::{Caller, send};
use kernel::door::Gives;
use serde_json::{Map, Value, json};
use vaktbok_tests::{Answer, both_engines};

/// The parts of JSON Schema that the document uses; a word beyond these fails, so that none is passed over.
const WORDS: [&str; 9] =
    ["type", "description", "required", "properties", "items", "oneOf", "$ref", "format", "minimum"];

fn document() -> Value {
    let signs: Vec<_> = super::signs();
    server::api::document::document(&signs)
}

/// Whether a value is of one of the types that a schema names.
fn is_typed(value: &Value, types: &Value) -> bool {
    let one = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("no type of JSON Schema: {other}"),
    };
    match types {
        Value::String(name) => one(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(one),
        other => panic!("no type of JSON Schema: {other}"),
    }
}

/// What of a value is not as its schema says, each with its place. A field that no schema names is a fault too.
fn faults(schemas: &Map<String, Value>, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let words = schema.as_object().unwrap();
    if let Some(unknown) = words.keys().find(|word| !WORDS.contains(&word.as_str())) {
        return vec![format!("{at}: this test knows no `{unknown}`; teach it")];
    }
    if let Some(name) = words.get("$ref").and_then(Value::as_str) {
        let name = name.strip_prefix("#/components/schemas/").unwrap();
        return match schemas.get(name) {
            Some(schema) => faults(schemas, schema, value, at),
            None => vec![format!("{at}: there is no schema {name}")],
        };
    }
    if let Some(choices) = words.get("oneOf").and_then(Value::as_array) {
        let each: Vec<_> = choices.iter().map(|choice| faults(schemas, choice, value, at)).collect();
        return if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() };
    }
    let Some(types) = words.get("type") else { return Vec::new() };
    if !is_typed(value, types) {
        return vec![format!("{at}: {value} is no {types}")];
    }
    match (value, words.get("properties"), words.get("items")) {
        (Value::Object(fields), Some(known), _) => {
            of_fields(schemas, words, known.as_object().unwrap(), fields, at)
        }
        (Value::Array(items), _, Some(of)) => {
            let each = items.iter().enumerate();
            each.flat_map(|(n, item)| faults(schemas, of, item, &format!("{at}[{n}]"))).collect()
        }
        (Value::Array(_), _, None) => vec![format!("{at}: the schema does not say of what the array is")],
        _ => Vec::new(),
    }
}

fn of_fields(
    schemas: &Map<String, Value>,
    words: &Map<String, Value>,
    known: &Map<String, Value>,
    fields: &Map<String, Value>,
    at: &str,
) -> Vec<String> {
    let required = words.get("required").and_then(Value::as_array).into_iter().flatten();
    let missing = required.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name));
    let mut found: Vec<String> = missing.map(|name| format!("{at}.{name}: is missing")).collect();
    for (name, value) in fields {
        let place = format!("{at}.{name}");
        match known.get(name) {
            Some(schema) => found.extend(faults(schemas, schema, value, &place)),
            None => found.push(format!("{place}: no schema names it")),
        }
    }
    found
}

/// What of an answer is not as the door says.
fn judged(document: &Value, sample: &Sample, answer: &Answer) -> Vec<String> {
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let kind = answer.header("content-type").unwrap_or_default();
    let told = |what: String| format!("{}: {what}", sample.name());
    if answer.status >= 300 {
        return vec![told(format!("was not done: {} {}", answer.status, answer.text()))];
    }
    match sample.sign.doc.gives {
        Gives::Nothing if answer.status == 204 && answer.body.is_empty() => Vec::new(),
        Gives::Nothing => vec![told(format!("says it gives nothing, and gives {} {kind}", answer.status))],
        Gives::File(media) => {
            let fits = match media.split_once("/*") {
                Some(("*", _)) => !kind.is_empty() && kind != "application/json",
                Some((group, _)) => kind.starts_with(&format!("{group}/")),
                None => kind == media || kind.starts_with(&format!("{media};")),
            };
            if fits { Vec::new() } else { vec![told(format!("says it gives {media}, and gives {kind}"))] }
        }
        Gives::One(_) | Gives::List(_) if kind != "application/json" => {
            vec![told(format!("gives {kind}"))]
        }
        Gives::One(_) | Gives::List(_) => {
            let method = sample.sign.method.as_str().to_ascii_lowercase();
            let operation = &document["paths"][sample.sign.path][&method];
            let schema = &operation["responses"]["2XX"]["content"]["application/json"]["schema"];
            faults(schemas, schema, &answer.json(), "answer").into_iter().map(told).collect()
        }
    }
}

#[test]
fn a_field_too_many_one_missing_and_one_of_another_type_are_told() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/GroupBody" } });
    let told = |value: Value| faults(schemas, &list, &value, "groups").len();
    let group = json!({ "id": "1", "name": "Agents", "kind": "agents", "users": 3 });
    assert_eq!(told(json!([group])), 0);
    assert_eq!(told(group), 1, "one group is no list of groups");
    assert_eq!(told(json!([{ "id": "1", "name": "Agents", "kind": "agents" }])), 1);
    assert_eq!(told(json!([{ "id": "1", "name": 7, "kind": "agents", "users": 3, "more": null }])), 2);
}

#[test]
fn every_shape_that_a_door_for_programs_names_is_in_the_document() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut wrong = Vec::new();
    for sample in of_programs() {
        let named = [sample.sign.doc.takes, sample.sign.doc.gives.shape()];
        wrong.extend(
            named
                .into_iter()
                .flatten()
                .filter(|name| !schemas.contains_key(*name))
                .map(|name| format!("{} names {name}, which no schema! registers", sample.name())),
        );
        if sample.body.starts_with('{') && sample.body != "{}" && sample.sign.doc.takes.is_none() {
            wrong.push(format!("{} takes a body and does not say which", sample.name()));
        }
        if sample.sign.doc.summary.is_empty() {
            wrong.push(format!("{} does not say what it does", sample.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

both_engines! {
    async fn every_answer_to_a_program_is_of_the_shape_that_the_document_shows(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        let by = Caller { http: &http, key: Some(&ground.key) };
        let document = document();
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for sample in of_programs() {
            let things = ground.things(&portal, &sample, by).await;
            let answer = send(&sample, &things, by, ground.n()).await;
            wrong.extend(judged(&document, &sample, &answer));
            asked += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(asked > 70, "the doors were asked: {asked}");
    }
}
