//! What the user wants, and the descriptions that the browser makes for it.

use super::active::Active;
use super::outgoing::Preparing;
use super::{Call, Calls, Context, MOST_UP, describe};
use crate::address::dial_uri;
use crate::endpoint::Endpoint;
use crate::message::Name;
use crate::{CallId, DialError, End, Time, TransferError};

impl Calls {
    pub(crate) fn dial(
        &mut self,
        endpoint: &mut Endpoint,
        target: &str,
        from: Option<&str>,
    ) -> Result<CallId, DialError> {
        let uri = dial_uri(target, &endpoint.settings.domain).ok_or(DialError::BadTarget)?;
        if !endpoint.registered {
            return Err(DialError::NotRegistered);
        }
        let up = || self.live.values().filter(|call| call.is_up());
        if up().count() >= MOST_UP || !up().all(Call::is_held) {
            return Err(DialError::InCall);
        }
        let call = self.allocate();
        let call_id = endpoint.random.token();
        let mut preparing = Preparing::new(uri, call_id);
        if let Some(from) = from.and_then(|from| dial_uri(from, &endpoint.settings.domain)) {
            let preferred = ["<", from.as_str(), ">"].concat();
            preparing.headers.push((Name::PPreferredIdentity, preferred));
        }
        self.live.insert(call, Call::Preparing(preparing));
        endpoint.event(describe(call, None));
        Ok(call)
    }

    pub(crate) fn answer(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => Some(ringing.answer(cx)),
            other => Some(other),
        });
    }

    pub(crate) fn decline(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Ringing(ringing) => ringing.refuse(cx, 486, End::Declined),
            other => Some(other),
        });
    }

    pub(crate) fn hang_up(&mut self, endpoint: &mut Endpoint, now: Time, call: CallId) {
        // Nobody wants a call any more that was to take the place of this one, and nobody would see it come up.
        let all = self.live.iter();
        let successors = all.filter(|(_, state)| state.replaces() == Some(call));
        let successors: Vec<CallId> = successors.map(|(successor, _)| *successor).collect();
        for successor in successors {
            self.step(endpoint, now, successor, hang_up);
        }
        self.step(endpoint, now, call, hang_up);
    }

    pub(crate) fn hang_up_all(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.step_all(endpoint, now, hang_up);
    }

    pub(crate) fn described(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        generation: u32,
        sdp: String,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Preparing(preparing) if generation == 0 => Some(preparing.invite(cx, sdp)),
            Call::Ringing(ringing) if generation == 0 => Some(ringing.described(cx, sdp)),
            Call::Active(mut active) => {
                active.described(cx, generation, sdp);
                Some(Call::Active(active))
            }
            other => Some(other),
        });
    }

    pub(crate) fn description_refused(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
        generation: u32,
    ) {
        self.step(endpoint, now, call, |state, cx| match state {
            Call::Preparing(_) if generation == 0 => {
                cx.end(End::Media);
                None
            }
            Call::Ringing(ringing) if generation == 0 => ringing.refuse(cx, 488, End::Media),
            Call::Active(active) => Some(active.description_refused(cx, generation)),
            other => Some(other),
        });
    }

    pub(crate) fn early_answer_refused(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        call: CallId,
    ) {
        self.step(endpoint, now, call, |mut state, cx| {
            if let Call::Inviting(inviting) = &mut state {
                inviting.early_answer_refused(cx);
            }
            Some(state)
        });
    }

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

fn hang_up(state: Call, cx: &mut Context<'_>) -> Option<Call> {
    match state {
        Call::Preparing(_) => {
            cx.end(End::Cancelled);
            None
        }
        Call::Inviting(inviting) => Some(inviting.withdraw(cx, End::Cancelled)),
        // As for one that comes too late (RFC 3891, section 3).
        Call::Ringing(ringing) if ringing.replaces.is_some() => {
            ringing.refuse(cx, 603, End::Declined)
        }
        Call::Ringing(ringing) => ringing.refuse(cx, 486, End::Declined),
        Call::Active(active) => Some(active.leave(cx, End::HungUp)),
        Call::Withdrawn(_) | Call::Leaving(_) => Some(state),
    }
}
