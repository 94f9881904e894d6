//! Requests to the server.

use crate::words;
use gloo_net::http::{Method, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use ringdock_api::{CSRF_HEADER, Problem, code};
use serde::{Serialize, de::DeserializeOwned};
use std::rc::Rc;

/// What brought no answer is sent again after this time, in milliseconds.
const SECOND_ATTEMPT: u32 = 1_000;

/// The way to one server.
#[derive(Debug, Clone)]
pub struct Client {
    base: Rc<str>,
}

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server cannot be reached, or what answers is not it.
    Away,
    /// The server refused it.
    Refused(Box<Problem>),
}

impl Failure {
    /// What happened and what to do, in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Away => words::AWAY.to_owned(),
            Failure::Refused(problem) if problem.detail.is_empty() => problem.title.clone(),
            Failure::Refused(problem) => problem.detail.clone(),
        }
    }

    /// Whether the same request may succeed later.
    pub fn passes(&self) -> bool {
        match self {
            Failure::Away => true,
            Failure::Refused(problem) => {
                problem.status >= 500 || matches!(problem.status, 408 | 425 | 429)
            }
        }
    }

    /// Whether the server found fault with this field.
    pub fn is_about(&self, field: &str) -> bool {
        matches!(self, Failure::Refused(problem) if problem.field.as_deref() == Some(field))
    }

    /// Whether nobody is signed in any longer.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Failure::Refused(problem) if problem.code == code::NOT_SIGNED_IN)
    }
}

impl Client {
    /// The server at this URL.
    pub fn new(url: &str) -> Client {
        Client { base: url.trim_end_matches('/').into() }
    }

    /// The whole URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Fetches a value.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        read(&self.exchange(Method::GET, path, None).await?)
    }

    /// Posts something that has a key, and reads the answer. If none comes, it is posted once more: the server knows
    /// by the key what it has already.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        value: &impl Serialize,
    ) -> Result<T, Failure> {
        let body = serde_json::to_string(value).map_err(|_| Failure::Away)?;
        let post = async || read(&self.exchange(Method::POST, path, Some(body.clone())).await?);
        match post().await {
            Err(failure) if failure.passes() => {
                TimeoutFuture::new(SECOND_ATTEMPT).await;
                post().await
            }
            answer => answer,
        }
    }

    /// Posts JSON and leaves the answer unread.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn deliver(&self, path: &str, body: String) -> Result<(), Failure> {
        self.exchange(Method::POST, path, Some(body)).await.map(drop)
    }

    /// Puts a value and leaves the answer unread.
    ///
    /// # Errors
    /// The server cannot be reached or refuses.
    pub async fn put(&self, path: &str, value: &impl Serialize) -> Result<(), Failure> {
        let body = serde_json::to_string(value).map_err(|_| Failure::Away)?;
        self.exchange(Method::PUT, path, Some(body)).await.map(drop)
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<String, Failure> {
        let request = RequestBuilder::new(&self.url(path)).method(method).header(CSRF_HEADER, "1");
        let request = match body {
            None => request.build(),
            Some(body) => request.header("content-type", "application/json").body(body),
        };
        let away = |_| Failure::Away;
        let response = request.map_err(away)?.send().await.map_err(away)?;
        let text = response.text().await.map_err(away)?;
        if response.ok() {
            return Ok(text);
        }
        // A gateway that answers for a server that is down speaks another language.
        Err(serde_json::from_str(&text).map_or(Failure::Away, Failure::Refused))
    }
}

/// What is not the answer that was agreed on comes from something else than the server.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|_| Failure::Away)
}

/// A text as a part of a query.
pub fn escape(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
