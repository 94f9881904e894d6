//! Tells the page of each call that is over.

use crate::web::object;
use ringdock_phone::{CallRecord, Direction, Outcome};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Dispatches `ringdock-call-ended` on the dock's element. It bubbles, and crosses shadow roots. Its `detail`
/// has `direction`, `number`, `name`, `outcome`, and `talkSeconds`, the whole seconds after the answer.
pub fn announce(element: &HtmlElement, record: &CallRecord) {
    let direction = match record.direction {
        Direction::Incoming => "incoming",
        Direction::Outgoing => "outgoing",
    };
    let outcome = match record.outcome {
        Outcome::Answered => "answered",
        Outcome::Busy => "busy",
        Outcome::NoAnswer => "no-answer",
        Outcome::Cancelled => "cancelled",
        Outcome::Declined => "declined",
        Outcome::Failed => "failed",
    };
    let detail = object::build(&[
        ("direction", direction.into()),
        ("number", record.party.number.as_str().into()),
        ("name", record.party.name.as_deref().into()),
        ("outcome", outcome.into()),
        ("talkSeconds", (record.talk_time().as_secs() as u32).into()),
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
