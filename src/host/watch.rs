//! The phone in plain objects, for a program beside the dock: the CRM's side.

use crate::state::signals::*;
use crate::state::{Dock, PhoneModel};
use crate::web::{object, timer};
use js_sys::{Date, Function, Object};
use ringdock_phone::{CallView, Direction, Dot, Leg, Stage, Time};
use wasm_bindgen::JsValue;

/// Calls `tell` with the phone as it is, now and at each change, for as long as the current owner lives.
///
/// | field | |
/// | --- | --- |
/// | `connected` | the dot is green |
/// | `own` | the agent's own extension |
/// | `typed` | the text in the field of the dial pad |
/// | `call`, `consult` | the call that is up or has just ended, and the one to a colleague; or nothing |
///
/// A call has `id`, `direction`, `stage`, `number`, `name`, `ownNumber` (of the business: called, or chosen to call from),
/// `channelId` (empty until it is known), `startedAt` and `answeredAt` (in ms since 1970).
pub fn watch(phone: PhoneModel, dock: Dock, tell: Function) {
    follow(move || {
        let (own, typed) = (dock.own.get(), dock.typed.get());
        let snapshot = phone.view.with(|view| {
            object::build(&[
                ("connected", (view.dot() == Dot::Connected).into()),
                ("own", own.into()),
                ("typed", typed.into()),
                ("call", view.call.as_ref().map(call).into()),
                ("consult", view.consult.as_ref().map(call).into()),
            ])
        });
        // One that throws is the other program's loss.
        let _ = tell.call1(&JsValue::UNDEFINED, &snapshot);
    });
}

fn call(call: &CallView) -> Object {
    let (stage, answered) = match &call.stage {
        Stage::Dialing => ("dialing", None),
        Stage::Ringing { .. } => ("ringing", None),
        Stage::Incoming => ("incoming", None),
        Stage::Answering => ("answering", None),
        Stage::Active { since }
        | Stage::Reconnecting { since }
        | Stage::Transferring { since, .. } => ("active", Some(*since)),
        Stage::Ending => ("ending", None),
        Stage::Ended { .. } => ("ended", None),
    };
    object::build(&[
        ("id", id(call.leg).into()),
        ("direction", direction(call.direction).into()),
        ("stage", stage.into()),
        ("number", call.party.number.as_str().into()),
        ("name", call.party.name.as_deref().into()),
        ("ownNumber", call.own_number.as_deref().into()),
        ("channelId", call.channel_id.as_str().into()),
        ("startedAt", since_1970(call.started_at).into()),
        ("answeredAt", answered.map(since_1970).into()),
    ])
}

/// Who placed a call, in a word for programs.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => "incoming",
        Direction::Outgoing => "outgoing",
    }
}

/// A moment of the driver's clock, in ms since 1970.
pub fn since_1970(time: Time) -> f64 {
    Date::now() - f64::from(timer::milliseconds(timer::now().saturating_sub(time.0)))
}

/// A number for a call: calls that came in have no positive one.
pub fn id(leg: Leg) -> i32 {
    match leg {
        Leg::Outgoing(number) => number as i32,
        Leg::Incoming(number) => -(number as i32),
    }
}

/// The call of this number.
pub fn leg(id: i32) -> Leg {
    if id > 0 { Leg::Outgoing(id as u32) } else { Leg::Incoming(id.unsigned_abs()) }
}
