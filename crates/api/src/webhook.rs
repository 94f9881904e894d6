//! Telling other programs.
//!
//! A delivery is a `POST` of JSON (`{"id", "event", "at", "call"}`) with the headers `Ringdock-Event`, `Ringdock-Delivery`
//! (the same at each attempt: the idempotency key), `Ringdock-Timestamp` (seconds since 1970) and `Ringdock-Signature`:
//! `v1=HEX`, HMAC-SHA256 of `TIMESTAMP.BODY` with the webhook's secret. Anything but a 2xx within 10 s is tried again, 10
//! times in all over about a day.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// What others are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Topic {
    /// A call is over.
    #[serde(rename = "call.ended")]
    CallEnded,
}

/// Where others are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// The webhook.
    pub id: Id,
    /// Where deliveries are sent.
    pub url: String,
    /// What is told.
    pub topics: Vec<Topic>,
    /// Whether anything is sent.
    pub active: bool,
}

/// Makes a webhook, or replaces one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    /// An `https://` or `http://` URL.
    pub url: String,
    /// What is told.
    pub topics: Vec<Topic>,
    /// Whether anything is sent.
    pub active: bool,
    /// The secret that signs, 16 to 200 characters. Must be given for a new one; without it, an old one's stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It will be tried (again).
    Waiting,
    /// It was taken.
    Delivered,
    /// It was given up.
    Failed,
}

/// One thing that is told to one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The delivery.
    pub id: Id,
    /// Its idempotency key.
    pub key: String,
    /// What is told.
    pub topic: Topic,
    /// The call it tells of.
    pub call: Id,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// The HTTP status of the last reply.
    pub last_status: Option<i32>,
    /// Why the last attempt failed, in a sentence.
    pub last_error: Option<String>,
    /// When it is tried next.
    pub next_at: Option<Millis>,
    /// When it was first to be sent.
    pub created_at: Millis,
}
