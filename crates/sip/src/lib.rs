//! A SIP user agent for WebSocket (RFC 3261, RFC 7118) without IO: bytes and fired timers in;
//! bytes, timer deadlines and events out.

mod account;
mod agent;
pub mod digest;
mod entropy;
mod event;
pub mod message;
mod time;

pub use account::{Account, AccountError};
pub use agent::{Agent, DialError};
pub use entropy::Entropy;
pub use event::{CallId, Caller, End, Event, Line, Output, Problem};
pub use time::Time;
