//! The dock shrunk to a bubble: the line's state as a ring; inside it the phone, a timer or the caller's initials.

use super::focus::Spot;
use super::header::talk_clock;
use super::icon::{Icon, icon};
use super::markup::{Element, View, dynamic, text, when};
use super::scope::{Scene, Scope, answered_at, party, scene};
use super::shapes::{line, seen_only};
use super::status::{dot_class, word};
use super::who::portrait;
use crate::state::signals::*;
use crate::state::{Corner, words};
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};

/// How far a pointer moves before a press is a drag, in CSS pixels.
const SLACK: i32 = 6;

/// The button **Expand**, which can be dragged, or sent with the arrow keys, to the other corner.
pub fn bubble(scope: Scope) -> View {
    let Scope { dock, focus, .. } = scope;
    let drag = Drag::new();
    let expand = move |_: &MouseEvent| {
        if !drag.was_dragged() {
            dock.collapsed.set(false);
            focus.send(Spot::Collapse);
        }
    };
    let send = move |ev: &KeyboardEvent| match ev.key().as_str() {
        "ArrowLeft" => dock.corner.set(Corner::Left),
        "ArrowRight" => dock.corner.set(Corner::Right),
        _ => (),
    };
    let drop = move |_: &PointerEvent| {
        if let Some(corner) = drag.end() {
            dock.corner.set(corner);
        }
    };
    let class = text(move || {
        let call = match scope.read(scene) {
            Scene::Idle | Scene::Ended => "",
            Scene::Incoming => " ringing",
            Scene::Call => " talking",
        };
        ["bubble", dot_class(scope), call].concat()
    });
    let button = Element::new("button")
        .attr("type", "button")
        .attr("class", class)
        .attr("aria-label", words::EXPAND)
        .attr("aria-describedby", "bubble-state")
        .attr("style", text(move || drag.style()))
        .attr("id", Spot::Expand.id())
        .on("click", expand)
        .on("keydown", send)
        .on("pointerdown", move |ev| drag.begin(ev))
        .on("pointermove", move |ev| drag.follow(ev))
        .on("pointerup", drop)
        .on("pointercancel", move |_: &PointerEvent| drag.cancel())
        .child(inside(scope))
        .child(badge(scope));
    let state = Element::new("span")
        .attr("role", "status")
        .attr("aria-label", word(scope))
        .child(word(scope));
    let described = Element::new("p").attr("class", "unseen").attr("id", "bubble-state").child(
        text(move || {
            let now = scope.phone.now.get();
            scope.phone.view.with(|view| words::bubble(view, now))
        }),
    );
    vec![button.into(), line("unseen", state), described.into()].into()
}

fn inside(scope: Scope) -> View {
    let scene = memo(move || scope.read(scene));
    let answered = scope.holds(|view| answered_at(view).is_some());
    let content = dynamic(move || match scene.get() {
        Scene::Incoming => portrait(scope, party, Icon::Phone),
        Scene::Call if answered.get() => talk_clock(scope).into(),
        Scene::Idle | Scene::Ended | Scene::Call => icon(Icon::Phone),
    });
    seen_only("inside", content)
}

fn badge(scope: Scope) -> View {
    when(scope.holds(|view| view.missed > 0), move || {
        let count = text(move || scope.read(|view| view.missed).to_string());
        seen_only("badge", count)
    })
}

/// A drag of the bubble along the lower edge.
#[derive(Clone, Copy)]
struct Drag {
    /// Where the pointer went down, and where it is, in CSS pixels from the left.
    path: Signal<Option<(i32, i32)>>,
    dragged: Signal<bool>,
}

impl Drag {
    fn new() -> Self {
        Drag { path: Signal::new(None), dragged: Signal::new(false) }
    }

    fn begin(self, ev: &PointerEvent) {
        if ev.button() == 0 {
            self.dragged.set(false);
            self.path.set(Some((ev.client_x(), ev.client_x())));
            if let Some(pressed) =
                ev.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            {
                // Without the capture a fast pointer leaves the bubble behind: a drag that ends early.
                let _ = pressed.set_pointer_capture(ev.pointer_id());
            }
        }
    }

    fn follow(self, ev: &PointerEvent) {
        let Some((start, _)) = self.path.get_untracked() else { return };
        let here = ev.client_x();
        if (here - start).abs() > SLACK {
            self.dragged.set(true);
        }
        if self.dragged.get_untracked() {
            self.path.set(Some((start, here)));
        }
    }

    /// The corner the bubble was dropped nearest to, if it was dragged.
    fn end(self) -> Option<Corner> {
        let (_, here) = self.path.get_untracked()?;
        self.path.set(None);
        let width = web_sys::window()?.inner_width().ok()?.as_f64()?;
        let corner = if f64::from(here) < width / 2.0 { Corner::Left } else { Corner::Right };
        self.dragged.get_untracked().then_some(corner)
    }

    fn cancel(self) {
        self.path.set(None);
    }

    /// Whether the press before this click was a drag. Asked once per click.
    fn was_dragged(self) -> bool {
        let dragged = self.dragged.get_untracked();
        self.dragged.set(false);
        dragged
    }

    fn style(self) -> String {
        let shift = |(start, here)| {
            ["transform:translateX(", &i32::to_string(&(here - start)), "px)"].concat()
        };
        self.path.get().map(shift).unwrap_or_default()
    }
}
