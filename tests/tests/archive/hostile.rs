//! Uploads that are wrong, hostile or huge, and words that would like to be markup.

use super::{links, opened};
use server::archive::samples::sample;
use std::time::Duration;
use vaktbok_tests::{Http, both_engines};

/// Sends one file in and waits until it is dealt with.
async fn sent(http: &Http, name: &str, content: &[u8]) -> String {
    let answer = http.post("/archive/import").upload("files", name, content, &[]).send().await.expect(303);
    let place = answer.header("location").unwrap().to_owned();
    for _ in 0..200 {
        let page = http.get(&place).send().await.expect(200).text();
        if page.contains("set aside.") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{name} is not dealt with");
}

fn chat(words: &str) -> Vec<u8> {
    let chat = serde_json::json!({
        "vcon": "0.0.1", "uuid": "0197f3a0-1111-7000-8000-0000000000aa", "subject": words,
        "parties": [{ "name": "<script>alert(1)</script>", "role": "customer" }, { "name": "A", "role": "agent" }],
        "dialog": [{ "type": "text", "start": "2026-03-02T11:40:12+01:00", "parties": [0], "originator": 0,
            "mimetype": "text/html", "body": words, "encoding": "none" }],
    });
    chat.to_string().into_bytes()
}

both_engines! {
    async fn s54_an_upload_that_is_wrong_is_said_to_be_and_leaves_nothing_behind(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let none = http.post("/archive/import").upload("files", "", b"", &[]).send().await.expect(422);
        assert!(none.text().contains("Choose at least one file"), "{}", none.text());
        let cut = "multipart/form-data; boundary=x";
        let body = b"--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.vcon.json\"\r\n\r\n{\"vc".to_vec();
        let cut = http.post("/archive/import").header("content-type", cut).body(body).send().await.expect(422);
        assert!(cut.text().contains("ended before its end"), "{}", cut.text());
        let twice = b"--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"../b/a.json\"\r\n\r\n{}\r\n--x--\r\n".to_vec();
        let twice = http.post("/archive/import").header("content-type", "multipart/form-data; boundary=x").body(twice).send().await.expect(422);
        assert!(twice.text().contains("sent twice"), "{}", twice.text());
        let spool = world.folder().path().join("spool");
        assert_eq!(std::fs::read_dir(spool).unwrap().count(), 0, "no file of a refused upload stays");
    }

    async fn s54_hostile_files_are_set_aside_by_what_they_are_whatever_they_are_called(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let deep = "[".repeat(100_000);
        let files: [(&str, &[u8]); 5] = [
            ("../../../../etc/passwd.vcon.json", b"root:x:0:0"),
            ("empty.vcon.json", b""),
            ("deep.vcon.json", deep.as_bytes()),
            ("page.mp3", b"<script>alert(1)</script>"),
            ("zip.vcon.json", b"PK\x03\x04\x14\x00\x00\x00"),
        ];
        for (name, content) in files {
            let page = sent(&http, name, content).await;
            assert!(page.contains("0 imported, 0 unchanged, 1 set aside."), "{name}: {page}");
        }
        let page = http.get("/archive/aside").send().await.expect(200).text();
        assert!(page.contains("passwd.vcon.json") && !page.contains("../"), "{page}");
        assert!(!world.folder().path().join("etc").exists());
    }

    async fn a_call_comes_in_through_the_page_and_through_the_api(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let page = sent(&http, "08.vcon.json", sample("08-adressandring.vcon.json").unwrap()).await;
        assert!(page.contains("1 imported, 0 unchanged, 0 set aside."), "{page}");
        let page = sent(&http, "08.vcon.json", sample("08-adressandring.vcon.json").unwrap()).await;
        assert!(page.contains("0 imported, 1 unchanged, 0 set aside."), "{page}");
    }

    async fn s60_words_that_would_be_markup_are_shown_as_words(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let corpus = [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
            "\"><iframe src=javascript:alert(1)>", "[x](javascript:alert(1))", "<math><mtext></style><img src onerror=alert(1)>",
            "{{7*7}}${7*7}", "\u{202e}<b>", "]]><!--<style>*{}</style>",
        ];
        let all = corpus.join(" \n");
        sent(&http, "xss.vcon.json", &chat(&all)).await;
        let list = http.get("/archive").send().await.expect(200).text();
        let id = links(&list, "/archive/0").remove(0).trim_start_matches("/archive/").parse().unwrap();
        let page = opened(&http, id, &all).await;
        for text in [&list, &page] {
            for bad in ["<script>alert", "<img src", "<svg/onload", "<iframe", "<math", "<style", "<b>\u{202e}"] {
                assert!(!text.contains(bad), "{bad} in {text}");
            }
        }
        assert!(page.contains("class=\"bubble\"") && page.contains("alert(1)"), "it is there, as words");
    }
}
