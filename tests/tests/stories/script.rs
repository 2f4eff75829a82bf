//! The small script at work, and the same pages without it: keys, drawer, jump box, live rows, progress.
//!
//! The pages are the gallery's samples, put at addresses like the product's.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;
use server::ui::{CSP, Language, Locale, Theme, assets, gallery};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use vaktbok_tests::Browser;

/// How often the work was asked for, and how often it was told to stop.
#[derive(Default)]
struct Asked {
    polls: AtomicUsize,
    stops: AtomicUsize,
    heard: Mutex<Vec<String>>,
}

/// Three seconds of silence: WAV, one channel, 8 bits, 8 kHz.
fn sound() -> Vec<u8> {
    let mut wav = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    for n in [8000u32, 8000] {
        wav.extend(n.to_le_bytes());
    }
    wav.extend(b"\x01\0\x08\0data");
    wav.extend(24_000u32.to_le_bytes());
    wav.resize(wav.len() + 24_000, 128);
    let size = (wav.len() as u32 - 8).to_le_bytes();
    wav[4..8].copy_from_slice(&size);
    wav
}

/// The sample of a call, with a player beside its wave.
fn call() -> Response {
    let player = "<audio id=\"a\" controls src=\"/sound\" data-heard=\"/heard\"></audio><figure class=\"wave\" data-player=\"a\"";
    page(sample("ui/specimen", "call").replace("<figure class=\"wave\"", player))
}

fn sample(page: &str, name: &str) -> String {
    gallery::render(page, name, Locale::new(Language::En, "UTC"), Theme::System).unwrap()
}

fn page(html: String) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, CSP)], Html(html)).into_response()
}

fn log(query: &HashMap<String, String>) -> Response {
    let has = |name| query.contains_key(name);
    let name = if has("open") { "list-open" } else { "list" };
    let html = sample("ui/specimen", if has("q") { "list-empty" } else { name });
    let live = "<tbody data-live=\"/live\" data-more=\"Show new rows\" data-rest=\"There are more\">";
    page(if has("live") { html.replace("<tbody>", live) } else { html })
}

async fn live() -> impl IntoResponse {
    let row = "event: more\ndata: 7 more: show\n\nevent: full\ndata: No room here\n\nevent: row\ndata: <tr id=\"row-new\"><th scope=\"row\"><a href=\"/logs?open=1\">Fresh row</a></th></tr>\n\n";
    ([(header::CONTENT_TYPE, "text/event-stream")], row)
}

async fn serve() -> (Browser, Arc<Asked>) {
    let asked = Arc::new(Asked::default());
    let work = |State(asked): State<Arc<Asked>>| async move {
        let html = sample("ui/specimen", "parts-long");
        let over = asked.polls.fetch_add(1, Ordering::SeqCst) >= 2;
        let came = html
            .replace(" data-poll=", " data-was=")
            .replace("</main>", "<p id=\"came\">It is done.</p></main>");
        page(if over { came } else { html })
    };
    let stop = |State(asked): State<Arc<Asked>>| async move {
        asked.stops.fetch_add(1, Ordering::SeqCst);
        page(sample("ui/specimen", "parts-long"))
    };
    let heard = |State(asked): State<Arc<Asked>>, body: String| async move {
        asked.heard.lock().unwrap().push(body);
    };
    let jump = |Query(query): Query<HashMap<String, String>>| async move {
        page(sample("ui/jump", if query.contains_key("q") { "found" } else { "nothing" }))
    };
    let file = |Path(file): Path<String>, headers: HeaderMap| async move { assets::serve(&file, &headers) };
    let doors = Router::new()
        .route("/logs/access", get(|Query(query): Query<HashMap<String, String>>| async move { log(&query) }))
        .route("/live", get(live))
        .route("/jump", get(jump))
        .route("/users/{id}", get(work))
        .route("/call", get(|| async { call() }))
        .route("/sound", get(|| async { ([(header::CONTENT_TYPE, "audio/wav")], sound()) }))
        .route("/heard", post(heard))
        .route("/work", get(work))
        .route("/jobs/{id}", get(work))
        .route("/jobs/{id}/stop", post(stop))
        .route("/assets/{file}", get(file))
        .with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, doors).await });
    (Browser::new(&base).await, asked)
}

/// How long a page may take at most, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// Waits until a JavaScript expression holds in the page.
async fn holds(browser: &Browser, expression: &str) {
    let began = Instant::now();
    while browser.run(&format!("return !!({expression})"), json!([])).await != json!(true) {
        assert!(began.elapsed() < PATIENCE, "never held: {expression}\n{}", browser.text().await);
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

const DRAWER: &str = "!document.querySelector('#drawer').hidden";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_walk_the_list_and_open_and_close_the_drawer() {
    let (browser, _) = serve().await;
    browser.open("/logs/access").await;
    browser.press("/").await;
    holds(&browser, "document.activeElement.matches('[data-search]')").await;
    browser.press("Escape").await;
    for key in ["j", "j", "k", "Enter"] {
        browser.press(key).await;
    }
    holds(&browser, DRAWER).await;
    holds(&browser, "location.search === '?open=0'").await;
    holds(&browser, "document.querySelector('tr[aria-current]')?.id === 'row-0'").await;
    browser.press("Escape").await;
    holds(&browser, "document.querySelector('#drawer').hidden").await;
    holds(&browser, "document.activeElement.closest('tr')?.id === 'row-0'").await;
    browser.run("history.back()", json!([])).await;
    holds(&browser, DRAWER).await;
    assert!(browser.complaints().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_replaces_the_list_and_stands_in_the_address() {
    let (browser, _) = serve().await;
    browser.open("/logs/access").await;
    browser.run("window.stayed = true", json!([])).await;
    browser.press("/").await;
    for key in ["å", "s", "a", "Enter"] {
        browser.press(key).await;
    }
    browser.see("Nothing was refused here").await;
    assert!(browser.path().await.contains("q=%C3%A5sa"), "{}", browser.path().await);
    holds(&browser, "window.stayed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_jump_box_finds_while_one_types_and_the_keys_are_listed() {
    let (browser, _) = serve().await;
    browser.open("/logs/access").await;
    browser.press("\u{E009}k").await;
    holds(&browser, "document.querySelector('#palette').open").await;
    browser.press("lind").await;
    holds(&browser, "document.querySelectorAll('#palette-results a').length === 2").await;
    // What was asked for the last letters may still arrive.
    tokio::time::sleep(Duration::from_millis(400)).await;
    browser.press("ArrowDown").await;
    holds(&browser, "document.activeElement.textContent.includes('Åsa')").await;
    browser.click_on("#palette-results a:focus").await;
    holds(&browser, "location.pathname === '/users/1'").await;
    browser.open("/logs/access").await;
    browser.press("?").await;
    browser.see("Next and previous row").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_live_row_arrives_at_the_top_or_waits_while_one_reads() {
    let (browser, _) = serve().await;
    browser.open("/logs/access?live=1").await;
    holds(&browser, "document.querySelector('tbody tr').id === 'row-new'").await;
    browser.see("No room here").await;
    assert!(browser.sees("7 more: show").await, "what did not come as rows is a link");
    browser.open("/logs/access?live=1&open=1").await;
    browser.see("Show new rows (1)").await;
    assert!(!browser.sees("Fresh row").await);
    browser.click("Show new rows (1)").await;
    browser.see("Fresh row").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn progress_is_asked_for_until_it_is_over_and_stopped_once() {
    let (browser, asked) = serve().await;
    browser.open("/work").await;
    holds(&browser, "!document.querySelector('[data-poll]')").await;
    browser.see("It is done.").await;
    let polls = asked.polls.load(Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(asked.polls.load(Ordering::SeqCst), polls, "asked on although it was over");
    let twice = "const b = document.querySelector('.progress form button'); b.click(); b.click();";
    browser.run(twice, json!([])).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(asked.stops.load(Ordering::SeqCst), 1, "a second press sent it again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_theme_is_turned_and_kept_in_a_cookie() {
    let (browser, _) = serve().await;
    browser.open("/logs/access").await;
    browser.click("Light or dark").await;
    holds(&browser, "document.documentElement.dataset.theme === 'dark'").await;
    assert_eq!(browser.cookie("theme").await.as_deref(), Some("dark"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_the_drawer_the_menus_and_the_phones_navigation_open() {
    let (browser, _) = serve().await;
    browser.set_script(false).await;
    browser.open("/logs/access").await;
    browser.click_on("#row-3 a").await;
    browser.see("The password is not right.").await;
    assert!(browser.path().await.ends_with("?open=3"));
    browser.click_on("details.drop summary").await;
    browser.see("Apply").await;
    assert!(!browser.sees("Light or dark").await, "a button that needs script is shown without it");
    browser.set_viewport(390, 844).await;
    browser.open("/logs/access").await;
    assert!(!browser.sees("Settings").await);
    browser.click("Menu").await;
    browser.see("Settings").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_played_is_told_in_spans_of_seconds_and_moves_along_the_wave() {
    let (browser, asked) = serve().await;
    browser.open("/call").await;
    holds(&browser, "document.querySelector('#a').readyState >= 2").await;
    // Sound plays only after a person has touched the page. The wave stands for 192 seconds.
    browser.click_on("h1").await;
    browser.run("const a = document.querySelector('#a'); a.muted = true; a.play()", json!([])).await;
    holds(&browser, "document.querySelector('#a').currentTime > 1.2").await;
    holds(&browser, "Number(document.querySelector('.wave-now').getAttribute('x1')) > 4").await;
    browser.run("document.querySelector('#a').pause()", json!([])).await;
    let began = Instant::now();
    while asked.heard.lock().unwrap().is_empty() {
        assert!(began.elapsed() < PATIENCE, "nothing was told");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    let told = asked.heard.lock().unwrap().join(" ");
    let seconds: Vec<f64> = told.split(['=', '&']).filter_map(|part| part.parse().ok()).collect();
    assert!(told.starts_with("from=") && seconds.len() == 2, "{told}");
    assert!(seconds[0] < 0.8 && seconds[1] > 0.8 && seconds[1] < 3.1, "{told}");
}
