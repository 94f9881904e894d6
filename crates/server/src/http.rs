//! All routes, and what stands around them.

use std::path::PathBuf;

use axum::{
    Json, Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, Response, header},
    middleware,
    response::IntoResponse,
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, trace::TraceLayer,
};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::App, auth, call_backs, calls, error::Error, events, keys, line, matching, notes, numbers,
    openapi, presence, records, related, roles, settings, site, suggestions, tasks, timeline,
    users, webhooks,
};

/// The longest body that is taken, in bytes.
const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// The routes of all modules, with their description.
pub fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::head())
        .merge(auth::router())
        .merge(users::router())
        .merge(roles::router())
        .merge(keys::router())
        .merge(settings::router())
        .merge(records::router())
        .merge(related::router())
        .merge(timeline::router())
        .merge(matching::router())
        .merge(suggestions::router())
        .merge(calls::router())
        .merge(notes::router())
        .merge(tasks::router())
        .merge(call_backs::router())
        .merge(line::router())
        .merge(numbers::router())
        .merge(presence::router())
        .merge(events::router())
        .merge(webhooks::router())
}

/// The whole server. `site` is a folder of pages to serve beside the API.
pub fn router(app: App, site: Option<PathBuf>) -> Router {
    let (routes, _) = api().split_for_parts();
    let routes = routes
        .route("/health", get(health))
        .route("/openapi.json", get(|| async { Json(openapi::document()) }))
        .method_not_allowed_fallback(|| async { Error::Method })
        .layer(middleware::from_fn_with_state(app.clone(), auth::guard));
    let routes = match site {
        Some(folder) => routes.fallback_service(site::service(folder)),
        None => routes.fallback(|| async { Error::NotFound }),
    };
    let header = |name: HeaderName, value| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    routes
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(app)
}

/// Whether the server and its database are there.
async fn health(
    axum::extract::State(app): axum::extract::State<App>,
) -> Result<&'static str, Error> {
    app.workspace().await?;
    Ok("ok")
}

/// What the log tells of a request: method and route. Addresses hold numbers and secrets.
fn span(request: &Request<Body>) -> tracing::Span {
    let route =
        request.extensions().get::<axum::extract::MatchedPath>().map_or("", |route| route.as_str());
    tracing::info_span!("request", method = %request.method(), route)
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response<Body> {
    Error::Internal("a handler panicked".to_owned()).into_response()
}
