//! Tells the page of each call that is over.

use super::watch::{direction, id, since_1970};
use crate::state::words;
use crate::web::object;
use js_sys::Object;
use ringdock_phone::{CallRecord, Outcome, Quality};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Dispatches `ringdock-call-ended` on the dock's element. It bubbles, and crosses shadow roots. Its `detail`
/// has `direction`, `number`, `name`, `startedAt`, `answeredAt` and `endedAt` (ms since 1970), `outcome`, `reason` (a
/// sentence), `talkSeconds` (the whole seconds after the answer), `consult` (a
/// colleague was asked while a customer was held), `channelId` (SIP: the Call-ID), and, if the audio was measured,
/// `quality`.
pub fn announce(element: &HtmlElement, record: &CallRecord) {
    let outcome = match record.outcome {
        Outcome::Answered => "answered",
        Outcome::Busy => "busy",
        Outcome::NoAnswer => "no-answer",
        Outcome::Cancelled => "cancelled",
        Outcome::Declined => "declined",
        Outcome::Failed => "failed",
    };
    let detail = object::build(&[
        ("call", id(record.leg).into()),
        ("direction", direction(record.direction).into()),
        ("number", record.party.number.as_str().into()),
        ("name", record.party.name.as_deref().into()),
        ("startedAt", since_1970(record.started_at).into()),
        ("answeredAt", record.answered_at.map(since_1970).into()),
        ("endedAt", since_1970(record.ended_at).into()),
        ("outcome", outcome.into()),
        ("reason", words::ended(&record.reason).into()),
        ("talkSeconds", (record.talk_time().as_secs() as u32).into()),
        ("consult", record.consult.into()),
        ("channelId", record.channel_id.as_str().into()),
        ("quality", record.quality.as_ref().map(quality).into()),
    ]);
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("ringdock-call-ended", &init) {
        // A listener of the page that throws is reported by the browser to the page.
        let _ = element.dispatch_event(&event);
    }
}

/// The seconds that were measured, and those in which the call was poor; per cent of packets lost on the way here
/// and there; mean jitter and, if known, mean round trip in ms.
fn quality(quality: &Quality) -> Object {
    object::build(&[
        ("seconds", quality.seconds.into()),
        ("poorSeconds", quality.poor.into()),
        ("lossPercent", (f64::from(quality.loss) / 10.0).into()),
        ("lossTherePercent", (f64::from(quality.loss_there) / 10.0).into()),
        ("jitterMs", quality.jitter.into()),
        ("roundTripMs", quality.round_trip.into()),
    ])
}
