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

/// What a page may load: what the server itself serves; WebAssembly, but no text as a script; the dock's clock, a worker made
/// of a text; the PBX, wherever it is; recordings, which are where the PBX keeps them. No other site shows it in a frame.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob: https: http:; connect-src 'self' ws: wss:; form-action 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'";

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
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/html");
    if is_page && names_another_file(&uri) {
        return Error::NotFound.into_response();
    }
    let kept = if has_hash(&uri) { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if is_page {
        let policy = HeaderValue::from_static(POLICY);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A script or a picture that is not there must not turn out to be the page.
fn names_another_file(uri: &Uri) -> bool {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| ending != "html")
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
    use axum::body::Body;
    use tower::ServiceExt;

    #[tokio::test]
    async fn the_page_stands_for_its_own_addresses_and_for_no_missing_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<p>page").unwrap();
        std::fs::write(folder.path().join("boot.js"), "").unwrap();
        let site = service(folder.path().to_owned());
        for (path, status) in [
            ("/", 200),
            ("/contact/12", 200),
            ("/index.html", 200),
            ("/boot.js", 200),
            ("/dock/none.js", 404),
            ("/api/none", 404),
        ] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = site.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{path}");
            let has_policy = response.headers().contains_key(header::CONTENT_SECURITY_POLICY);
            assert_eq!(has_policy, status == 200 && path != "/boot.js", "{path}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(has_hash(&Uri::from_static("/ringdock-0123456789abcdef_bg.wasm")));
        for changing in ["/", "/index.html", "/ring-dock.js", "/contacts/12"] {
            assert!(!has_hash(&Uri::from_static(changing)), "{changing}");
        }
    }
}
