//! **Call note**: the dialog after a call.

use crate::crm::Crm;
use crate::drafts::{Draft, Phase};
use crate::words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use ringdock_api::record::{Choice, Field};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, ShadowRoot};

/// The dialog of the newest call that asks for a note, and a line for each note that was put aside. Both stand back
/// while a call is up.
pub fn note(crm: Crm) -> impl IntoView {
    // Notes that are on their way, and whose dialog was closed.
    let away = RwSignal::new(Vec::<String>::new());
    let live = Memo::new(move |_| crm.snapshot.with(|snapshot| snapshot.live().is_some()));
    let shown = Memo::new(move |_| {
        let shown = crm.drafts.with(|drafts| drafts.shown().map(|draft| draft.call.clone()));
        shown.filter(|call| !live.get() && !away.with(|away| away.contains(call)))
    });
    let waiting = Memo::new(move |_| {
        if live.get() {
            return Vec::new();
        }
        let closed = |draft: &&Draft| {
            draft.phase == Phase::Aside || away.with(|away| away.contains(&draft.call))
        };
        let name = |draft: &Draft| (draft.call.clone(), draft.who.clone());
        crm.drafts.with(|drafts| drafts.all().iter().filter(closed).map(name).collect())
    });
    let take_up = move |call: &str| {
        away.update(|away| away.retain(|known| known != call));
        set_phase(crm, call, |phase| *phase == Phase::Aside, Phase::Open);
    };
    let lines = move || {
        let line = |(call, who): (String, String)| {
            view! {
                <p class="note-waits">
                    <span class="line">{words::note_for(&who)}</span>
                    <button type="button" class="link" on:click=move |_| take_up(&call)>{words::CONTINUE}</button>
                </p>
            }
        };
        waiting.get().into_iter().map(line).collect_view()
    };
    view! {
        {move || shown.get().map(|call| dialog(crm, call, away))}
        {move || shown.with(Option::is_none).then(lines)}
    }
}

fn set_phase(crm: Crm, call: &str, from: fn(&Phase) -> bool, to: Phase) {
    crm.drafts.update(|drafts| {
        if let Some(draft) = drafts.of_mut(call).filter(|draft| from(&draft.phase)) {
            draft.phase = to;
        }
    });
    crm.post.keep_draft(call);
}

fn dialog(crm: Crm, call: String, away: RwSignal<Vec<String>>) -> impl IntoView {
    let call = StoredValue::new(call);
    let draft = Memo::new(move |_| {
        crm.drafts.with(|drafts| call.with_value(|call| drafts.of(call).cloned()))
    });
    let change = move |change: &dyn Fn(&mut Draft)| {
        call.with_value(|call| {
            crm.drafts.update(|drafts| {
                if let Some(draft) = drafts.of_mut(call) {
                    change(draft);
                }
            });
            crm.post.keep_draft(call);
        });
    };
    let saving = move || draft.with(|draft| draft.as_ref().is_some_and(|draft| !draft.is_open()));
    let trouble = move || {
        let refused = draft.with(|draft| match draft.as_ref().map(|draft| &draft.phase) {
            Some(Phase::Refused(sentence)) => Some(sentence.clone()),
            _ => None,
        });
        let stuck = || crm.post.trouble.get().filter(|_| saving());
        refused.or_else(|| stuck().map(|sentence| format!("{sentence} {}", words::KEPT)))
    };
    let stuck = move || saving() && trouble().is_some();
    let save = move |_| match saving() {
        true => crm.post.hurry(),
        false => call.with_value(|call| crm.post.note(call)),
    };
    let later = move || {
        call.with_value(|call| {
            if untrack(saving) {
                away.update(|away| away.push(call.clone()));
            } else {
                set_phase(crm, call, |_| true, Phase::Aside);
            }
        });
    };
    let cannot_save = move || {
        draft.with(|draft| {
            draft.as_ref().is_none_or(|draft| draft.is_open() && !draft.is_worth_saving())
        }) || saving() && !stuck()
    };
    let who = move || draft.with(|draft| draft.as_ref().map(|draft| draft.who.clone()));
    let text = move || draft.with(|draft| draft.as_ref().map(|draft| draft.text.clone()));
    let field = NodeRef::<html::Textarea>::new();
    let frame = NodeRef::<html::Div>::new();
    hold_focus(frame, field);
    let on_key = move |ev: KeyboardEvent| match ev.key().as_str() {
        "Escape" => {
            ev.stop_propagation();
            later();
        }
        "Tab" => turn_round(&ev, frame),
        _ => {}
    };
    view! {
        <div class="note-dialog" role="dialog" aria-modal="true" aria-labelledby="note-title"
            node_ref=frame on:keydown=on_key>
            <div class="note-head">
                <h2 id="note-title">{words::CALL_NOTE}</h2>
                <button type="button" class="link" on:click=move |_| later()>{words::LATER}</button>
            </div>
            <p class="note-who">{who}</p>
            <label class="field">
                <span>{words::NOTES}</span>
                <textarea class="text" rows="4" node_ref=field readonly=saving prop:value=text
                    on:input=move |ev| {
                        let text = event_target_value(&ev);
                        change(&move |draft| draft.text.clone_from(&text));
                    }></textarea>
            </label>
            {status(crm, draft, change)}
            <Show when=move || trouble().is_some()><p class="trouble" role="alert">{trouble}</p></Show>
            <Show when=move || !crm.post.keeps.get()><p class="trouble">{words::NOT_KEPT}</p></Show>
            <div class="note-buttons">
                <button type="button" class="button" disabled=saving
                    on:click=move |_| call.with_value(|call| crm.post.skip(call))>{words::SKIP}</button>
                <button type="button" class="button accent" disabled=cannot_save on:click=save
                    aria-label=words::SAVE aria-busy=move || (saving() && !stuck()).to_string()>
                    {move || if saving() && !stuck() { words::SAVING } else { words::SAVE }}
                </button>
            </div>
        </div>
    }
}

/// **Status**, when the record's type has one.
fn status(
    crm: Crm,
    draft: Memo<Option<Draft>>,
    change: impl Fn(&dyn Fn(&mut Draft)) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let record =
        Memo::new(move |_| draft.with(|draft| draft.as_ref().and_then(|d| d.record.clone())));
    let field: Memo<Option<Field>> = Memo::new(move |_| {
        record.with(|record| {
            let record = record.as_ref()?;
            crm.types.with(|types| {
                types.iter().find(|kind| kind.key == record.record_type)?.status_field().cloned()
            })
        })
    });
    // A record without a status keeps having none until one is chosen.
    let none = Memo::new(move |_| {
        record.with(|record| record.as_ref().is_some_and(|record| record.status.is_none()))
    });
    let value = move || {
        let chosen = draft.with(|draft| draft.as_ref().and_then(|draft| draft.status.clone()));
        chosen
            .or_else(|| record.with(|record| record.as_ref().and_then(|r| r.status.clone())))
            .unwrap_or_default()
    };
    let saving = move || draft.with(|draft| draft.as_ref().is_some_and(|draft| !draft.is_open()));
    let choose = move |value: String| {
        change(&move |draft| draft.status = Some(value.clone()).filter(|value| !value.is_empty()));
    };
    let option = move |option: Choice| {
        let own = option.value.clone();
        view! { <option value=option.value prop:selected=move || value() == own>{option.label}</option> }
    };
    move || {
        let field = field.get()?;
        Some(view! {
            <label class="field">
                <span>"Status"</span>
                <select disabled=saving on:change=move |ev| choose(event_target_value(&ev))>
                    {move || none.get().then(|| {
                        view! { <option value="" prop:selected=move || value().is_empty()></option> }
                    })}
                    {field.options.into_iter().map(option).collect_view()}
                </select>
            </label>
        })
    }
}

/// Takes focus into the dialog, keeps what stands beside it out of reach, and gives focus back at the end. An agent
/// who is typing elsewhere in the page goes on typing there.
fn hold_focus(frame: NodeRef<html::Div>, field: NodeRef<html::Textarea>) {
    let beside = StoredValue::new_local(Vec::<Element>::new());
    let before = StoredValue::new_local(None::<HtmlElement>);
    frame.on_load(move |frame| {
        let place = frame.parent_element();
        let panel = place.as_ref().and_then(|place| place.parent_element());
        let all = panel.map(|panel| panel.children());
        let others = (0..all.as_ref().map_or(0, web_sys::HtmlCollection::length))
            .filter_map(|at| all.as_ref()?.item(at))
            .filter(|other| Some(other) != place.as_ref())
            .collect::<Vec<_>>();
        let (focused, typing) = focused(&frame);
        before.set_value(focused);
        for other in &others {
            // The name is well-formed.
            let _ = other.toggle_attribute_with_force("inert", true);
        }
        beside.set_value(others);
        if !typing && let Some(field) = field.get_untracked() {
            // A field that was just drawn takes focus.
            let _ = field.focus();
        }
    });
    on_cleanup(move || {
        let others = beside.try_get_value().unwrap_or_default();
        for other in &others {
            // As above.
            let _ = other.toggle_attribute_with_force("inert", false);
        }
        // **End**, say, is gone with its call; the middle of the dock can take focus in its place.
        let middle =
            || others.iter().find(|it| it.has_attribute("tabindex"))?.clone().dyn_into().ok();
        let before = before.try_get_value().flatten();
        let back = before.filter(|it| it.is_connected() && it.tag_name() != "BODY").or_else(middle);
        // Once the dialog is gone; an agent who went elsewhere meanwhile stays there.
        spawn_local(async move {
            if let Some(back) = back.filter(nobody_has_focus) {
                // An element that cannot take focus any longer leaves it where it is.
                let _ = back.focus();
            }
        });
    });
}

/// Whether nothing in the page has the keyboard.
fn nobody_has_focus(any: &HtmlElement) -> bool {
    let active = any.owner_document().and_then(|document| document.active_element());
    active.is_none_or(|it| it.tag_name() == "BODY")
}

/// The element that has the keyboard, and whether somebody types in it outside of the dock.
fn focused(frame: &HtmlElement) -> (Option<HtmlElement>, bool) {
    let inside =
        frame.get_root_node().dyn_into::<ShadowRoot>().ok().and_then(|root| root.active_element());
    let outside = || frame.owner_document().and_then(|document| document.active_element());
    let typing = inside.is_none()
        && outside().is_some_and(|it| {
            it.matches("input, textarea, select, [contenteditable]:not([contenteditable='false'])")
                .unwrap_or(false)
        });
    (inside.or_else(outside).and_then(|it| it.dyn_into().ok()), typing)
}

/// Tab on the last control goes to the first, and the other way round.
fn turn_round(ev: &KeyboardEvent, frame: NodeRef<html::Div>) {
    let Some(frame) = frame.get_untracked() else { return };
    let Ok(all) = frame.query_selector_all("button:enabled, textarea:enabled, select:enabled")
    else {
        return;
    };
    let at = |index: u32| all.item(index).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (at(0), at(all.length().saturating_sub(1))) else { return };
    let (from, to) = if ev.shift_key() { (&first, &last) } else { (&last, &first) };
    if from.matches(":focus").unwrap_or(false) {
        ev.prevent_default();
        // It is enabled, so that it takes focus.
        let _ = to.focus();
    }
}
