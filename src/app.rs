//! Wires the dock together: driver, state, components, and the page around them.

use crate::driver::{Driver, Happening, Inbox, Outlets};
use crate::host;
use crate::state::{Corner, Dock, Numbers, PhoneModel};
use crate::ui::{Root, STYLE};
use crate::web::storage;
use futures_channel::mpsc;
use gloo_events::EventListener;
use leptos::mount::mount_to;
use leptos::prelude::*;
use ringdock_phone::{Intent, Party};
use std::any::Any;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, ShadowRoot};

/// A dock in a page, as the custom element's script sees it. Freeing it takes the dock down.
#[wasm_bindgen]
pub struct Softphone {
    inbox: Inbox,
    _mounted: Box<dyn Any>,
}

#[wasm_bindgen]
impl Softphone {
    /// Builds the dock inside the element's shadow root. `base` is the URL of the folder that holds the dock's
    /// files.
    #[wasm_bindgen(constructor)]
    pub fn new(element: HtmlElement, root: ShadowRoot, base: &str) -> Result<Softphone, JsValue> {
        // A release build ends a panic without words.
        #[cfg(debug_assertions)]
        console_error_panic_hook::set_once();
        let parent: HtmlElement = container(&root)?.unchecked_into();
        let (sender, happenings) = mpsc::unbounded();
        let inbox = Inbox::new(sender);
        let formatter = format!("{base}numbers-worker.js");
        let queue = inbox.clone();
        let mounted = mount_to(parent, move || {
            let outlets = wire(&queue, element);
            spawn_local(Driver::new(queue, formatter, outlets).run(happenings));
            Root()
        });
        Ok(Softphone { inbox, _mounted: Box::new(mounted) })
    }

    /// Gives the dock its line, or takes it away (`null`).
    ///
    /// # Errors
    /// If the value is not an account; the message names the field.
    pub fn set_account(&self, account: JsValue) -> Result<(), JsValue> {
        let account = host::read_account(&account)?;
        self.inbox.put(Happening::Account(account));
        Ok(())
    }

    /// Calls a number, as a click on it would.
    pub fn dial(&self, number: String, name: Option<String>) {
        self.inbox.put(Happening::Intent(Intent::Dial(Party { number, name })));
    }
}

impl Drop for Softphone {
    fn drop(&mut self) {
        self.inbox.put(Happening::Close);
    }
}

/// The dock's own element in the shadow root, with its style beside it.
fn container(root: &ShadowRoot) -> Result<web_sys::Element, JsValue> {
    let document = root.owner_document().ok_or("the shadow root has no document")?;
    let style = document.create_element("style")?;
    style.set_text_content(Some(STYLE));
    let container = document.create_element("div")?;
    root.replace_children_with_node_2(&style, &container);
    Ok(container)
}

/// Provides the contexts, listens to the page, and hands out what the driver writes to.
fn wire(inbox: &Inbox, element: HtmlElement) -> Outlets {
    let view = RwSignal::default();
    let now = RwSignal::default();
    let format = RwSignal::default();

    let intents = inbox.clone();
    let act = Callback::new(move |intent| intents.put(Happening::Intent(intent)));
    let phone = PhoneModel::new(view.read_only(), now.read_only(), act);
    let questions = inbox.clone();
    let ask = Callback::new(move |text| questions.put(Happening::Format(text)));
    provide_context(phone);
    provide_context(Numbers::new(format.read_only(), ask));
    let dock = remembered_dock();
    provide_context(dock);

    host::alternate_title(phone);
    host::notify(phone);
    host::ask_before_leaving(phone);
    let listeners = [host::keys(phone), host::click_to_call(phone)];
    StoredValue::new_local((listeners, wake_ups(inbox)));

    Outlets {
        view: view.write_only(),
        now: now.write_only(),
        format: format.write_only(),
        own: dock.own.write_only(),
        logged: Box::new(move |record| host::announce(&element, &record)),
    }
}

/// The dock as it was left on the last page.
fn remembered_dock() -> Dock {
    const COLLAPSED: &str = "ringdock.collapsed";
    const CORNER: &str = "ringdock.corner";
    let corner =
        if storage::load(CORNER).as_deref() == Some("left") { Corner::Left } else { Corner::Right };
    let dock = Dock::new(storage::load(COLLAPSED).is_some_and(|value| value == "true"), corner);
    Effect::new(move || {
        storage::save(COLLAPSED, if dock.collapsed.get() { "true" } else { "false" })
    });
    Effect::new(move || {
        storage::save(CORNER, if dock.corner.get() == Corner::Left { "left" } else { "right" })
    });
    dock
}

/// Moments at which whatever waits should try now: the network is back, the page is looked at again.
fn wake_ups(inbox: &Inbox) -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let (online, visible) = (inbox.clone(), inbox.clone());
    Some([
        EventListener::new(&window, "online", move |_| online.put(Happening::Wake)),
        EventListener::new(&document.clone(), "visibilitychange", move |_| {
            if !document.hidden() {
                visible.put(Happening::Wake);
            }
        }),
    ])
}
