//! Extractors whose refusals are problems, and that let nothing through that a database cannot hold.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Error::MediaType("application/json"));
        }
        let body = body(request, state).await?;
        from_json(&body).map(Self)
    }
}

/// The body as it came.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        match rejection.status().as_u16() {
            413 => Error::TooLarge,
            _ => Error::Malformed("The body did not arrive whole.".to_owned()),
        }
    })
}

/// Reads JSON. What serde says of it names fields and kinds, never the values.
pub fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let value = serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        let what = match error.classify() {
            serde_json::error::Category::Data => {
                "a field is missing, unknown or of another kind than it should be"
            }
            _ => "this is no JSON",
        };
        Error::Malformed(format!("At {place}: {what}."))
    })?;
    if has_nul(body) {
        return Err(Error::Malformed("A text holds the character NUL.".to_owned()));
    }
    Ok(value)
}

/// Whether JSON holds `\u0000`, which a database's text cannot. A backslash that is itself escaped begins nothing.
fn has_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|b| *b == b'\\') {
        let escape = rest.get(at..).unwrap_or_default();
        if escape.starts_with(b"\\u0000") {
            return true;
        }
        rest = escape.get(2..).unwrap_or_default();
    }
    false
}

/// The query after `?`.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let refused = |_| {
            Error::Malformed(
                "A part of the query is unknown, missing or of another kind.".to_owned(),
            )
        };
        query.map(|query| Self(query.0)).map_err(refused)
    }
}

/// A part of the path. One that is no number where a number is wanted names nothing.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::has_nul;

    #[test]
    fn an_escaped_nul_is_found_and_an_escaped_backslash_is_none() {
        assert!(has_nul(br#"{"a":"x\u0000"}"#));
        assert!(has_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\u0041"}"#));
        assert!(!has_nul(b"\\"));
    }
}
