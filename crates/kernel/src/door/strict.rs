//! Programs send what a door takes, and nothing else: a field that nobody reads is a mistake, or an attempt to set what is not theirs.

use super::{Fields, Front, Sign};
use crate::{Error, Problem, Result};
use axum::body::Body;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeSet;

/// The names of a JSON object's fields, in order.
struct Names(Vec<String>);

impl<'de> serde::Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Names;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some((name, _)) = map.next_entry::<String, IgnoredAny>()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        from.deserialize_map(Object)
    }
}

/// The body as it came, once every field in it is one that the door takes. A body that cannot be read is left to the handler.
pub(super) async fn checked<S: Front>(state: &S, sign: &Sign, body: Body) -> Result<Body> {
    let bytes = super::coded::whole(body, sign.limit_bytes).await?;
    if bytes.is_empty() {
        return Ok(Body::empty());
    }
    let Some(takes) = sign.doc.takes.and_then(|shape| state.fields_of(shape)) else {
        return Ok(Body::from(bytes));
    };
    let json = serde_json::from_slice::<Names>(&bytes).map(|names| names.0);
    let object = json.is_ok();
    let names = json.unwrap_or_else(|_| {
        if bytes.trim_ascii_start().starts_with(b"{") {
            return Vec::new();
        }
        Fields::urlencoded(&bytes).values().iter().map(|(name, _)| name.clone()).collect()
    });
    let problems = problems(names, &takes, object);
    if problems.is_empty() { Ok(Body::from(bytes)) } else { Err(Error::Invalid(problems)) }
}

/// What is wrong with the names: unknown ones, and in an object those that come twice.
fn problems(names: Vec<String>, takes: &[String], object: bool) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for name in names {
        let key = if !takes.contains(&name) {
            "error-field-unknown"
        } else if object && seen.contains(&name) {
            "error-field-twice"
        } else {
            seen.insert(name);
            continue;
        };
        problems
            .push(Problem { field: name.chars().take(100).collect::<String>().into(), message: key.into() });
        if problems.len() == MAX_PROBLEMS {
            break;
        }
    }
    problems
}

/// Fields that are named in one refusal.
const MAX_PROBLEMS: usize = 20;
