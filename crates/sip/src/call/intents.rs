//! What the user wants of calls that are up.

use super::active::Active;
use super::{Call, Calls, Context};
use crate::endpoint::Endpoint;
use crate::{CallId, Time, TransferError};

impl Calls {
    /// Lets a call that is up do something.
    fn act(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        act: impl FnOnce(&mut Active, &mut Context<'_>),
    ) {
        self.step(endpoint, now, call, |mut state, cx| {
            if let Call::Active(active) = &mut state {
                act(active, cx);
            }
            Some(state)
        });
    }

    pub(crate) fn hold(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId, hold: bool) {
        self.act(endpoint, now, call, |active, cx| active.want_hold(cx, hold));
    }

    pub(crate) fn restart_ice(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.act(endpoint, now, call, |active, cx| active.want_ice(cx));
    }

    pub(crate) fn media_flows(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        flows: bool,
    ) {
        self.act(endpoint, now, call, |active, cx| active.media_flows(cx, flows));
    }

    pub(crate) fn transfer(
        &mut self,
        _endpoint: &mut Endpoint,
        _now: Time,
        _call: CallId,
        _target: &str,
    ) -> Result<(), TransferError> {
        Err(TransferError::NotUp)
    }

    pub(crate) fn complete_transfer(
        &mut self,
        _endpoint: &mut Endpoint,
        _now: Time,
        _held: CallId,
        _consult: CallId,
    ) -> Result<(), TransferError> {
        Err(TransferError::NotUp)
    }

    pub(crate) fn info_digit(
        &mut self,
        _endpoint: &mut Endpoint,
        _now: Time,
        _call: CallId,
        _digit: char,
    ) {
    }

    pub(crate) fn sip_call_id(&self, call: CallId) -> Option<&str> {
        self.live.get(&call)?.sip_call_id()
    }
}
