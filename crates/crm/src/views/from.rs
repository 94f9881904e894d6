//! **From**: the number of the business that the dial pad calls from, where there are several.

use crate::client::{Failure, escape};
use crate::crm::Crm;
use crate::phone::Softphone;
use crate::words;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use ringdock_api::number::{CallFrom, LineNumber};
use wasm_bindgen_futures::spawn_local;

/// After this pause in typing the server is asked, in milliseconds.
const PAUSE: u32 = 120;

/// The choice, above the field of the dial pad. What the agent does not choose, the server does: the number that the
/// other side was last called from or called, else what the agent chose last; and so it is only shown.
pub fn from(crm: Crm) -> impl IntoView {
    follow_typing(crm);
    let is_choice = Memo::new(move |_| crm.numbers.with(|numbers| numbers.is_choice()));
    let own = own(crm);
    let options = move || {
        let option = |own: LineNumber| {
            let label = words::own_number(&own);
            let number = own.number.clone();
            let selected =
                move || crm.numbers.with(|numbers| numbers.from() == Some(number.as_str()));
            view! { <option value=own.number prop:selected=selected>{label}</option> }
        };
        own.get().into_iter().map(option).collect_view()
    };
    view! {
        <Show when=move || is_choice.get()>
            <label class="from-choice">
                <span>{words::FROM}</span>
                <select
                    // Keys and clicks that choose are none of the dial pad's.
                    on:keydown=|ev| ev.stop_propagation()
                    on:pointerup=|ev| ev.stop_propagation()
                    on:change=move |ev| choose(crm, event_target_value(&ev))>
                    {options}
                </select>
            </label>
        </Show>
    }
}

/// Those that the agent may call from.
fn own(crm: Crm) -> Memo<Vec<LineNumber>> {
    Memo::new(move |_| crm.numbers.with(|numbers| numbers.own().cloned().collect()))
}

/// The agent chose a number: for what is typed now, and to begin with from now on.
fn choose(crm: Crm, number: String) {
    crm.numbers.update(|numbers| numbers.choose(&number));
    crm.phone.with_value(|phone: &Softphone| phone.dial_from(&number));
    spawn_local(async move {
        let Some(client) = crm.client.try_get_value() else { return };
        // What the server did not hear is not remembered; the choice for this call goes another way.
        let _ = client.put("/api/line/call-from", &CallFrom { number: Some(number) }).await;
    });
}

/// Asks what the server takes for what is typed, and ends the agent's choice when the field is emptied.
fn follow_typing(crm: Crm) {
    let pause = StoredValue::new_local(None);
    let typed = Memo::new(move |_| crm.snapshot.with(|snapshot| snapshot.typed.clone()));
    let own = own(crm);
    Effect::new(move |before: Option<String>| {
        let typed = typed.get();
        if own.with(Vec::len) < 2 {
            return typed;
        }
        let emptied = typed.is_empty() && before.is_some_and(|before| !before.is_empty());
        if emptied {
            crm.numbers.update(|numbers| numbers.forget_choice());
            crm.phone.with_value(|phone: &Softphone| phone.dial_from(""));
        }
        let number = typed.clone();
        let ask = move || spawn_local(ask(crm, number));
        pause.set_value(Some(Timeout::new(if typed.is_empty() { 0 } else { PAUSE }, ask)));
        typed
    });
}

async fn ask(crm: Crm, typed: String) {
    let Some(client) = crm.client.try_get_value() else { return };
    let path = format!("/api/line/call-from?number={}", escape(&typed));
    let answer: Result<CallFrom, Failure> = client.get(&path).await;
    let current = crm.snapshot.try_with_untracked(|snapshot| snapshot.typed == typed);
    // Without an answer what was shown stays; what is presented is decided when the call is placed.
    if let (Ok(answer), Some(true)) = (answer, current) {
        crm.numbers.update(|numbers| numbers.expect(answer.number));
    }
}
