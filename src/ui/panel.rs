//! The dock when it is not collapsed: header, a middle that scrolls, and the controls.

use super::banners::Banners;
use super::dial_pad::{DialControls, DialPad};
use super::ended::Ended;
use super::focus::{Focus, Lifebuoy, Spot};
use super::header::Header;
use super::idle::Idle;
use super::in_call::{CallControls, InCall};
use super::incoming::{Incoming, IncomingControls};
use super::notices::Notices;
use super::slice::{Scene, scene, slice};
use crate::state::{Dock, Panel as Open, PhoneModel};
use leptos::html;
use leptos::prelude::*;
use ringdock_phone::{PhoneView, Stage};

/// Everything but the bubble.
#[component]
pub fn Panel() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    let scene = slice(phone, scene);
    let ended = slice(phone, has_ended);
    let dialling = Memo::new(move |_| dock.panel.get() == Open::DialPad);
    let middle = NodeRef::<html::Div>::new();
    let focus = expect_context::<Focus>();
    focus.receive(Spot::Middle, middle);
    let lifebuoy = Lifebuoy::new(focus);
    Effect::new(move |_| {
        scene.track();
        ended.track();
        lifebuoy.check();
    });
    view! {
        <div
            class="panel"
            on:focusin=move |ev| lifebuoy.remember(&ev)
            on:focusout=move |_| lifebuoy.check()
        >
            <Header/>
            <div
                class="middle"
                class:in-call=move || scene.get() != Scene::Idle
                tabindex="-1"
                node_ref=middle
            >
                <Banners/>
                <Notices/>
                {move || match scene.get() {
                    Scene::Idle if ended.get() => view! { <Ended/> }.into_any(),
                    Scene::Idle if !dialling.get() => view! { <Idle/> }.into_any(),
                    Scene::Idle => ().into_any(),
                    Scene::Incoming => view! { <Incoming/> }.into_any(),
                    Scene::Call => view! { <InCall/> }.into_any(),
                }}
                {move || (scene.get() == Scene::Idle && dialling.get())
                    .then(|| view! { <DialPad/> }.into_any())}
            </div>
            {move || match scene.get() {
                Scene::Idle if dialling.get() => view! { <DialControls/> }.into_any(),
                Scene::Idle => ().into_any(),
                Scene::Incoming => view! { <IncomingControls/> }.into_any(),
                Scene::Call => view! { <CallControls/> }.into_any(),
            }}
        </div>
    }
}

fn has_ended(view: &PhoneView) -> bool {
    matches!(view.call.as_ref().map(|call| &call.stage), Some(Stage::Ended { .. }))
}
