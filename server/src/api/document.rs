//! The OpenAPI 3.1 document of a table of doors.

use super::Shape;
use kernel::door::{For, Gives, Sign};
use serde_json::{Map, Value, json};

/// The document of the doors for programs among these.
#[must_use]
pub fn document(signs: &[Sign]) -> Value {
    let mut paths = Map::new();
    for sign in signs.iter().filter(|s| s.who == For::Programs) {
        let path = paths.entry(sign.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(sign.method.as_str().to_ascii_lowercase(), operation(sign));
        }
    }
    let mut shapes: Vec<&Shape> = inventory::iter::<Shape>.into_iter().collect();
    shapes.sort_by_key(|s| s.name);
    let mut schemas: Map<String, Value> =
        shapes.into_iter().map(|s| (s.name.to_owned(), (s.describe)())).collect();
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Vaktbok",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Each request carries a service user's key as a bearer token. Whatever changes something may carry Idempotency-Key: asking again with the same key and body within a week answers the same and changes nothing twice."
        },
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas
        },
        "security": [{ "key": [] }]
    })
}

fn operation(sign: &Sign) -> Value {
    let mut answers = Map::new();
    let (status, success) = success(sign.doc.gives);
    answers.insert(status.to_owned(), success);
    for status in ["4XX", "5XX"] {
        let content = json!({ "application/problem+json": { "schema": shape("Problem") } });
        answers
            .insert(status.to_owned(), json!({ "description": "a problem (RFC 9457)", "content": content }));
    }
    let mut out = json!({
        "operationId": format!("{} {}", sign.method.as_str().to_ascii_lowercase(), sign.path),
        "tags": [sign.path.split('/').nth(3).unwrap_or_default()],
        "summary": sign.doc.summary,
        "description": format!("Needs the right `{}`.", sign.right),
        "parameters": parameters(sign),
        "responses": answers
    });
    if let (Some(name), Some(object)) = (sign.doc.takes, out.as_object_mut()) {
        object.insert(
            "requestBody".to_owned(),
            json!({ "required": true, "content": { "application/json": { "schema": shape(name) } } }),
        );
    }
    out
}

/// The status and the answer when all went well.
fn success(gives: Gives) -> (&'static str, Value) {
    let of = |kind: &str, schema: Value| json!({ "description": "done", "content": { kind: { "schema": schema } } });
    match gives {
        Gives::Nothing => ("204", json!({ "description": "done; no body" })),
        Gives::One(name) => ("2XX", of("application/json", shape(name))),
        Gives::List(name) => {
            ("2XX", of("application/json", json!({ "type": "array", "items": shape(name) })))
        }
        // A binary body has no schema of its own (OpenAPI 3.1, 4.8.14.3).
        Gives::File(kind) => ("2XX", of(kind, json!({}))),
    }
}

fn parameters(sign: &Sign) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let places = sign.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let places = places.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": text }));
    let query = sign
        .doc
        .query
        .iter()
        .map(|name| json!({ "name": name, "in": "query", "required": false, "schema": text }));
    places.chain(query).collect()
}

fn shape(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// Problem details as every door answers them.
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": ["string", "null"] },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string", "description": "a word for the cause, which stays when the sentence changes" },
            "incident": { "type": "string", "description": "what to quote when asking for help" },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["field", "code", "detail"],
                    "properties": { "field": { "type": "string" }, "code": { "type": "string" }, "detail": { "type": "string" } }
                }
            }
        }
    })
}
