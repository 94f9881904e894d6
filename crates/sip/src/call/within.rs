//! Our requests inside the dialog of a call that is up, and which failures of theirs end it (RFC 3261, section
//! 12.2.1; RFC 5057, section 5.1).

use super::active::Active;
use super::leaving::stop_timers;
use super::{Call, Context};
use crate::End;
use crate::message::{Method, Response, standard_phrase};
use crate::transaction::{Challenged, Delivery, User};

impl Active {
    /// The other side does not know the call any more (481), or cannot be reached (408): RFC 5057, section 5.1.
    pub(super) fn gone(mut self, cx: &mut Context<'_>, status: u16) -> Option<Call> {
        if status != 481 {
            return Some(self.leave(cx, End::Network));
        }
        self.forget_transfer(cx);
        stop_timers(cx.endpoint, cx.call);
        cx.end(End::FarEndHungUp);
        None
    }

    /// Asks whether the call is still up, and tells the other side the way to us (RFC 3311, section 5.1: a target
    /// refresh, here without an offer), which refreshes the session as well.
    pub(super) fn ask_after(&mut self, cx: &mut Context<'_>) {
        let mut question = self.dialog.request(Method::Update);
        question.headers = cx.endpoint.introduction();
        question.headers.extend(self.timer.request());
        cx.endpoint.request(cx.now, question, User::Dialog(cx.call));
    }

    /// The session is to be refreshed (RFC 4028, section 7.4).
    pub(super) fn refresh(&mut self, cx: &mut Context<'_>) {
        if self.is_signalling_lost {
            return;
        }
        match self.dialog.takes_update() {
            true => self.ask_after(cx),
            false => self.want_offer(cx),
        }
    }

    /// Nobody refreshed the session. Without a line nobody could: the call goes on as long as it is heard.
    pub(super) fn expired(self, cx: &mut Context<'_>) -> Call {
        if self.is_signalling_lost { Call::Active(self) } else { self.leave(cx, End::Network) }
    }

    /// A response to a request of ours inside the dialog.
    pub(super) fn replied(
        mut self,
        cx: &mut Context<'_>,
        delivery: &Delivery,
        response: &Response,
    ) -> Option<Call> {
        let (method, status) = (&delivery.request.method, response.status());
        if *method == Method::Invite {
            return self.offer_replied(cx, delivery, response);
        }
        match status {
            // Only the subscription is unknown, not the call.
            481 if *method == Method::Notify => self.referral = None,
            // It was for a ringing that is over: the answer counts.
            408 | 481 if *method == Method::Prack => {}
            408 | 481 => return self.gone(cx, status),
            _ if *method == Method::Refer => {
                return Some(self.refer_replied(cx, delivery, response));
            }
            ..=199 => {}
            401 | 407 => {
                let cseq = self.dialog.next_cseq();
                let again = cx.endpoint.answer_challenge(cx.now, delivery, response, cseq);
                if let Challenged::Refused(_) = again {
                    self.refused(cx, method, response);
                }
            }
            200..=299 if *method == Method::Update => {
                self.dialog.refresh_target(response.headers());
                self.timer.agreed(cx, response.headers());
            }
            200..=299 => {}
            _ => self.refused(cx, method, response),
        }
        Some(Call::Active(self))
    }

    /// A request of ours that was refused. The call goes on (RFC 5057, section 5.1).
    fn refused(&mut self, cx: &mut Context<'_>, method: &Method, response: &Response) {
        if *method != Method::Update {
            return;
        }
        match response.status() {
            422 if self.timer.raise(response.headers()) => self.ask_after(cx),
            405 | 501 => {
                self.dialog.forget_update();
                self.timer.try_once_more(cx);
            }
            _ => self.timer.try_once_more(cx),
        }
    }

    /// No response to a request of ours inside the dialog came in time. To the question whether the call is up
    /// that is an answer; before that it is asked.
    pub(super) fn unanswered(mut self, cx: &mut Context<'_>, delivery: &Delivery) -> Call {
        match delivery.request.method {
            Method::Invite => {
                self.change_timed_out(cx, Some(delivery.id));
                Call::Active(self)
            }
            Method::Update => self.leave(cx, End::Network),
            _ => {
                if delivery.request.method == Method::Refer {
                    self.transfer_failed(cx, 408, standard_phrase(408).to_owned());
                }
                self.ask_after(cx);
                Call::Active(self)
            }
        }
    }

    /// Sends a tone as INFO, as long as a key is usually pressed.
    pub(super) fn info_digit(&mut self, cx: &mut Context<'_>, digit: char) {
        let mut request = self.dialog.request(Method::Info);
        let mut body = String::from("Signal=");
        body.push(digit);
        body.push_str("\r\nDuration=160\r\n");
        request.body = Some(("application/dtmf-relay", body));
        cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
    }
}
