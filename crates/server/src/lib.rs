//! The CRM behind the dock: one program that keeps records, calls and notes, and tells open pages what changes.
//!
//! `http` puts the routes together. Each module owns its routes; `auth::access` says who may use them; `calls::facts` says how
//! what several sources report becomes one call.

mod app;
mod auth;
mod background;
mod call_backs;
mod calls;
mod check;
mod db;
mod demo;
mod entity;
mod error;
mod events;
mod extract;
mod http;
mod keys;
mod line;
mod matching;
mod migration;
mod notes;
mod number;
mod numbers;
mod once;
mod openapi;
mod page;
mod presence;
mod records;
mod related;
mod relay;
mod roles;
mod secret;
mod settings;
mod site;
mod stay;
mod suggestions;
mod tasks;
mod time;
mod timeline;
mod users;
mod webhooks;

pub use app::{App, OpenError, Options};
pub use auth::client::Proxy;
pub use background::start as start_background;
pub use calls::{close::abandoned as close_abandoned_calls, pbx::hooks as pbx_hooks};
pub use demo::{DemoLine, seed as seed_demo};
pub use http::router;
pub use openapi::document as openapi;
pub use secret::Seal;
pub use users::add_administrator;
