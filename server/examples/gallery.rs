//! Serves the gallery of pages by itself, without data or sign-in, to look at parts while making
//! them: `cargo run -p vaktbok --example gallery`, then open the printed address.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use server::ui::{CSP, Language, Locale, Theme, assets, gallery};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let index = || async { with_policy(gallery::index(Locale::new(Language::En, "Europe/Stockholm"))) };
    let doors = Router::new()
        .route("/", get(index))
        .route(
            "/ui/gallery/{*page}",
            get(|Path(page): Path<String>, Query(query): Query<HashMap<String, String>>| async move {
                view(&page, &query)
            }),
        )
        .route(
            "/assets/{file}",
            get(|Path(file): Path<String>, headers: HeaderMap| async move { assets::serve(&file, &headers) }),
        );
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}/", listener.local_addr()?);
    axum::serve(listener, doors).await
}

fn view(page: &str, query: &HashMap<String, String>) -> Response {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let language = Language::parse(get("language")).unwrap_or(Language::En);
    let theme = Theme::parse(get("theme")).unwrap_or_default();
    match gallery::render(page, get("sample"), Locale::new(language, "Europe/Stockholm"), theme) {
        Some(html) => with_policy(html),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn with_policy(html: String) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP))], Html(html)).into_response()
}
