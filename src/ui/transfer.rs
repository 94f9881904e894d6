//! Passing the call on: to whom, and whether to ask first.

use super::focus::Spot;
use super::markup::{Element, View, text};
use super::number_field::{is_wrong, number_field};
use super::places::Place;
use super::scope::Scope;
use super::shapes::{Button, block};
use crate::state::signals::*;
use crate::state::{Panel, words};
use ringdock_phone::{Intent, Party, dialable};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

/// The popover of **Transfer**: the field, **Transfer now** and **Ask first**. Enter transfers.
pub fn transfer(scope: Scope) -> View {
    let typed = Signal::<String>::default();
    let number = move || typed.with(|typed| dialable(typed));
    let go = move |intent: fn(Party) -> Intent| {
        if let Some(number) = typed.with_untracked(|typed| dialable(typed)) {
            scope.dock.panel.set(Panel::None);
            scope.focus.send(Spot::Middle);
            scope.phone.act(intent(Party { number, name: None }));
        }
    };
    let on_key = move |ev: &KeyboardEvent| {
        let in_field = ev.target().is_some_and(|it| it.has_type::<HtmlInputElement>());
        if in_field && ev.key() == "Enter" && !ev.is_composing() {
            ev.prevent_default();
            if scope.phone.view.with_untracked(|view| view.may.transfer) {
                go(Intent::Transfer);
            }
        }
    };
    let wrong = text(move || {
        if typed.with(|it| is_wrong(it)) { words::NOT_A_NUMBER } else { "" }.to_owned()
    });
    let hint =
        Element::new("p").attr("class", "hint wrong").attr("id", "transfer-hint").child(wrong);
    let now = Button::worded("button accent", words::TRANSFER_NOW)
        .disabled(move || number().is_none() || !scope.read(|view| view.may.transfer))
        .on_click(move || go(Intent::Transfer));
    let first = Button::worded("button", words::ASK_FIRST)
        .disabled(move || number().is_none() || !scope.read(|view| view.may.consult))
        .on_click(move || go(Intent::Consult));
    Element::new("div")
        .attr("class", "transfer")
        .attr("role", "dialog")
        .attr("aria-label", words::TRANSFER)
        .on("keydown", on_key)
        .child(number_field(typed, Spot::TransferTo, "transfer-hint"))
        .child(hint)
        .child(block("transfer-buttons", vec![now, first]))
        .child(scope.places.show(Place::Agents))
        .into()
}
