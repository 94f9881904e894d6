//! Tells the page of each call that is over.

use ringdock_phone::{CallRecord, Direction, Outcome};
use serde::Serialize;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// The `detail` of the event `ringdock-call-ended`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a> {
    direction: &'static str,
    number: &'a str,
    name: Option<&'a str>,
    outcome: &'static str,
    /// Whole seconds after the answer.
    talk_seconds: u64,
}

/// Dispatches `ringdock-call-ended` on the dock's element. It bubbles, and crosses shadow roots.
pub fn announce(element: &HtmlElement, record: &CallRecord) {
    let detail = Detail {
        direction: match record.direction {
            Direction::Incoming => "incoming",
            Direction::Outgoing => "outgoing",
        },
        number: &record.party.number,
        name: record.party.name.as_deref(),
        outcome: match record.outcome {
            Outcome::Answered => "answered",
            Outcome::Busy => "busy",
            Outcome::NoAnswer => "no-answer",
            Outcome::Cancelled => "cancelled",
            Outcome::Declined => "declined",
            Outcome::Failed => "failed",
        },
        talk_seconds: record.talk_time().as_secs(),
    };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    if let Ok(detail) = serde_wasm_bindgen::to_value(&detail) {
        init.set_detail(&detail);
    }
    if let Ok(event) = CustomEvent::new_with_event_init_dict("ringdock-call-ended", &init) {
        // A listener of the page that throws is reported by the browser to the page.
        let _ = element.dispatch_event(&event);
    }
}
