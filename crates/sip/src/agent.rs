//! The user agent: registration and calls over one WebSocket.

use crate::{Account, AccountError, CallId, Entropy, Output, Time};

/// A SIP user agent without IO. After every call drain [`Agent::poll_output`], then re-arm one timer
/// from [`Agent::poll_timeout`].
pub struct Agent {}

/// Why a call was not placed; the sentence says what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialError {
    /// The target is not a number, an extension or a SIP address.
    BadTarget,
    /// The agent is not registered.
    NotRegistered,
    /// A call is up already.
    InCall,
}

impl Agent {
    /// An agent that does nothing yet. Errors if the account cannot work as it is written.
    pub fn new(account: Account, entropy: impl Entropy + 'static) -> Result<Agent, AccountError> {
        let _ = (account, entropy);
        unimplemented!("by the agent layer")
    }

    /// Connects, registers, and keeps it so until [`Agent::stop`].
    pub fn start(&mut self, _now: Time) {}
    /// Ends calls, unregisters, and disconnects.
    pub fn stop(&mut self, _now: Time) {}
    /// Tries at once instead of waiting for the back-off; when registered, checks that the server still
    /// replies. For the browser's `online`, and for a page that became visible.
    pub fn reconnect_now(&mut self, _now: Time) {}

    /// The socket is open.
    pub fn socket_opened(&mut self, _now: Time) {}
    /// The socket did not open, or is closed.
    pub fn socket_closed(&mut self, _now: Time) {}
    /// One WebSocket message came. Whatever it holds, this never panics.
    pub fn receive(&mut self, _now: Time, _message: &[u8]) {}
    /// The moment of [`Agent::poll_timeout`] has come.
    pub fn handle_timeout(&mut self, _now: Time) {}

    /// Calls a number, an extension or a whole `sip:` address.
    pub fn dial(&mut self, _now: Time, _target: &str) -> Result<CallId, DialError> {
        unimplemented!()
    }
    /// Takes an incoming call. The 200 leaves as soon as its description is there.
    pub fn answer(&mut self, _now: Time, _call: CallId) {}
    /// Turns an incoming call down with 486 Busy Here.
    pub fn decline(&mut self, _now: Time, _call: CallId) {}
    /// Ends a call in whatever state it is: CANCEL, BYE or a refusal.
    pub fn hang_up(&mut self, _now: Time, _call: CallId) {}
    /// The description that [`Event::Describe`](crate::Event::Describe) asked for.
    pub fn local_description(&mut self, _now: Time, _call: CallId, _generation: u32, _sdp: String) {
    }
    /// The browser could not make the description, or could not apply the one of
    /// [`Event::Remote`](crate::Event::Remote); the call ends with `End::Media` (488 or BYE to the other side).
    pub fn description_refused(&mut self, _now: Time, _call: CallId, _generation: u32) {}

    /// The next thing to carry out.
    pub fn poll_output(&mut self) -> Option<Output> {
        None
    }
    /// When to call [`Agent::handle_timeout`].
    pub fn poll_timeout(&self) -> Option<Time> {
        None
    }
}
