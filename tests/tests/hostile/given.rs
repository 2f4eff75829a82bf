//! What a program may set and is shown: the fields of the API's document, and no other.

use crate::doors::ground::Ground;
use crate::doors::samples::of_programs;
use crate::doors::sending::{Caller, filled, send};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use vaktbok_tests::both_engines;

/// Fields that somebody would like to set who may not.
const COVETED: [&str; 9] = [
    "tenant_id",
    "tenant",
    "state",
    "rights",
    "password",
    "must_change",
    "made_at",
    "on_behalf",
    "__proto__",
];

/// The names of an answer's fields: of the object itself, or of the objects of a list.
fn names(answer: &Value) -> BTreeSet<String> {
    match answer {
        Value::Object(object) => object.keys().cloned().collect(),
        Value::Array(all) => all.iter().flat_map(names).collect(),
        _ => BTreeSet::new(),
    }
}

both_engines! {
    async fn s30_no_door_takes_a_field_that_its_shape_has_not_or_one_twice(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        let (mut told, mut asked) = (Vec::new(), 0);
        for sample in of_programs().into_iter().filter(|s| s.sign.doc.takes.is_some() && s.body.starts_with('{')) {
            let known = server::api::fields_of(sample.sign.doc.takes.unwrap()).unwrap();
            let things = ground.things(&portal, &sample, ground.administrator()).await;
            let (address, body) = (filled(sample.address, &things), filled(sample.body, &things));
            for coveted in COVETED.into_iter().filter(|field| !known.iter().any(|k| k == field)) {
                let mut object: Value = serde_json::from_str(&body).unwrap();
                object[coveted] = json!(1);
                let answer = http.ask(sample.sign.method.as_str(), &address).key(&ground.key).json(&object).send().await;
                asked += 1;
                let named = answer.text().contains(&format!("\"field\":\"{coveted}\""));
                if answer.status != 422 || !named {
                    told.push(format!("{} with {coveted}: {} {}", sample.name(), answer.status, answer.text()));
                }
            }
            let field = &known[0];
            let twice = format!("{{\"{field}\":\"a\",\"{field}\":\"b\"}}");
            let ask = http.ask(sample.sign.method.as_str(), &address).key(&ground.key);
            let answer = ask.header("content-type", "application/json").body(twice).send().await;
            if answer.status != 422 {
                told.push(format!("{} with {field} twice: {}", sample.name(), answer.status));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert!(asked > 100, "the doors were asked: {asked}");
    }

    async fn s30_no_door_shows_a_field_that_its_shape_has_not(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        let by = Caller { http: &http, key: Some(&ground.key) };
        let (mut told, mut seen) = (Vec::new(), 0);
        for sample in of_programs() {
            let Some(known) = sample.sign.doc.gives.shape().and_then(server::api::fields_of) else { continue };
            let things = ground.things(&portal, &sample, ground.administrator()).await;
            let answer = send(&sample, &things, by, ground.n()).await;
            let json = answer.header("content-type") == Some("application/json");
            if answer.status >= 300 || !json || answer.body.is_empty() {
                continue;
            }
            seen += 1;
            let more: Vec<String> = names(&answer.json()).into_iter().filter(|name| !known.contains(name)).collect();
            if !more.is_empty() {
                told.push(format!("{} shows {more:?} beyond {}", sample.name(), sample.sign.doc.gives.shape().unwrap()));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert!(seen > 20, "the doors answered: {seen}");
    }
}
