//! What the user wants of calls that are up.

use super::active::Active;
use super::{Call, Calls, Context};
use crate::address::dial_uri;
use crate::endpoint::Endpoint;
use crate::{CallId, Time, TransferError};

impl Calls {
    /// Lets a call that is up do something.
    pub(super) fn act(
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
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        target: &str,
    ) -> Result<(), TransferError> {
        let uri = dial_uri(target, &endpoint.settings.domain).ok_or(TransferError::BadTarget)?;
        self.transferable(call)?;
        let refer_to = ["<", uri.as_str(), ">"].concat();
        self.act(endpoint, now, call, |active, cx| active.refer(cx, refer_to, None));
        Ok(())
    }

    pub(crate) fn complete_transfer(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        held: CallId,
        consult: CallId,
    ) -> Result<(), TransferError> {
        if held == consult {
            return Err(TransferError::BadTarget);
        }
        self.transferable(held)?;
        let refer_to = self.transferable(consult)?.dialog.refer_to();
        self.act(endpoint, now, consult, |active, _| active.is_consulted = true);
        self.act(endpoint, now, held, |active, cx| active.refer(cx, refer_to, Some(consult)));
        Ok(())
    }

    /// A call that can take part in a transfer now.
    fn transferable(&self, call: CallId) -> Result<&Active, TransferError> {
        match self.live.get(&call) {
            Some(Call::Active(active)) if active.is_signalling_lost => Err(TransferError::NotUp),
            Some(Call::Active(active)) if active.transfer.is_some() || active.is_consulted => {
                Err(TransferError::UnderWay)
            }
            Some(Call::Active(active)) => Ok(active),
            _ => Err(TransferError::NotUp),
        }
    }

    pub(crate) fn info_digit(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        digit: char,
    ) {
        if digit.is_ascii_digit() || matches!(digit, '*' | '#' | 'A'..='D') {
            self.act(endpoint, now, call, |active, cx| active.info_digit(cx, digit));
        }
    }

    pub(crate) fn sip_call_id(&self, call: CallId) -> Option<&str> {
        self.live.get(&call)?.sip_call_id()
    }
}
