//! Stands before every route.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ringdock_api::CSRF_HEADER;

use super::{
    Who,
    access::{self, Access},
    identify,
};
use crate::{
    app::App,
    error::{Error, Result},
};

/// Lets a request through if its route may be used by who makes it, whom it tells the handler.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Outside of all routes there is only what everybody may have.
    let Some(route) = request.extensions().get::<MatchedPath>().cloned() else {
        return next.run(request).await;
    };
    if request.uri().to_string().contains("%00") {
        return Error::Malformed("The address holds the character NUL.".to_owned()).into_response();
    }
    let Some(access) = access::access(request.method(), route.as_str()) else {
        let mut response = Error::Method.into_response();
        if let Ok(methods) = HeaderValue::from_str(&access::methods(route.as_str())) {
            response.headers_mut().insert(header::ALLOW, methods);
        }
        return response;
    };
    // A body cannot be looked at by two, so the request itself stays out of what waits.
    let (method, headers) = (request.method().clone(), request.headers().clone());
    match admit(&app, access, &method, &headers).await {
        Ok(who) => {
            if let Some(who) = who {
                request.extensions_mut().insert(who);
            }
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

async fn admit(
    app: &App,
    access: Access,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Option<Who>> {
    let who = match access {
        Access::Secret => return Ok(None),
        Access::Public => None,
        Access::SignedIn | Access::Any(_) => Some(identify::identify(app, headers).await?),
    };
    // What another program sends with its key, no browser can be made to send.
    let by_key = who.as_ref().is_some_and(|who| who.session.is_none());
    if changes(method) && !by_key {
        refuse_foreign(headers)?;
    }
    if let (Access::Any(permissions), Some(who)) = (access, &who)
        && !permissions.iter().any(|permission| who.may(*permission))
    {
        return Err(Error::Forbidden);
    }
    Ok(who)
}

fn changes(method: &Method) -> bool {
    ![Method::GET, Method::HEAD].contains(method)
}

/// Another site can make a browser send the cookie's request only without a header of its own, and only with its own name
/// as `Origin`.
fn refuse_foreign(headers: &HeaderMap) -> Result<()> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let origin_is_host = || match (headers.get(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            let origin = origin.to_str().unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, name)| name.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    };
    if headers.contains_key(CSRF_HEADER) && origin_is_host() {
        Ok(())
    } else {
        Err(Error::ForeignOrigin)
    }
}
