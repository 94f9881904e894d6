//! The dock shrunk to a bubble: the line's state as a ring; inside it the phone, a timer or the caller's initials.

use super::focus::{Focus, Spot};
use super::icon::{Icon, icon};
use super::slice::{Scene, answered_at, party, scene, slice};
use super::status::dot_class;
use crate::state::{Corner, Dock, PhoneModel, words};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

/// How far a pointer moves before a press is a drag, in CSS pixels.
const SLACK: i32 = 6;

/// The button **Expand**, which can be dragged, or sent with the arrow keys, to the other corner.
#[component]
pub fn Bubble() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let dock = expect_context::<Dock>();
    let focus = expect_context::<Focus>();
    let button = NodeRef::<html::Button>::new();
    focus.receive(Spot::Expand, button);
    let dot = slice(phone, |view| view.dot());
    let scene = slice(phone, scene);
    let missed = slice(phone, |view| view.missed);
    let drag = Drag::new(button);
    let expand = move |_| {
        if !drag.was_dragged() {
            dock.collapsed.set(false);
            focus.send(Spot::Collapse);
        }
    };
    let send = move |ev: KeyboardEvent| match ev.key().as_str() {
        "ArrowLeft" => dock.corner.set(Corner::Left),
        "ArrowRight" => dock.corner.set(Corner::Right),
        _ => (),
    };
    let drop = move |_| {
        if let Some(corner) = drag.end() {
            dock.corner.set(corner);
        }
    };
    view! {
        <button
            type="button"
            class="bubble"
            class:ringing=move || scene.get() == Scene::Incoming
            class:talking=move || scene.get() == Scene::Call
            data-dot=move || dot_class(dot.get())
            aria-label=words::EXPAND
            aria-describedby="bubble-state"
            style=move || drag.style()
            node_ref=button
            on:click=expand
            on:keydown=send
            on:pointerdown=move |ev| drag.begin(&ev)
            on:pointermove=move |ev| drag.follow(&ev)
            on:pointerup=drop
            on:pointercancel=move |_| drag.cancel()
        >
            <span aria-hidden="true">{move || content(phone, scene.get())}</span>
            {move || (missed.get() > 0).then(|| view! {
                <span class="badge" aria-hidden="true">{missed.get()}</span>
            })}
        </button>
        <p class="unseen">
            <span role="status">{move || words::dot(dot.get())}</span>
        </p>
        <p class="unseen" id="bubble-state">{move || phone.view.with(words::bubble)}</p>
    }
}

fn content(phone: PhoneModel, scene: Scene) -> AnyView {
    let since = slice(phone, answered_at);
    let party = slice(phone, party);
    let caller = move || match party.with(words::initials) {
        initials if initials.is_empty() => icon(Icon::Phone),
        initials => initials.into_any(),
    };
    let timer = move || match since.get() {
        None => icon(Icon::Phone),
        Some(since) => (move || words::clock(phone.now.get() - since)).into_any(),
    };
    match scene {
        Scene::Idle => icon(Icon::Phone),
        Scene::Incoming => caller.into_any(),
        Scene::Call => timer.into_any(),
    }
}

/// A drag of the bubble along the lower edge.
#[derive(Clone, Copy)]
struct Drag {
    button: NodeRef<html::Button>,
    /// Where the pointer went down, and where it is, in CSS pixels from the left.
    path: RwSignal<Option<(i32, i32)>>,
    dragged: StoredValue<bool>,
}

impl Drag {
    fn new(button: NodeRef<html::Button>) -> Self {
        Drag { button, path: RwSignal::new(None), dragged: StoredValue::new(false) }
    }

    fn begin(self, ev: &PointerEvent) {
        if ev.button() == 0 {
            self.dragged.set_value(false);
            self.path.set(Some((ev.client_x(), ev.client_x())));
            if let Some(button) = self.button.get_untracked() {
                // Without the capture a fast pointer leaves the bubble behind: a drag that ends early.
                let _ = button.set_pointer_capture(ev.pointer_id());
            }
        }
    }

    fn follow(self, ev: &PointerEvent) {
        let Some((start, _)) = self.path.get_untracked() else { return };
        let here = ev.client_x();
        if (here - start).abs() > SLACK {
            self.dragged.set_value(true);
        }
        if self.dragged.get_value() {
            self.path.set(Some((start, here)));
        }
    }

    /// The corner the bubble was dropped nearest to, if it was dragged.
    fn end(self) -> Option<Corner> {
        let (_, here) = self.path.get_untracked()?;
        self.path.set(None);
        let width = window().inner_width().ok()?.as_f64()?;
        let corner = if f64::from(here) < width / 2.0 { Corner::Left } else { Corner::Right };
        self.dragged.get_value().then_some(corner)
    }

    fn cancel(self) {
        self.path.set(None);
    }

    /// Whether the press before this click was a drag. Asked once per click.
    fn was_dragged(self) -> bool {
        self.dragged.try_update_value(std::mem::take).unwrap_or_default()
    }

    fn style(self) -> Option<String> {
        let (start, here) = self.path.get()?;
        Some(["transform:translateX(", &(here - start).to_string(), "px)"].concat())
    }
}
