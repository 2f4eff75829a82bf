//! The style sheet, the script and the mark: inside the program, at addresses made of their hash.
//!
//! An address names one content for ever, so browsers keep it for a year and never ask again.
//! Text is compressed once. The files are joined here in the order they take effect.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The Content-Security-Policy of every page: nothing from elsewhere, nothing inline, and markup
/// made by script only through the one policy in `script/swap.js`.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vaktbok";

const STYLE: &str = concat!(
    include_str!("css/tokens.css"),
    include_str!("css/base.css"),
    include_str!("css/shell.css"),
    include_str!("css/table.css"),
    include_str!("css/form.css"),
    include_str!("css/parts.css"),
    include_str!("css/picture.css"),
);

const SCRIPT: &str = concat!(
    include_str!("script/swap.js"),
    include_str!("script/keys.js"),
    include_str!("script/palette.js"),
    include_str!("script/live.js"),
    include_str!("script/player.js"),
    include_str!("script/small.js"),
);

const MARK: &str = include_str!("mark.svg");

/// One embedded file.
struct Asset {
    name: &'static str,
    kind: &'static str,
    path: String,
    plain: Bytes,
    gzip: Option<Bytes>,
}

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        Asset::new("app.css", "text/css; charset=utf-8", &lean(STYLE)),
        Asset::new("app.js", "text/javascript; charset=utf-8", &lean(SCRIPT)),
        Asset::new("mark.svg", "image/svg+xml", MARK),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, text: &str) -> Asset {
        let mut hash = String::new();
        for byte in &Sha256::digest(text.as_bytes())[..8] {
            // Writing to a String cannot fail.
            let _ = write!(hash, "{byte:02x}");
        }
        let (stem, end) = name.split_once('.').unwrap_or((name, ""));
        let path = format!("/assets/{stem}.{hash}.{end}");
        Asset { name, kind, path, plain: Bytes::from(text.to_owned()), gzip: compress(text) }
    }
}

/// The address of an embedded file: `asset("app.css")` is `/assets/app.0123456789abcdef.css`.
/// A name that is not embedded gives `/assets/` and so a 404; the tests render every page.
pub fn asset(name: &str) -> &'static str {
    ASSETS.iter().find(|a| a.name == name).map_or("/assets/", |a| a.path.as_str())
}

/// Answers `GET /assets/{file}`; 404 for any other content than the embedded one.
pub fn serve(file: &str, request: &HeaderMap) -> Response {
    let Some(found) = ASSETS.iter().find(|a| a.path.strip_prefix("/assets/") == Some(file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = request.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok());
    let fixed = [
        (header::CONTENT_TYPE, found.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    match &found.gzip {
        Some(small) if accepts.is_some_and(|list| list.contains("gzip")) => {
            (fixed, [(header::CONTENT_ENCODING, "gzip")], Body::from(small.clone())).into_response()
        }
        _ => (fixed, Body::from(found.plain.clone())).into_response(),
    }
}

/// Takes away indentation, blank lines and lines that are only a comment.
fn lean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if inside || line.starts_with("/*") {
            inside = !line.ends_with("*/");
            continue;
        }
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn compress(text: &str) -> Option<Bytes> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).ok().map(Bytes::from)
}
