//! vCon files: the shapes that are met, hostile ones, and the recorded set.

mod hostile;
mod recorded;
mod shapes;

use super::*;
use serde_json::{Value, json};

/// A call with a recording beside it, as small as a file can be.
fn call() -> Value {
    json!({
        "vcon": "0.0.1",
        "uuid": "0195b7a2-69ef-8e73-9dd8-dd37220d739c",
        "created_at": "2026-03-06T15:30:30+01:00",
        "parties": [
            {"name": "Åsa Öberg", "mailto": "Asa.Oberg@norrsken.example", "tel": "+46700000001", "role": "agent"},
            {"name": "Karin Ek", "tel": "tel:+46700000002", "role": "customer"},
        ],
        "dialog": [{
            "type": "recording", "start": "2026-03-06T15:30:00+01:00", "duration": 30.5, "parties": [1, 0],
            "mimetype": "audio/mpeg", "filename": "a.mp3", "alg": "SHA-512", "signature": "",
        }],
        "analysis": [],
        "attachments": [],
    })
}

fn read(value: &Value) -> Result<Interaction, Vec<Problem>> {
    parse(value.to_string().as_bytes())
}

/// The file with one place in it replaced.
fn with(pointer: &str, new: Value) -> Value {
    let mut file = call();
    *file.pointer_mut(pointer).expect("a place in the file") = new;
    file
}

/// The place and the fault of each problem.
fn faults(value: &Value) -> Vec<(String, Fault)> {
    let problems = read(value).expect_err("a faulty file");
    problems.into_iter().map(|problem| (problem.at, problem.fault)).collect()
}
