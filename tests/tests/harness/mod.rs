//! The ground the other tests stand on, tried by itself: if a story fails, this says whether the story is to blame.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use vaktbok_tests::{Browser, Engine, Http, Theme, axe, both_engines};

const PAGE: &str = "<!doctype html><html lang=en><head><title>A page</title><meta name=viewport content=\"width=device-width,initial-scale=1\">\
    <style>body{background:#fff;color:#000} @media (prefers-color-scheme:dark){body{background:#000;color:#fff}}</style></head>\
    <body><main><h1>A page</h1><form method=post action=/done><label>Your name <input name=name></label>\
    <label>Colour <select name=colour><option value=r>Red</option><option value=b>Blue</option></select></label>\
    <label><input type=checkbox name=agree> I agree</label><button>Send it</button></form></main></body></html>";

/// A server of one page; any other answer is what was asked, in plain text.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer(stream.unwrap()));
        }
    });
    address
}

fn answer(mut stream: std::net::TcpStream) {
    let mut asked = vec![0; 65_536];
    let mut length = 0;
    loop {
        let read = stream.read(&mut asked[length..]).unwrap_or(0);
        length += read;
        let text = String::from_utf8_lossy(&asked[..length]).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let wanted = head
            .to_lowercase()
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
        if body.len() >= wanted || read == 0 {
            let (kind, body) = if text.starts_with("GET /page") {
                (
                    "text/html; charset=utf-8\r\nSet-Cookie: __Host-s=1; Path=/; Secure; HttpOnly",
                    PAGE.to_owned(),
                )
            } else {
                ("text/plain; charset=utf-8\r\nSet-Cookie: s=1", text)
            };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all((head + &body).as_bytes());
            return;
        }
    }
}

#[tokio::test]
async fn a_program_asks_with_cookies_and_as_the_same_site() {
    let http = Http::new(serve());
    let first = http.post("/x").form(&[("å b", "1&2")]).send().await.expect(200).text();
    assert!(first.contains("%C3%A5+b=1%262"), "{first}");
    assert!(first.contains("sec-fetch-site: same-origin") && !first.contains("cookie:"), "{first}");
    let second = http.get("/y").without("host").header("host", "elsewhere").send().await.text();
    assert!(second.contains("cookie: s=1") && second.contains("host: elsewhere"), "{second}");
}

both_engines! {
    async fn each_test_has_an_empty_world_of_its_own(world: World) {
        assert!(std::fs::read_dir(world.folder().path()).unwrap().next().is_none());
        assert_eq!(world.database().is_some(), world.engine() == Engine::Postgres);
        let Some(database) = world.database() else { return };
        let (client, connection) =
            tokio_postgres::connect(&database.application_url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        assert!(client.batch_execute("create table mine (id int)").await.is_err(), "the role owns nothing");
        let owned = "select count(*) from pg_tables where schemaname = 'public'";
        assert_eq!(client.query_one(owned, &[]).await.unwrap().get::<_, i64>(0), 0);
        let (owner, connection) = tokio_postgres::connect(&database.owner_url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        owner.batch_execute("create table theirs (id int); create extension pg_trgm").await.unwrap();
        assert!(client.batch_execute("select * from theirs").await.is_err(), "nothing is granted unasked");
    }
}

mod browser {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_person_reads_fills_and_clicks() {
        let browser = Browser::new(&format!("http://{}", serve())).await;
        browser.open("/page").await;
        browser.see("A page").await;
        assert!(browser.cookie("__Host-s").await.is_some(), "Chromium keeps Secure cookies on loopback");
        browser.fill("Your name", "Åsa").await;
        browser.fill("Colour", "Blue").await;
        browser.fill("I agree", "on").await;
        browser.click("send it").await;
        browser.see("name=%C3%85sa&colour=b&agree=on").await;
        assert_eq!(browser.path().await, "/done");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_page_is_seen_in_both_themes_at_any_width_and_judged() {
        let browser = Browser::new(&format!("http://{}", serve())).await;
        browser.set_viewport(390, 800).await;
        browser.set_theme(Theme::Dark).await;
        browser.open("/page").await;
        let ground = "return getComputedStyle(document.body).backgroundColor + innerWidth";
        assert_eq!(browser.run(ground, serde_json::json!([])).await, "rgb(0, 0, 0)390");
        assert!(browser.screenshot().await.starts_with(b"\x89PNG"));
        assert_eq!(axe::violations(&browser).await, Vec::<String>::new());
        browser
            .run(
                "document.querySelector('label').replaceWith(document.createElement('input'))",
                serde_json::json!([]),
            )
            .await;
        let found = axe::violations(&browser).await;
        assert!(found.iter().any(|line| line.starts_with("label (critical)")), "{found:?}");
    }
}
