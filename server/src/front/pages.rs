//! Assets, health, and what is answered where there is nothing.

use super::answer;
use crate::App;
use crate::ops::ready::Readiness;
use crate::ui::{Language, Locale, Theme, assets, gallery};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::door::Ask;
use kernel::{Access, Error, Result};
use std::sync::Arc;

/// `GET /assets/{file}`
pub async fn asset(_app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let file: String = ask.place("file")?;
    Ok(assets::serve(&file, &ask.head.headers))
}

/// `GET /favicon.ico`
pub async fn mark(_app: App, _access: Option<Arc<Access>>, _ask: Ask) -> Result<Response> {
    answer::see_other(assets::asset("mark.svg"))
}

/// `GET /healthz`: the process answers.
pub async fn healthz(_app: App, _access: Option<Arc<Access>>, _ask: Ask) -> Result<Response> {
    Ok(Readiness::healthz())
}

/// `GET /metrics`: for whoever shows the token; otherwise there is nothing here.
pub async fn metrics(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    app.metrics.public_answer(&ask.head.headers).ok_or(Error::NotFound)
}

/// `GET /readyz`: every part is well, the book can be written.
pub async fn readyz(app: App, _access: Option<Arc<Access>>, _ask: Ask) -> Result<Response> {
    let book = app.ready.part("book");
    if crate::logs::book::heads::writable(&app).await {
        book.well()
    } else {
        book.unwell("book-cannot-be-written")
    }
    Ok(app.ready.readyz())
}

/// Any other address.
pub async fn nowhere(_app: App, _access: Option<Arc<Access>>, _ask: Ask) -> Result<Response> {
    Err(Error::NotFound)
}

/// `GET /ui/gallery`
pub async fn gallery(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let t = app.bare_shell(&ask.head.headers).t;
    Ok(html(gallery::index(t)))
}

/// `GET /ui/gallery/{page}?sample=&language=&theme=`
pub async fn gallery_page(app: App, _access: Option<Arc<Access>>, ask: Ask) -> Result<Response> {
    let page: String = ask.place("page")?;
    let query = ask.query();
    let bare = app.bare_shell(&ask.head.headers).t;
    let language = query.get("language").and_then(Language::parse).unwrap_or(bare.language);
    let theme = query.get("theme").and_then(Theme::parse).unwrap_or_default();
    let t = Locale { language, zone: bare.zone };
    gallery::render(&page, query.get("sample").unwrap_or_default(), t, theme).map(html).ok_or(Error::NotFound)
}

fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}
