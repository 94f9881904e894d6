//! Who may use which route: the one place that says it. A route that is not here cannot be used by anybody.

use axum::http::Method;
use ringdock_api::user::Permission::{
    self, Call, Dial, HearRecordings, ManageChannels, ManageUsers, SeeAllCalls, SeeOwnCalls,
    SeeStatistics,
};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Who knows the secret in the address; the handler checks it.
    Secret,
    /// Whoever is signed in.
    SignedIn,
    /// Who has one of these.
    Any(&'static [Permission]),
}

use Access::{Any, Public, Secret, SignedIn};

const CALLS: Access = Any(&[SeeOwnCalls, SeeAllCalls]);
const CHANNELS: Access = Any(&[ManageChannels]);
const USERS: Access = Any(&[ManageUsers]);

/// Method, route, who may use it.
pub const TABLE: &[(Method, &str, Access)] = &[
    (Method::GET, "/health", Public),
    (Method::GET, "/openapi.json", Public),
    (Method::GET, "/api/sign-in", Public),
    (Method::POST, "/api/session", Public),
    (Method::POST, "/api/session/demo", Public),
    (Method::GET, "/api/session", SignedIn),
    (Method::DELETE, "/api/session", SignedIn),
    (Method::PUT, "/api/me", SignedIn),
    (Method::PUT, "/api/me/password", SignedIn),
    (Method::GET, "/api/users", SignedIn),
    (Method::POST, "/api/users", USERS),
    (Method::GET, "/api/users/{id}", SignedIn),
    (Method::PUT, "/api/users/{id}", USERS),
    (Method::DELETE, "/api/users/{id}", USERS),
    (Method::GET, "/api/roles", SignedIn),
    (Method::POST, "/api/roles", USERS),
    (Method::PUT, "/api/roles/{id}", USERS),
    (Method::DELETE, "/api/roles/{id}", USERS),
    (Method::GET, "/api/keys", USERS),
    (Method::POST, "/api/keys", USERS),
    (Method::DELETE, "/api/keys/{id}", USERS),
    (Method::GET, "/api/settings", SignedIn),
    (Method::PUT, "/api/settings", USERS),
    (Method::GET, "/api/types", SignedIn),
    (Method::PUT, "/api/types/{key}", USERS),
    (Method::DELETE, "/api/types/{key}", USERS),
    (Method::GET, "/api/records", SignedIn),
    (Method::POST, "/api/records", SignedIn),
    (Method::GET, "/api/records/{id}", SignedIn),
    (Method::PATCH, "/api/records/{id}", SignedIn),
    (Method::DELETE, "/api/records/{id}", SignedIn),
    (Method::GET, "/api/records/{id}/related", SignedIn),
    (Method::GET, "/api/records/{id}/timeline", SignedIn),
    (Method::GET, "/api/records/{id}/offered-calls", CALLS),
    (Method::GET, "/api/match", SignedIn),
    (Method::GET, "/api/suggestions", Any(&[Dial])),
    (Method::POST, "/api/calls", Any(&[Call])),
    (Method::GET, "/api/calls", CALLS),
    (Method::GET, "/api/calls/{id}", CALLS),
    (Method::PUT, "/api/calls/{id}/records/{record}", CALLS),
    (Method::GET, "/api/calls/{id}/recording", Any(&[HearRecordings])),
    (Method::GET, "/api/calls.csv", CALLS),
    (Method::POST, "/api/notes", SignedIn),
    (Method::GET, "/api/notes/{id}", SignedIn),
    (Method::DELETE, "/api/notes/{id}", SignedIn),
    (Method::GET, "/api/tasks", SignedIn),
    (Method::POST, "/api/tasks", SignedIn),
    (Method::PUT, "/api/tasks/{id}", SignedIn),
    (Method::GET, "/api/statistics", Any(&[SeeStatistics])),
    (Method::GET, "/api/call-backs", SignedIn),
    (Method::POST, "/api/call-backs", SignedIn),
    (Method::POST, "/api/call-backs/{id}/done", SignedIn),
    (Method::GET, "/api/line", Any(&[Call])),
    (Method::GET, "/api/line/numbers", Any(&[Call])),
    (Method::GET, "/api/line/call-from", Any(&[Call])),
    (Method::PUT, "/api/line/call-from", Any(&[Call])),
    (Method::GET, "/api/numbers", CHANNELS),
    (Method::POST, "/api/numbers", CHANNELS),
    (Method::GET, "/api/numbers/{id}", CHANNELS),
    (Method::PUT, "/api/numbers/{id}", CHANNELS),
    (Method::DELETE, "/api/numbers/{id}", CHANNELS),
    (Method::GET, "/api/voip-accounts", CHANNELS),
    (Method::POST, "/api/voip-accounts", CHANNELS),
    (Method::GET, "/api/voip-accounts/{id}", CHANNELS),
    (Method::PUT, "/api/voip-accounts/{id}", CHANNELS),
    (Method::DELETE, "/api/voip-accounts/{id}", CHANNELS),
    (Method::POST, "/api/presence", Any(&[Call])),
    (Method::GET, "/api/agents", SignedIn),
    (Method::GET, "/api/events", SignedIn),
    (Method::GET, "/api/pbx-webhooks", CHANNELS),
    (Method::PUT, "/api/pbx-webhooks", CHANNELS),
    (Method::POST, "/api/pbx-webhooks/renew", CHANNELS),
    (Method::POST, "/hooks/pbx/{kind}/{secret}", Secret),
    (Method::GET, "/api/webhooks", CHANNELS),
    (Method::POST, "/api/webhooks", CHANNELS),
    (Method::PUT, "/api/webhooks/{id}", CHANNELS),
    (Method::DELETE, "/api/webhooks/{id}", CHANNELS),
    (Method::GET, "/api/webhooks/{id}/deliveries", CHANNELS),
];

/// Who may use the route, if it takes the method. `HEAD` is `GET` without the body.
pub fn access(method: &Method, route: &str) -> Option<Access> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    TABLE.iter().find(|(m, r, _)| m == method && *r == route).map(|(.., access)| *access)
}

/// The methods that the route takes, for the header `Allow`.
pub fn methods(route: &str) -> String {
    let methods = TABLE.iter().filter(|(_, r, _)| *r == route).map(|(method, ..)| method.as_str());
    methods.collect::<Vec<_>>().join(", ")
}
