//! What travels between the server, the dock, the workspace and other programs: plain data over `serde`.
//!
//! Names on the wire are the names here, in snake case. A time is a [`Millis`], an id an [`Id`], a list a [`Page`], a refusal
//! a [`Problem`]. Requests refuse fields they do not know.
//!
//! # Signing in
//! A browser has the cookie of [`session`], any other program `Authorization: Bearer KEY` with one of [`key`]. A request
//! that changes something and comes with the cookie must carry the header [`CSRF_HEADER`] (any value), which no other site
//! can make a browser send, and an `Origin`, if it has one, that is the server's own.
//!
//! # Routes
//!
//! | route | takes | gives | who may |
//! | --- | --- | --- | --- |
//! | `GET /health` | | `ok` | everybody |
//! | `GET /openapi.json` | | the OpenAPI document | everybody |
//! | `GET /api/sign-in` | | [`session::SignInPage`] | everybody |
//! | `POST /api/session` | [`session::SignIn`] | [`session::Session`], cookie | everybody |
//! | `POST /api/session/demo` | [`session::DemoSignIn`] | [`session::Session`], cookie | everybody, on a demo server |
//! | `GET /api/session` | | [`session::Session`] | signed in |
//! | `DELETE /api/session` | | 204 | signed in |
//! | `PUT /api/me` | [`session::Preferences`] | [`session::Session`] | signed in |
//! | `PUT /api/me/password` | [`session::NewPassword`] | 204 | signed in |
//! | `GET /api/users`, `GET /api/users/{id}` | | [`Page`]`<`[`user::User`]`>`, one | signed in |
//! | `POST /api/users`, `PUT`, `DELETE /api/users/{id}` | [`user::UserInput`] | [`user::User`] | manage users |
//! | `GET /api/roles` | | [`Page`]`<`[`user::Role`]`>` | signed in |
//! | `POST /api/roles`, `PUT`, `DELETE /api/roles/{id}` | [`user::RoleInput`] | [`user::Role`] | manage users |
//! | `GET /api/types` | | [`Page`]`<`[`record::RecordType`]`>` | signed in |
//! | `PUT`, `DELETE /api/types/{key}` | [`record::RecordType`] | [`record::RecordType`] | manage users |
//! | `GET /api/records` | [`record::RecordQuery`] | [`Page`]`<`[`record::Record`]`>` | signed in |
//! | `POST /api/records` | [`record::NewRecord`] | [`record::Record`] | signed in |
//! | `GET`, `PATCH`, `DELETE /api/records/{id}` | [`record::RecordChange`] | [`record::Record`] | signed in |
//! | `GET /api/records/{id}/related` | | [`matching::Related`] | signed in |
//! | `GET /api/records/{id}/timeline` | [`PageQuery`] | [`Page`]`<`[`timeline::Entry`]`>` | signed in |
//! | `GET /api/records/{id}/offered-calls` | | [`Page`]`<`[`call::Call`]`>`: unlinked ones with a number of the record | see own or all calls |
//! | `GET /api/match` | [`matching::MatchQuery`] | [`matching::Matches`] | signed in |
//! | `GET /api/suggestions` | [`matching::SuggestionQuery`] | [`Page`]`<`[`matching::Suggestion`]`>` | dial by hand |
//! | `POST /api/calls` | [`call::CallReport`] | [`call::Call`]; 204 if it is not to be seen | receive and click to call |
//! | `GET /api/calls`, `GET /api/calls/{id}` | [`call::CallQuery`] | [`Page`]`<`[`call::Call`]`>`, one | see own or all calls |
//! | `PUT /api/calls/{id}/records/{record}` | | [`call::Call`], linked | see own or all calls |
//! | `GET /api/calls/{id}/recording` | | the recording's place (302) | hear recordings |
//! | `GET /api/calls.csv` | [`call::CallQuery`] | CSV, RFC 4180 | see own or all calls |
//! | `POST /api/notes` | [`note::NewNote`] | [`note::Note`] | signed in |
//! | `GET /api/notes/{id}`, `DELETE` | | [`note::Note`] | signed in; delete: its author |
//! | `GET /api/tasks` | [`task::TaskQuery`] | [`Page`]`<`[`task::Task`]`>` | signed in |
//! | `POST /api/tasks`, `PUT /api/tasks/{id}` | [`task::NewTask`], [`task::TaskChange`] | [`task::Task`] | signed in |
//! | `GET /api/statistics` | [`statistics::StatisticsQuery`] | [`statistics::Statistics`] | see statistics |
//! | `GET /api/call-backs` | [`call_back::CallBackQuery`] | [`Page`]`<`[`call_back::CallBack`]`>` | signed in |
//! | `POST /api/call-backs` | [`call_back::NewCallBack`] | [`call_back::CallBack`] | signed in |
//! | `POST /api/call-backs/{id}/done` | | [`call_back::CallBack`] | signed in |
//! | `GET /api/line` | | [`line::Line`] | receive and click to call |
//! | `GET`, `POST /api/voip-accounts`, `GET`, `PUT`, `DELETE /api/voip-accounts/{id}` | [`line::VoipAccountInput`] | [`line::VoipAccount`] | manage channels |
//! | `GET /api/line/numbers` | | [`Page`]`<`[`number::LineNumber`]`>` | receive and click to call |
//! | `GET /api/line/call-from`, `PUT` | [`number::CallFromQuery`], [`number::CallFrom`] | [`number::CallFrom`], 204 | receive and click to call |
//! | `GET`, `POST /api/numbers`, `GET`, `PUT`, `DELETE /api/numbers/{id}` | [`number::NumberInput`] | [`number::Number`] | manage channels |
//! | `POST /api/presence` | [`presence::PresenceReport`] | 204 | receive and click to call |
//! | `GET /api/agents` | | [`Page`]`<`[`presence::Agent`]`>` | signed in |
//! | `GET /api/events` | [`event::EventQuery`] | server-sent events: [`event::Event`] | signed in |
//! | `GET /api/pbx-webhooks`, `PUT` | [`pbx::PbxWebhooksInput`] | [`pbx::PbxWebhooks`] | manage channels |
//! | `POST /api/pbx-webhooks/renew` | | [`pbx::PbxWebhooks`], the old URLs dead | manage channels |
//! | `POST /hooks/pbx/{kind}/{secret}` | [`pbx::PbxReport`], JSON or form | [`pbx::PbxAnswer`] | who knows the secret |
//! | `GET`, `POST /api/webhooks`, `PUT`, `DELETE /api/webhooks/{id}` | [`webhook::WebhookInput`] | [`webhook::Webhook`] | manage channels |
//! | `GET /api/webhooks/{id}/deliveries` | [`PageQuery`] | [`Page`]`<`[`webhook::Delivery`]`>` | manage channels |
//! | `GET`, `POST /api/keys`, `DELETE /api/keys/{id}` | [`key::NewKey`] | [`key::Key`], [`key::CreatedKey`] | manage users |
//! | `GET /api/settings` | | [`settings::Settings`] | signed in |
//! | `PUT /api/settings` | [`settings::Settings`] | [`settings::Settings`] | manage users |

pub mod call;
pub mod call_back;
pub mod event;
mod fields;
pub mod key;
pub mod line;
pub mod matching;
pub mod note;
pub mod number;
mod page;
pub mod pbx;
pub mod presence;
mod problem;
pub mod record;
pub mod session;
pub mod settings;
pub mod statistics;
pub mod task;
pub mod timeline;
pub mod user;
pub mod webhook;

pub use fields::Fields;
pub use page::{Page, PageQuery};
pub use problem::{Problem, code};

/// Names one row of its kind. Never negative, and small enough for a JavaScript number.
pub type Id = i64;

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = i64;

/// A request with the session's cookie that changes something must carry this header, with any value.
pub const CSRF_HEADER: &str = "x-ringdock";

/// A longer note is refused; bytes of UTF-8.
pub const LONGEST_NOTE: usize = 100_000;
