//! A SIP user agent for WebSocket (RFC 3261, RFC 7118) without IO: bytes and fired timers in;
//! bytes, timer deadlines and events out.
//!
//! The layers, bottom up: [`message`] and [`digest`] (reading and writing) → transactions → dialogs → the line
//! (connection and registration) and the calls → [`Agent`].
//!
//! ```
//! use ringdock_sip::{Account, Agent, Output, Time};
//!
//! let account = Account {
//!     identity: "1001@pbx.example.com".to_owned(),
//!     username: "1001".to_owned(),
//!     password: "secret".to_owned(),
//!     servers: vec!["pbx.example.com".into()],
//!     display_name: None,
//!     user_agent: "Example".to_owned(),
//! };
//! let entropy = |buffer: &mut [u8]| buffer.fill(4); // in earnest: the system's random numbers
//! let mut agent = Agent::new(account, entropy)?;
//! agent.start(Time::default());
//! while let Some(output) = agent.poll_output() {
//!     if let Output::Connect { url } = output {
//!         assert_eq!(url, "wss://pbx.example.com:8089/ws");
//!     }
//! }
//! assert!(agent.poll_timeout().is_some()); // the socket may not take for ever to open
//! # Ok::<(), ringdock_sip::AccountError>(())
//! ```

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
mod error;
mod event;
mod line;
pub mod message;
mod outgoing;
mod random;
mod requests;
mod settings;
mod table;
mod time;
mod timer;
mod transaction;

pub use account::{Account, AccountError, Server};
pub use agent::Agent;
pub use entropy::Entropy;
pub use error::{DialError, TransferError};
pub use event::{
    CallId, Caller, Cause, End, Event, Line, Output, Party, Problem, TransferProgress,
};
pub use requests::verdict;
pub use time::Time;
