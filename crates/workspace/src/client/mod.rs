//! Talking to the server: requests, lists in parts, and what it tells by itself.

mod failure;
mod fetched;
mod live;
mod paged;
mod reach;

use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::future::TimeoutFuture;
use ringdock_api::{CSRF_HEADER, Problem};
use serde::{Serialize, de::DeserializeOwned};

pub use failure::Failure;
pub use fetched::{Fetched, Load};
pub use live::Live;
pub use paged::Paged;
pub use reach::Reach;

/// What brought no answer is sent again after this time, in milliseconds.
const SECOND_ATTEMPT: u32 = 1_000;

/// Fetches a value.
///
/// # Errors
/// The server cannot be reached or refuses.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    read(&exchange(Method::GET, path, None).await?)
}

/// Sends a value and reads the answer.
///
/// # Errors
/// The server cannot be reached or refuses.
pub async fn send<T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Away)?;
    read(&exchange(method, path, Some(body)).await?)
}

/// Makes something that has a key, and reads the answer. If none comes, or the server cannot do it now, it is sent once
/// more: the server knows by the key what it has already.
///
/// # Errors
/// The server cannot be reached or refuses.
pub async fn create<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Failure> {
    match send(Method::POST, path, body).await {
        Err(failure) if failure.passes() => {
            TimeoutFuture::new(SECOND_ATTEMPT).await;
            send(Method::POST, path, body).await
        }
        answer => answer,
    }
}

/// Sends a value whose answer has no content.
///
/// # Errors
/// The server cannot be reached or refuses.
pub async fn tell(method: Method, path: &str, body: &impl Serialize) -> Result<(), Failure> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Away)?;
    exchange(method, path, Some(body)).await.map(drop)
}

/// Asks for something to be done that takes no value.
///
/// # Errors
/// The server cannot be reached or refuses.
pub async fn order(method: Method, path: &str) -> Result<(), Failure> {
    exchange(method, path, None).await.map(drop)
}

/// The path with a query behind it.
pub fn with_query(path: &str, query: &impl Serialize) -> String {
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => [path, "?", &query].concat(),
        _ => path.to_owned(),
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    // What is not the answer that was agreed on comes from something else than the server.
    serde_json::from_str(text).map_err(|_| Failure::Away)
}

async fn exchange(method: Method, path: &str, body: Option<String>) -> Result<String, Failure> {
    let request = RequestBuilder::new(path).method(method).header(CSRF_HEADER, "1");
    let request = match body {
        None => request.build(),
        Some(body) => request.header("content-type", "application/json").body(body),
    };
    let response = request.map_err(|_| Failure::Away)?.send().await.map_err(|_| Failure::Away)?;
    let text = response.text().await.map_err(|_| Failure::Away)?;
    if response.ok() { Ok(text) } else { Err(refusal(&response, &text)) }
}

fn refusal(response: &Response, text: &str) -> Failure {
    match serde_json::from_str::<Problem>(text) {
        Ok(problem) => Failure::Refused(Box::new(problem)),
        // A gateway answers for a server that is down.
        Err(_) if response.status() >= 500 => Failure::Away,
        Err(_) => Failure::Refused(Box::new(Problem {
            kind: "about:blank".to_owned(),
            title: response.status_text(),
            status: response.status(),
            code: String::new(),
            detail: String::new(),
            field: None,
        })),
    }
}
