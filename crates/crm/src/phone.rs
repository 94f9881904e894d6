//! The dock as this program sees it: an object of the page.

use crate::calls::{EndedCall, PhoneCall, Snapshot, Stage};
use js_sys::{Function, Reflect};
use ringdock_api::Millis;
use ringdock_api::call::{Direction, Outcome};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The dock's own object; its methods are described where it is made, in the crate `ringdock`.
    #[derive(Clone)]
    pub type Softphone;

    /// Passes the other side on.
    #[wasm_bindgen(method)]
    pub fn transfer(this: &Softphone, number: &str, name: &str);

    /// Asks a colleague first.
    #[wasm_bindgen(method)]
    pub fn consult(this: &Softphone, number: &str, name: &str);

    /// Tells who the other side of a call is.
    #[wasm_bindgen(method)]
    pub fn identify(this: &Softphone, call: i32, name: &str);

    /// Writes into the field of the dial pad.
    #[wasm_bindgen(method)]
    pub fn write(this: &Softphone, number: &str);

    /// The number of the business to dial from by hand; empty: as the server decides.
    #[wasm_bindgen(method)]
    pub fn dial_from(this: &Softphone, number: &str);

    /// Says what the agent may do.
    #[wasm_bindgen(method)]
    pub fn permit(this: &Softphone, dial: bool, transfer: bool);

    /// Opens the dock from its bubble.
    #[wasm_bindgen(method)]
    pub fn expand(this: &Softphone);

    /// An element to draw in.
    #[wasm_bindgen(method)]
    pub fn place(this: &Softphone, name: &str) -> Option<HtmlElement>;

    /// Hears of the phone, now and at each change, until the watch is freed.
    #[wasm_bindgen(method)]
    pub fn watch(this: &Softphone, tell: &Function) -> Watch;

    /// What tells of the phone.
    pub type Watch;

    /// Ends it.
    #[wasm_bindgen(method)]
    pub fn free(this: &Watch);
}

/// Reads what [`Softphone::watch`] tells.
pub fn read_snapshot(value: &JsValue) -> Snapshot {
    Snapshot {
        connected: field(value, "connected").is_some_and(|yes| yes.is_truthy()),
        own: text(value, "own").unwrap_or_default(),
        typed: text(value, "typed").unwrap_or_default(),
        call: field(value, "call").and_then(|call| read_call(&call)),
        consult: field(value, "consult").and_then(|call| read_call(&call)),
    }
}

fn read_call(value: &JsValue) -> Option<PhoneCall> {
    let stage = match text(value, "stage")?.as_str() {
        "active" => Stage::Active,
        "ending" => Stage::Ending,
        "ended" => Stage::Ended,
        _ => Stage::Ringing,
    };
    Some(PhoneCall {
        id: number(value, "id")? as i32,
        direction: direction(value)?,
        stage,
        number: text(value, "number").unwrap_or_default(),
        own_number: text(value, "ownNumber"),
        name: text(value, "name").filter(|name| !name.trim().is_empty()),
        channel_id: text(value, "channelId").unwrap_or_default(),
        started_at: number(value, "startedAt")? as Millis,
        answered_at: number(value, "answeredAt").map(|at| at as Millis),
    })
}

/// Reads the `detail` of `ringdock-call-ended`.
pub fn read_ended(value: &JsValue) -> Option<EndedCall> {
    let outcome = match text(value, "outcome")?.as_str() {
        "answered" => Outcome::Answered,
        "busy" => Outcome::Busy,
        "no-answer" => Outcome::NoAnswer,
        "cancelled" => Outcome::Cancelled,
        "declined" => Outcome::Declined,
        _ => Outcome::Failed,
    };
    Some(EndedCall {
        id: number(value, "call")? as i32,
        direction: direction(value)?,
        number: text(value, "number").unwrap_or_default(),
        name: text(value, "name").filter(|name| !name.trim().is_empty()),
        channel_id: text(value, "channelId").unwrap_or_default(),
        started_at: number(value, "startedAt")? as Millis,
        answered_at: number(value, "answeredAt").map(|at| at as Millis),
        ended_at: number(value, "endedAt")? as Millis,
        outcome,
        reason: text(value, "reason").unwrap_or_default(),
        consult: field(value, "consult").is_some_and(|yes| yes.is_truthy()),
    })
}

fn direction(value: &JsValue) -> Option<Direction> {
    Some(match text(value, "direction")?.as_str() {
        "incoming" => Direction::Incoming,
        _ => Direction::Outgoing,
    })
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    let field = Reflect::get(value, &name.into()).ok()?;
    (!field.is_undefined() && !field.is_null()).then_some(field)
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    field(value, name)?.as_string()
}

fn number(value: &JsValue, name: &str) -> Option<f64> {
    field(value, name)?.as_f64()
}
