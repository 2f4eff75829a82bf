//! One field at a time: of an address, its query, a form, a JSON body.

use super::CORPUS;
use crate::doors::ground::Ground;
use crate::doors::samples::{Sample, samples};
use crate::doors::sending::{Caller, Things, filled, with_body};
use kernel::door::For;
use serde_json::{Value, json};
use vaktbok_tests::{Answer, Http, both_engines, repetitions};

/// An address and a body in which one thing was replaced, and what that was.
struct Twisted {
    address: String,
    body: Vec<u8>,
    what: String,
}

fn encoded(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("%{b:02X}")).collect()
}

/// `name=value` pairs with the value of each replaced in turn.
fn pairs(text: &str, hostile: &[u8]) -> Vec<(String, String)> {
    let all: Vec<(&str, &str)> = text.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let one = |at: usize| {
        let part = |(n, (name, value)): (usize, &(&str, &str))| {
            let value = if n == at { encoded(hostile) } else { (*value).to_owned() };
            format!("{name}={value}")
        };
        let text: Vec<String> = all.iter().enumerate().map(part).collect();
        (all[at].0.to_owned(), text.join("&"))
    };
    (0..all.len()).map(one).collect()
}

/// Every way in which one field of a sample's request holds this.
fn twists(sample: &Sample, things: &Things, hostile: &[u8]) -> Vec<Twisted> {
    let (address, body) = (filled(sample.address, things), filled(sample.body, things));
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let mut out = Vec::new();
    let own: Vec<&str> = path.split('/').collect();
    for (at, (piece, sign)) in own.iter().zip(sample.sign.path.split('/')).enumerate() {
        if sign.starts_with('{') {
            let mut pieces = own.clone();
            let hostile = if hostile.is_empty() { "%20".to_owned() } else { encoded(hostile) };
            pieces[at] = &hostile;
            let what = format!("{sign}, which was {piece}");
            out.push(Twisted {
                address: format!("{}?{query}", pieces.join("/")),
                body: body.clone().into_bytes(),
                what,
            });
        }
    }
    for (name, query) in pairs(query, hostile) {
        out.push(Twisted {
            address: format!("{path}?{query}"),
            body: body.clone().into_bytes(),
            what: format!("?{name}"),
        });
    }
    if body.starts_with('{') {
        out.extend(json_twists(&address, &body, hostile));
    } else if !body.starts_with('@') {
        let form = |(what, body): (String, String)| Twisted {
            address: address.clone(),
            body: body.into_bytes(),
            what,
        };
        out.extend(pairs(&body, hostile).into_iter().map(form));
    }
    out
}

/// Each field of a JSON body as this text, as a number if it is one, and as bytes that are no JSON.
fn json_twists(address: &str, body: &str, hostile: &[u8]) -> Vec<Twisted> {
    let object: Value = serde_json::from_str(body).unwrap();
    let mut out = Vec::new();
    for name in object.as_object().unwrap().keys() {
        let text = String::from_utf8_lossy(hostile).into_owned();
        let mut values = vec![Value::String(text.clone())];
        values.extend(serde_json::from_str(&text).ok());
        for value in values {
            let mut twisted = object.clone();
            twisted[name] = value;
            let what = format!("\"{name}\"");
            out.push(Twisted { address: address.to_owned(), body: twisted.to_string().into_bytes(), what });
        }
        let raw = [b"{\"".as_slice(), name.as_bytes(), b"\":\"", hostile, b"\"}"].concat();
        out.push(Twisted { address: address.to_owned(), body: raw, what: format!("\"{name}\" raw") });
    }
    out
}

/// Sends it; the body is of the sample's own type.
async fn sent(sample: &Sample, twisted: &Twisted, by: Caller<'_>, n: u64) -> Answer {
    let ask = by.http.ask(sample.sign.method.as_str(), &twisted.address);
    let ask = match by.key {
        Some(key) => ask.key(key),
        None => ask,
    };
    let ask = with_body(sample, ask, sample.body, n, "");
    if sample.body.starts_with('@') || sample.body.is_empty() {
        ask.send().await
    } else {
        ask.body(twisted.body.clone()).send().await
    }
}

/// What is wrong with an answer to something hostile, if anything.
pub fn wrong(answer: &Answer) -> Option<String> {
    if answer.status >= 500 {
        return Some(format!("answered {}", answer.status));
    }
    if answer.headers.contains_key("set-cookie")
        && answer.headers.get_all("set-cookie").iter().any(|c| c.as_bytes().starts_with(b"stolen"))
    {
        return Some("a header was put in".to_owned());
    }
    let place = answer.header("location").unwrap_or("/");
    let local = place.starts_with('/') && !place.starts_with("//") && !place.contains('\\');
    let text = answer.text();
    let html = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if !local {
        Some(format!("leads elsewhere: {place}"))
    } else if html && text.contains("<script>alert") {
        Some("markup came back as markup".to_owned())
    } else if text.contains("rusqlite")
        || text.contains("SQLSTATE")
        || text.contains("db error")
        || text.contains(".rs:")
    {
        Some(format!("tells what is inside: {text}"))
    } else {
        None
    }
}

/// Doors that end the session or the password of who asks: they are asked with nothing that would.
fn ends_the_asker(sample: &Sample) -> bool {
    const ENDING: [&str; 5] =
        ["/sign-out", "/me/password", "/me/sessions/end", "/access/sessions/end", "/api/v1/sessions/end-all"];
    sample.changes() && ENDING.contains(&sample.sign.path)
}

async fn asked(http: &Http, ground: &Ground, sample: &Sample, twisted: &Twisted) -> Option<String> {
    let by = match sample.sign.who {
        For::Programs => Caller { http, key: Some(&ground.key) },
        For::People => ground.administrator(),
        For::Anybody => Caller { http, key: None },
    };
    let answer = sent(sample, twisted, by, ground.n()).await;
    wrong(&answer).map(|wrong| format!("{} with {}: {wrong}", sample.name(), twisted.what))
}

both_engines! {
    async fn s56_s35_no_field_of_any_door_makes_the_server_fail_whatever_it_holds(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        // On an ordinary day each field meets a share of the corpus, at night all of it.
        let share = repetitions(6, 1);
        let (mut told, mut at) = (Vec::new(), 0);
        for sample in samples().into_iter().filter(|s| !ends_the_asker(s)) {
            let things = ground.things(&portal, &sample, ground.administrator()).await;
            for hostile in CORPUS {
                for twisted in twists(&sample, &things, hostile) {
                    at += 1;
                    if at % share == 0 {
                        let wrong = asked(&http, &ground, &sample, &twisted).await;
                        told.extend(wrong.map(|wrong| format!("{wrong} ({:?})", String::from_utf8_lossy(hostile))));
                    }
                }
            }
        }
        assert!(told.is_empty(), "{} of {at}:\n{}", told.len(), told.join("\n"));
        ground.admin.get("/").send().await.expect(200);
        ground.api("GET", "/api/v1/users", None).await;
    }

    async fn s54_json_that_is_deep_double_cut_or_of_another_shape_is_refused_at_every_door(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let http = portal.http();
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let objects = format!("{}1{}", "{\"a\":".repeat(9_000), "}".repeat(9_000));
        let many: Vec<String> = (0..20_000).map(|n| format!("\"k{n}\":1")).collect();
        let shapes = [
            deep, objects, format!("{{{}}}", many.join(",")), "{".to_owned(), "\"text\"".to_owned(), "[1,2]".to_owned(), "1".to_owned(),
            "{\"name\":\"a\"".to_owned(), "{\"name\":{\"a\":1}}".to_owned(), "{\"name\":\"\\ud800\"}".to_owned(), "\u{feff}{}x".to_owned(),
        ];
        let mut told = Vec::new();
        for sample in samples().into_iter().filter(|s| s.sign.who == For::Programs && s.body.starts_with('{')) {
            let things = ground.things(&portal, &sample, ground.administrator()).await;
            let address = filled(sample.address, &things);
            for shape in &shapes {
                let ask = http.ask(sample.sign.method.as_str(), &address).key(&ground.key);
                let answer = ask.header("content-type", "application/json").body(shape.as_str()).send().await;
                let short: String = shape.chars().take(20).collect();
                if !(400..500).contains(&answer.status) {
                    told.push(format!("{}: {} for {short}", sample.name(), answer.status));
                }
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        assert_eq!(ground.api("GET", "/api/v1/settings?level=tenant", None).await["items"].is_array(), json!(true));
    }
}
