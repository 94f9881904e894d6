//! Puts the CRM's side together: state, places, and what it listens to.

use crate::client::Client;
use crate::crm::Crm;
use crate::phone::{Softphone, Watch, read_ended, read_snapshot};
use crate::{live, views};
use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, HtmlElement, MouseEvent, ShadowRoot};

/// A CRM's side that is joined to a dock. Dropping it takes it away.
pub struct Side {
    owner: Owner,
    style: Element,
    watch: Watch,
    _tell: Closure<dyn Fn(JsValue)>,
}

impl Side {
    /// Joins the dock of `element`. `missed` are the details of calls that were over before.
    ///
    /// # Errors
    /// The page has no document.
    pub fn join(
        element: HtmlElement,
        root: &ShadowRoot,
        phone: Softphone,
        url: &str,
        missed: &js_sys::Array,
    ) -> Result<Side, JsValue> {
        // Refused only because it was done before.
        let _ = any_spawner::Executor::init_wasm_bindgen();
        let document = element.owner_document().ok_or("the element has no document")?;
        let style = document.create_element("style")?;
        style.set_text_content(Some(views::STYLE));
        root.append_child(&style)?;
        let owner = Owner::new();
        let crm = owner.with(|| {
            let crm = Crm::new(phone.clone(), Client::new(url));
            live::follow(crm);
            views::mount(crm, &element, root);
            listen(crm, &element);
            crm
        });
        for detail in missed.iter() {
            if let Some(call) = read_ended(&detail) {
                crm.end(&call);
            }
        }
        let tell = Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            crm.see(read_snapshot(&value));
        });
        let watch = phone.watch(tell.as_ref().unchecked_ref());
        Ok(Side { owner, style, watch, _tell: tell })
    }
}

impl Drop for Side {
    fn drop(&mut self) {
        // First: what it calls goes with the others.
        self.watch.free();
        self.owner.cleanup();
        self.style.remove();
    }
}

fn listen(crm: Crm, element: &HtmlElement) {
    let ended = EventListener::new(element, "ringdock-call-ended", move |event| {
        let detail = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail);
        if let Some(call) = detail.as_ref().and_then(read_ended) {
            crm.end(&call);
        }
    });
    let window = web_sys::window();
    let page = window.as_ref().map(|window| {
        let online = EventListener::new(window, "online", move |_| crm.post.hurry());
        [EventListener::new(window, "pagehide", move |_| crm.close()), online]
    });
    // Before the dock hears of the click: what it dials then is known to be about the record.
    let options = EventListenerOptions::run_in_capture_phase();
    let document = window.and_then(|window| window.document());
    let clicks = document.map(|document| {
        EventListener::new_with_options(&document, "click", options, move |event| {
            if let Some(record) = event.dyn_ref::<MouseEvent>().and_then(clicked_record) {
                crm.click(record);
            }
        })
    });
    StoredValue::new_local((ended, page, clicks));
}

fn clicked_record(event: &MouseEvent) -> Option<ringdock_api::Id> {
    // The path, because inside a shadow root of the page the target is only the root's host.
    let target = event.composed_path().get(0).dyn_into::<Element>().ok()?;
    let named = target.closest("[data-ringdock-record]").ok()??;
    named.get_attribute("data-ringdock-record")?.parse().ok()
}
