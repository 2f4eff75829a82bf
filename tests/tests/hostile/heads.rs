//! Heads of requests that no client would send, cookies and keys that nobody handed out.

use super::fields::wrong;
use crate::doors::ground::Ground;
use std::time::Duration;
use vaktbok_tests::{Http, both_engines};

/// What goes over the wire as it is.
fn raw() -> Vec<Vec<u8>> {
    let host = "Host: localhost\r\n";
    let many: String = (0..500).map(|n| format!("X-A{n}: b\r\n")).collect();
    let cookies: String = (0..200).map(|n| format!("Cookie: a{n}=b\r\n")).collect();
    let long = "a".repeat(70_000);
    [
        format!("GET / HTTP/1.1\r\n{host}X-Long: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET /users?q={long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{cookies}\r\n"),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}{host}\r\n"),
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: evil.example/../\r\n\r\n".to_owned(),
        format!("GET http://elsewhere.example/ HTTP/1.1\r\n{host}\r\n"),
        format!("CONNECT elsewhere.example:443 HTTP/1.1\r\n{host}\r\n"),
        format!("TRACE / HTTP/1.1\r\n{host}\r\n"),
        format!("PROPFIND /users HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/9.9\r\n{host}\r\n"),
        format!("GET /\0 HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X: a\0b\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X: a\r\n folded: b\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X : a\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}: a\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Content-Length: 99999999999999999999\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n{host}\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc"),
        format!("POST /sign-in HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        "\r\n\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\0\u{5}hello".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame at all".to_owned(),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect()
}

both_engines! {
    async fn s56_a_head_that_no_client_would_send_is_refused_and_the_next_is_answered(world: World) {
        let portal = world.portal().await;
        let http = portal.http();
        let mut told = Vec::new();
        for bytes in raw() {
            let said = http.raw(&bytes, Duration::from_millis(400)).await;
            let said = String::from_utf8_lossy(&said);
            let shown: String = String::from_utf8_lossy(&bytes).chars().take(60).collect();
            let answers = said.matches("HTTP/1.1 ").count();
            if said.contains("HTTP/1.1 5") || answers > 1 || said.contains("smuggled") {
                told.push(format!("{shown:?}: {}", said.chars().take(200).collect::<String>()));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        http.get("/healthz").send().await.expect(200);
    }

    async fn s56_no_cookie_key_or_header_makes_the_server_fail_or_lets_anybody_in(world: World) {
        let portal = world.portal().await;
        let ground = Ground::new(&portal, 1).await;
        let session = ground.admin.cookie(server::front::SESSION_COOKIE).unwrap();
        let flipped: Vec<String> = (0..session.len()).map(|at| {
            let mut bytes = session.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        }).collect();
        let mut secrets: Vec<String> = flipped.into_iter().filter(|other| *other != session).collect();
        let zeros = data_encoding::BASE64URL_NOPAD.encode(&[0; 40]);
        let elsewhere = data_encoding::BASE64URL_NOPAD.encode(&[&[0xff; 8][..], &[7; 32]].concat());
        secrets.extend([zeros, elsewhere, String::new(), "x".repeat(5_000), format!("{session}A"), session[1..].to_owned(), format!("\"{session}"), "ÿ".to_owned()]);
        let mut told = Vec::new();
        for secret in &secrets {
            let http = portal.http();
            http.set_cookie(server::front::SESSION_COOKIE, secret);
            let page = http.get("/users").send().await;
            let api = http.get("/api/v1/users").key(secret).send().await;
            let last_bits = secret.len() == session.len() && secret[..session.len() - 1] == session[..session.len() - 1];
            if page.status != 303 && !last_bits || api.status != 401 {
                told.push(format!("{secret}: {} and {}", page.status, api.status));
            }
        }
        assert!(told.is_empty(), "{}", told.join("\n"));
        let hostile = headers(&portal.http(), &ground).await;
        assert!(hostile.is_empty(), "{}", hostile.join("\n"));
        ground.admin.get("/users").send().await.expect(200);
    }
}

/// Ordinary requests with a header that is not.
async fn headers(http: &Http, ground: &Ground) -> Vec<String> {
    let values = [
        "",
        " ",
        "ÿþ",
        "*/*;q=",
        "sv;q=9999999999999999,en;q=-1",
        "bytes=0-18446744073709551615",
        "bytes=-",
        "bytes=18446744073709551615-",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\\\"",
        "application/json; charset=utf-7",
        "Bearer",
        "Bearer  ",
        "Basic YTpi",
        "for=\"[::1\";proto=https",
        "127.0.0.1, 10.0.0.1, unknown",
        "<script>alert(1)</script>",
        "gzip;q=nan",
    ];
    let names = [
        "accept",
        "accept-language",
        "accept-encoding",
        "authorization",
        "content-type",
        "range",
        "if-none-match",
        "if-modified-since",
        "user-agent",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-host",
        "forwarded",
        "referer",
        "idempotency-key",
        "x-fragment",
        "x-request-id",
        "expect",
    ];
    let long = "z".repeat(8_000);
    let mut told = Vec::new();
    for name in names {
        for value in values.iter().copied().chain([long.as_str()]) {
            let asks = [
                ground.admin.get("/users").header(name, value),
                http.get("/sign-in").header(name, value),
                http.post("/api/v1/groups").key(&ground.key).header(name, value).body("{\"name\":\"\"}"),
                ground.admin.post("/users/import").header(name, value).body("x"),
            ];
            for ask in asks {
                let answer = ask.send().await;
                told.extend(wrong(&answer).map(|wrong| format!("{name}: {value:.60}: {wrong}")));
            }
        }
    }
    told
}
