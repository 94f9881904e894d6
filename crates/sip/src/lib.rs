//! A SIP user agent for WebSocket (RFC 3261, RFC 7118) without IO: bytes and fired timers in;
//! bytes, timer deadlines and events out.

mod account;
mod address;
mod agent;
mod auth;
mod backoff;
mod call;
mod dialog;
pub mod digest;
mod endpoint;
mod entropy;
mod event;
mod line;
pub mod message;
mod outgoing;
mod random;
mod requests;
mod settings;
mod time;
mod timer;
mod transaction;

pub use account::{Account, AccountError};
pub use agent::{Agent, DialError};
pub use entropy::Entropy;
pub use event::{CallId, Caller, End, Event, Line, Output, Problem};
pub use time::Time;
