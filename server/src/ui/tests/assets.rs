//! The embedded files: their addresses, their compression, and what a first visit weighs.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::ui::{Language, Locale, Theme, asset, assets, gallery};

fn served(name: &str, encoding: Option<&'static str>) -> axum::response::Response {
    let mut request = HeaderMap::new();
    if let Some(encoding) = encoding {
        request.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(encoding));
    }
    assets::serve(asset(name).trim_start_matches("/assets/"), &request)
}

async fn weight(response: axum::response::Response) -> usize {
    axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body").len()
}

#[test]
fn an_asset_keeps_its_address_as_long_as_its_content() {
    let (style, script) = (asset("app.css"), asset("app.js"));
    assert!(style.starts_with("/assets/app.") && style.ends_with(".css"));
    assert_eq!(style.len(), "/assets/app..css".len() + 16);
    assert_ne!(style, script);
}

#[test]
fn an_asset_is_kept_for_a_year_and_never_asked_for_again() {
    let response = served("app.css", None);
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
}

#[test]
fn an_address_of_other_content_leads_nowhere() {
    let none = HeaderMap::new();
    assert_eq!(assets::serve("app.0000000000000000.css", &none).status(), StatusCode::NOT_FOUND);
    assert_eq!(assets::serve("../Cargo.toml", &none).status(), StatusCode::NOT_FOUND);
    assert_eq!(assets::serve("", &none).status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_browser_that_takes_gzip_gets_it() {
    let (small, plain) = (served("app.js", Some("gzip, br")), served("app.js", None));
    assert_eq!(small.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
    assert!(weight(small).await * 2 < weight(plain).await);
}

#[tokio::test]
async fn a_first_visit_weighs_at_most_25_kilobytes() {
    use std::io::Write;
    let t = Locale::new(Language::Sv, "Europe/Stockholm");
    let page = gallery::render("ui/specimen", "list", t, Theme::Light).expect("the sample exists");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(page.as_bytes()).expect("memory takes it");
    let page = encoder.finish().expect("memory takes it").len();
    let mut all = page;
    for name in ["app.css", "app.js", "mark.svg"] {
        all += weight(served(name, Some("gzip"))).await;
    }
    assert!(page <= 10_000, "a log page of 32 rows and 84 bars weighs {page}");
    assert!(all <= 25_000, "a first visit weighs {all}");
}
