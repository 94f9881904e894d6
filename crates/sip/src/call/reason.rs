//! Why a call ends, told to the other side and read from what it tells (RFC 3326).

use crate::message::{Headers, Reason};
use crate::{Cause, End};

/// The Reason of our BYE or CANCEL, with the cause that a gateway passes on (RFC 3398, section 8.2.6.1; ITU-T Q.850).
pub(super) fn reason(end: &End) -> &'static str {
    match end {
        End::Network => "Q.850;cause=102;text=\"Recovery on timer expiry\"",
        End::Media => "Q.850;cause=88;text=\"Incompatible destination\"",
        End::BadReply => "Q.850;cause=111;text=\"Protocol error\"",
        _ => "Q.850;cause=16;text=\"Normal call clearing\"",
    }
}

/// The reason that a message gives.
pub(super) fn cause(headers: &Headers) -> Option<Cause> {
    let reasons = headers.reasons();
    let find = |protocol: &str| {
        reasons.iter().find(|reason| reason.protocol.eq_ignore_ascii_case(protocol))
    };
    let (q850, sip) = (find("Q.850"), find("SIP"));
    let cause = |reason: Option<&Reason>| reason.and_then(|reason| reason.cause);
    let text = [q850, sip].into_iter().flatten().find_map(|reason| reason.text.clone());
    (q850.is_some() || sip.is_some()).then(|| Cause {
        q850: cause(q850).and_then(|cause| u8::try_from(cause).ok()),
        sip: cause(sip),
        text,
    })
}
