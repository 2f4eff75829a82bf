//! How a sample becomes a request, by whom, and with what file.

use super::samples::{Sample, last};
use kernel::{Reader, TenantId, Uuid, params, sql, work};
use serde_json::json;
use std::collections::BTreeMap;
use vaktbok_tests::{Answer, Ask, Http, Portal};

/// A caller: a session's jar, a key, both or neither.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    pub http: &'a Http,
    pub key: Option<&'a str>,
}

/// The things of one request, by name.
pub type Things = BTreeMap<&'static str, String>;

/// The smallest call with a recording, of this identity, with a mark in its subject.
pub fn call(n: u64, mark: &str) -> Vec<u8> {
    let mut wave =
        b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data".to_vec();
    wave.extend(8000u32.to_le_bytes());
    wave.extend((0..8000u32).map(|i| u8::try_from((i * 7 + u32::try_from(n % 251).unwrap()) % 251).unwrap()));
    let size = u32::try_from(wave.len() - 8).unwrap();
    wave[4..8].copy_from_slice(&size.to_le_bytes());
    let body = data_encoding::BASE64URL_NOPAD.encode(&wave);
    let id = format!("0197f3a0-1111-7000-8000-{n:012x}");
    let call = json!({
        "vcon": "0.0.1", "uuid": id, "subject": format!("Samtal {mark} {n}"), "created_at": "2026-03-02T11:40:12+01:00",
        "parties": [{ "name": "Kund", "tel": "+46701740605", "role": "customer" }, { "name": "Agent", "role": "agent" }],
        "dialog": [{ "type": "recording", "start": "2026-03-02T11:40:12+01:00", "duration": 1, "parties": [0, 1],
            "mimetype": "audio/x-wav", "filename": "samtal.wav", "body": body, "encoding": "base64url" }],
    });
    call.to_string().into_bytes()
}

/// Sends a sample's request with these things in its places.
pub async fn send(sample: &Sample, things: &Things, by: Caller<'_>, n: u64) -> Answer {
    let ask = by.http.ask(sample.sign.method.as_str(), &filled(sample.address, things));
    let ask = match by.key {
        Some(key) => ask.key(key),
        None => ask,
    };
    let mark = things.get("mark").map_or("", String::as_str);
    with_body(sample, ask, &filled(sample.body, things), n, mark).send().await
}

/// The request with its body: a form, JSON, or a file.
pub fn with_body<'a>(sample: &Sample, ask: Ask<'a>, body: &str, n: u64, mark: &str) -> Ask<'a> {
    match body {
        "" => ask,
        "@csv" => csv(n, mark, ask),
        "@vcon" if sample.sign.path.starts_with("/api/") => {
            ask.header("content-type", "application/json").body(call(n, mark))
        }
        "@vcon" => file(n, mark, ask),
        json if json.starts_with('{') => ask.header("content-type", "application/json").body(json),
        form => ask.header("content-type", "application/x-www-form-urlencoded").body(form),
    }
}

pub fn csv<'a>(n: u64, mark: &str, ask: Ask<'a>) -> Ask<'a> {
    let lines = format!("name;user_name;group\nUr fil {mark}{n};fil{mark}{n};Agents\n");
    ask.upload("file", "users.csv", lines.as_bytes(), &[])
}

pub fn file<'a>(n: u64, mark: &str, ask: Ask<'a>) -> Ask<'a> {
    ask.upload("files", &format!("call{n}{mark}.vcon.json"), &call(n, mark), &[])
}

/// The text with every `{thing}` in its place.
pub fn filled(text: &str, things: &Things) -> String {
    things.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Orders a file of the access log and waits until it is ready.
pub async fn export(by: Caller<'_>, portal: &Portal, tenant: TenantId) -> Option<String> {
    let id = match by.key {
        None => last(&by.http.post("/logs/access/export").form(&[("format", "csv")]).send().await)?,
        Some(key) => {
            let order = by.http.post("/api/v1/logs/access/exports").key(key).json(&json!({})).send().await;
            (order.status == 201).then(|| order.json()["id"].as_str().map(str::to_owned))??
        }
    };
    let (job, kind) = (Uuid::parse_str(&id).unwrap(), server::logs::events::EXPORT_JOB);
    let made = move |r: &mut Reader<'_>| work::find(r, job, kind);
    let machine = portal.machine(tenant);
    while !machine.read(&portal.app().store, made).await.unwrap().state.over() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    Some(id)
}

/// Waits until every file of a log that was ordered is made: five may be under way, and a busy machine makes them slowly.
pub async fn no_file_under_way(portal: &Portal, tenant: TenantId) {
    let count = sql!(
        "select count(*) from job where tenant_id = $tenant and kind = $kind and state in ('waiting', 'going')"
    );
    let kind = server::logs::events::EXPORT_JOB;
    let under_way = move |r: &mut Reader<'_>| r.row::<(i64,)>(count, params! { kind: kind });
    let machine = portal.machine(tenant);
    while machine.read(&portal.app().store, under_way).await.unwrap().0 > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
