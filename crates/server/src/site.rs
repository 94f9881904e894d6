//! The pages: workspace and dock, as they were built.

use std::path::PathBuf;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower_http::services::{ServeDir, ServeFile};

use crate::error::Error;

/// Serves a folder. A file `x.br` beside `x` is sent in its place to browsers that take it. An address without a file is one
/// of the workspace's own, and gets its page.
pub fn service(folder: PathBuf) -> Router {
    let page = ServeFile::new(folder.join("index.html")).precompressed_br();
    let files = ServeDir::new(folder).precompressed_br().fallback(page);
    Router::new().fallback_service(files).layer(middleware::from_fn(around))
}

async fn around(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    if ["/api/", "/hooks/"].iter().any(|own| uri.path().starts_with(own)) {
        return Error::NotFound.into_response();
    }
    let mut response = next.run(request).await;
    let kept = if has_hash(&uri) { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

/// Trunk puts a hash of 16 digits into the names of what it builds, so that such a file never changes.
fn has_hash(uri: &Uri) -> bool {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let hex = |part: &str| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    name.split(['-', '_', '.']).any(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(has_hash(&Uri::from_static("/ringdock-0123456789abcdef_bg.wasm")));
        for changing in ["/", "/index.html", "/ring-dock.js", "/contacts/12"] {
            assert!(!has_hash(&Uri::from_static(changing)), "{changing}");
        }
    }
}
