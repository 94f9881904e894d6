//! Being handed on: the other side asks us to call somebody else, and we tell it how that goes (RFC 3515).

use super::active::Active;
use super::{Context, Effect};
use crate::CallId;
use crate::address::dial_uri;
use crate::message::{Method, Name, NameAddr, Request, Scheme, Uri, standard_phrase};
use crate::transaction::User;

/// A referral that is being followed.
pub(super) struct Referral {
    /// The call that follows it.
    pub(super) call: Option<CallId>,
    /// The id of the subscription: only the first one of a dialog has none (RFC 3515, section 2.4.6).
    id: Option<u32>,
    /// The other side does not want to hear of it (RFC 4488).
    is_silent: bool,
}

/// A call to be placed for a referral.
pub(super) struct Follow {
    pub(super) uri: Uri,
    pub(super) replaces: Option<String>,
    pub(super) referred_by: Option<String>,
}

impl Active {
    /// A REFER inside the dialog.
    pub(super) fn referred(&mut self, cx: &mut Context<'_>, request: &Request) {
        let follow = match target(cx, request) {
            Ok(follow) => follow,
            Err(status) => return cx.endpoint.answer(request, status, &[]),
        };
        // One thing at a time: nobody could follow a second one.
        if self.referral.is_some() || self.transfer.is_some() || cx.others > 0 {
            return cx.endpoint.answer(request, 603, &[]);
        }
        let wish = request.headers().get(Name::ReferSub);
        let is_silent = wish.is_some_and(|wish| wish.eq_ignore_ascii_case(b"false"));
        let mut headers = vec![(Name::Contact, cx.endpoint.contact())];
        if is_silent {
            headers.push((Name::ReferSub, "false".to_owned()));
        }
        cx.endpoint.answer(request, 202, &headers);
        let is_first = !std::mem::replace(&mut self.was_referred, true);
        let id = (!is_first).then_some(request.cseq().number);
        self.referral = Some(Referral { call: None, id, is_silent });
        self.report(cx, 100, standard_phrase(100));
        cx.effects.push(Effect::Follow(follow));
    }

    /// How the call that follows the referral goes. A final status is the last thing that is told.
    pub(super) fn report(&mut self, cx: &mut Context<'_>, status: u16, phrase: &str) {
        let Some(referral) = &self.referral else { return };
        let (id, is_silent, is_final) = (referral.id, referral.is_silent, status >= 200);
        if is_final {
            self.referral = None;
        }
        if is_silent || self.is_signalling_lost || cx.endpoint.clients.are_crowded() {
            return;
        }
        let mut request = self.dialog.request(Method::Notify);
        let event = match id {
            Some(id) => ["refer;id=", &id.to_string()].concat(),
            None => "refer".to_owned(),
        };
        let state = if is_final { "terminated;reason=noresource" } else { "active;expires=180" };
        request.headers = vec![
            (Name::Contact, cx.endpoint.contact()),
            (Name::Event, event),
            (Name::SubscriptionState, state.to_owned()),
        ];
        let status_line = ["SIP/2.0 ", &status.to_string(), " ", phrase, "\r\n"].concat();
        request.body = Some(("message/sipfrag;version=2.0", status_line));
        cx.endpoint.request(cx.now, request, User::Dialog(cx.call));
        self.is_followed |= (200..300).contains(&status);
    }
}

/// Whom to call, or the status to refuse with.
fn target(cx: &Context<'_>, request: &Request) -> Result<Follow, u16> {
    let mut values = request.headers().all(Name::ReferTo);
    let (Some(value), None) = (values.next(), values.next()) else { return Err(400) };
    let refer_to = NameAddr::parse(value).map_err(|_| 400u16)?.uri;
    let uri = match refer_to.scheme() {
        Scheme::Sip | Scheme::Sips => refer_to.for_request_line(),
        Scheme::Tel => dial_uri(refer_to.user(), &cx.endpoint.settings.domain).ok_or(400u16)?,
        Scheme::Other => return Err(416),
    };
    if refer_to.param("method").is_some_and(|method| method != "INVITE") {
        return Err(603);
    }
    Ok(Follow {
        uri,
        replaces: refer_to.header("Replaces"),
        referred_by: request.headers().text(Name::ReferredBy),
    })
}
