//! Every sample of every page, seen as it will be seen: narrow and wide, light and dark, in both languages.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use server::ui::{self, CSP, Language, Locale, assets, gallery};
use std::collections::HashMap;
use vaktbok_tests::{Browser, Theme, axe};

/// Serves the gallery's pages as the product does, with its policy.
async fn serve() -> String {
    let doors = Router::new()
        .route("/view", get(|Query(query): Query<HashMap<String, String>>| async move { view(&query) }))
        .route(
            "/assets/{file}",
            get(|Path(file): Path<String>, headers: HeaderMap| async move { assets::serve(&file, &headers) }),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, doors).await });
    format!("http://{address}")
}

fn view(query: &HashMap<String, String>) -> Response {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let locale = Locale::new(Language::parse(get("language")).unwrap(), "Europe/Stockholm");
    match gallery::render(get("page"), get("sample"), locale, ui::Theme::System) {
        Some(html) => ([(header::CONTENT_SECURITY_POLICY, CSP)], Html(html)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a sample leads to, a recording or live rows, is not there: only the page itself is looked at.
fn leads_nowhere(complaint: &str) -> bool {
    complaint.contains("status of 404 (Not Found)")
}

/// The other theme, and the other width: what was looked at in one is looked at in the other too.
fn other(theme: Theme, width: u32) -> (Theme, u32) {
    let theme = if theme == Theme::Light { Theme::Dark } else { Theme::Light };
    (theme, if width == WIDE { NARROW } else { WIDE })
}

/// Pixels of a desk's window and of a phone's.
const WIDE: u32 = 1440;
const NARROW: u32 = 390;

/// What is wrong with the page shown: by every rule as the reader has it, and what another theme or width can break besides.
pub(super) async fn look(browser: &Browser, theme: Theme, width: u32) -> Vec<String> {
    let (other_theme, other_width) = other(theme, width);
    let mut found = as_it_is(browser).await;
    browser.set_theme(other_theme).await;
    let contrast = axe::contrast(browser).await;
    found.extend(contrast.into_iter().map(|what| format!("{other_theme:?}: {what}")));
    browser.set_viewport(other_width, 900).await;
    found.extend(sideways(browser).await);
    browser.set_theme(theme).await;
    browser.set_viewport(width, 900).await;
    found
}

/// What is wrong with the page shown, as the reader has it.
pub(super) async fn as_it_is(browser: &Browser) -> Vec<String> {
    let mut found = axe::violations(browser).await;
    found.extend(browser.complaints().await.into_iter().filter(|what| !leads_nowhere(what)));
    found.extend(sideways(browser).await);
    found
}

/// Looks at every sample as one kind of reader; says what is wrong with each.
async fn look_at_all(language: &str, theme: Theme, width: u32) {
    let browser = Browser::new(&serve().await).await;
    browser.set_viewport(width, 900).await;
    browser.set_theme(theme).await;
    let mut wrong = Vec::new();
    for (page, samples) in gallery::all() {
        for sample in samples {
            browser.open(&format!("/view?page={page}&sample={sample}&language={language}")).await;
            let found = look(&browser, theme, width).await;
            wrong.extend(found.into_iter().map(|what| format!("{page} / {sample}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} found", wrong.join("\n"), wrong.len());
}

/// A page that is wider than the window makes people scroll sideways to read. Names what sticks out.
async fn sideways(browser: &Browser) -> Option<String> {
    let script = "
        const root = document.documentElement, wide = root.clientWidth;
        if (root.scrollWidth <= wide) return null;
        const scrolls = e => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
        const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > wide + 1 && !scrolls(e.parentElement));
        const name = e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : '') + (e.id ? '#' + e.id : '');
        return root.scrollWidth + ' pixels in a window of ' + wide + ': ' + out.slice(0, 6).map(name).join(', ');";
    browser.run(script, json!([])).await.as_str().map(|text| format!("scrolls sideways, {text}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sample_is_accessible_wide_and_light_in_swedish() {
    look_at_all("sv", Theme::Light, WIDE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sample_is_accessible_narrow_and_dark_in_english() {
    look_at_all("en", Theme::Dark, NARROW).await;
}
