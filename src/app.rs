//! Wires the dock together: driver, state, components, and the page around them.

use crate::driver::{Driver, Happening, Inbox, Outlets};
use crate::host;
use crate::state::signals::*;
use crate::state::{Corner, Dock, Numbers, Panel, PhoneModel};
use crate::ui::{self, Places};
use crate::web::network::on_other_network;
use crate::web::socket::EarlySocket;
use crate::web::storage;
use any_spawner::Executor;
use futures_channel::mpsc;
use gloo_events::EventListener;

use ringdock_phone::{Intent, LineState, Party};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, ShadowRoot, WebSocket};

/// A dock in a page, as the custom element's script sees it. Freeing it takes the dock down.
#[wasm_bindgen]
pub struct Softphone {
    inbox: Inbox,
    /// Owns every signal, listener and effect of the dock.
    owner: Owner,
    phone: PhoneModel,
    dock: Dock,
    places: Places,
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
        // Refused only because another dock of the page has done it.
        let _ = Executor::init_wasm_bindgen();
        let container = container(&root)?;
        let (sender, happenings) = mpsc::unbounded();
        let inbox = Inbox::new(sender);
        let formatter = [base, "numbers-worker.js"].concat();
        let owner = Owner::new();
        let (outlets, phone, dock, places) = owner.with(|| wire(&inbox, element, container));
        spawn_local(Driver::new(inbox.clone(), formatter, outlets).run(happenings));
        Ok(Softphone { inbox, owner, phone, dock, places })
    }

    /// Gives the dock its line, or takes it away (`null`); `socket` is one to the account's server that the page
    /// has begun to open. The dock says what is wrong with an account that is none.
    pub fn set_account(&self, account: JsValue, socket: Option<WebSocket>) {
        let early = socket.map(EarlySocket::new);
        self.inbox.put(Happening::Account(host::read_account(&account), early));
    }

    /// Calls a number, as a click on it would.
    pub fn dial(&self, number: String, name: Option<String>) {
        self.phone.act(Intent::Dial { callee: Party { number, name }, from: None });
    }

    /// Passes the other side on, without asking first.
    pub fn transfer(&self, number: String, name: Option<String>) {
        self.pass_on(Intent::Transfer(Party { number, name }));
    }

    /// Asks a colleague first.
    pub fn consult(&self, number: String, name: Option<String>) {
        self.pass_on(Intent::Consult(Party { number, name }));
    }

    /// Tells who the other side of a call is; `call` is its `id` in what [`Softphone::watch`] tells.
    pub fn identify(&self, call: i32, name: String) {
        self.phone.act(Intent::Identify { leg: host::leg(call), name });
    }

    /// Writes into the field of the dial pad.
    pub fn write(&self, number: String) {
        self.dock.typed.set(number);
    }

    /// The number of the business to dial from by hand; empty: as the server decides.
    pub fn dial_from(&self, number: String) {
        self.dock.from.set(number);
    }

    /// Says what the agent may do; without a word, both.
    pub fn permit(&self, dial: bool, transfer: bool) {
        self.dock.may_dial.set(dial);
        self.dock.may_transfer.set(transfer);
        if !transfer && self.dock.panel.get_untracked() == Panel::Transfer {
            self.dock.panel.set(Panel::None);
        }
    }

    /// Renews the line, which another page of this browser may have taken over and left.
    pub fn wake(&self) {
        self.inbox.put(Happening::Wake);
    }

    /// Opens the dock from its bubble.
    pub fn expand(&self) {
        self.dock.collapsed.set(false);
    }

    /// An element of the dock for others to draw in: its names are in `ui::places`.
    pub fn place(&self, name: &str) -> Option<web_sys::Element> {
        self.places.find(name)
    }

    /// Calls `tell` with the phone in a plain object, now and at each change, until what is returned is freed; its
    /// fields are in `host::watch`.
    pub fn watch(&self, tell: js_sys::Function) -> Watch {
        let owner = self.owner.with(Owner::new);
        owner.with(|| host::watch(self.phone, self.dock, tell));
        Watch(owner)
    }

    fn pass_on(&self, intent: Intent) {
        if self.dock.may_transfer.get_untracked() {
            self.dock.panel.set(Panel::None);
            self.phone.act(intent);
        }
    }
}

impl Drop for Softphone {
    fn drop(&mut self) {
        self.inbox.put(Happening::Close);
        self.owner.cleanup();
    }
}

/// Somebody who is told of the phone. Freeing it ends that.
#[wasm_bindgen]
pub struct Watch(Owner);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.cleanup();
    }
}

/// The dock's own element in the shadow root.
fn container(root: &ShadowRoot) -> Result<web_sys::Element, JsValue> {
    let document = root.owner_document().ok_or("the shadow root has no document")?;
    let container = document.create_element("div")?;
    root.replace_children_with_node_1(&container);
    Ok(container)
}

/// Makes the state, has it drawn when there is something to draw, and hands out what the driver writes to.
fn wire(
    inbox: &Inbox,
    element: HtmlElement,
    container: web_sys::Element,
) -> (Outlets, PhoneModel, Dock, Places) {
    let view = Signal::default();
    let now = Signal::default();
    let format = Signal::default();

    let (dock, places) = (Dock::default(), Places::default());
    let intents = inbox.clone();
    let act = Rc::new(move |intent| {
        if matches!(intent, Intent::Dial { .. }) {
            // The call is shown, or why there is none.
            dock.collapsed.set(false);
        }
        intents.put(Happening::Intent(intent));
    });
    let phone = PhoneModel::new(view, now, act);
    let questions = inbox.clone();
    let ask = Rc::new(move |text| questions.put(Happening::Format(text)));
    let numbers = Numbers::new(format, ask);
    let moments = inbox.clone();
    let host_element = element.clone();
    at_first_line(phone, move || {
        remember(dock);
        ui::root(phone, dock, numbers, places).mount(&container);
        host::alternate_title(phone);
        host::notify(phone);
        host::ask_before_leaving(phone, host_element);
        let listeners = [host::keys(phone), host::click_to_call(phone)];
        keep((listeners, wake_ups(&moments)));
    });

    let outlets = Outlets {
        view,
        now,
        format,
        own: dock.own,
        logged: Box::new(move |record| host::announce(&element, &record)),
    };
    (outlets, phone, dock, places)
}

/// Does this when there is a line to show. The page's one thread is for connecting until then, and a page without a
/// line is left alone.
fn at_first_line(phone: PhoneModel, begin: impl FnOnce() + 'static) {
    let (owner, mut begin) = (Owner::current(), Some(begin));
    let has_line = memo(move || phone.view.with(|view| view.line != LineState::Off));
    follow(move || {
        if !has_line.get() {
            return;
        }
        if let (Some(owner), Some(begin)) = (&owner, begin.take()) {
            owner.with(begin);
        }
    });
}

/// Lays the dock out as it was left on the last page, and remembers it from now on.
fn remember(dock: Dock) {
    const COLLAPSED: &str = "ringdock.collapsed";
    const CORNER: &str = "ringdock.corner";
    dock.collapsed.set(storage::load(COLLAPSED).as_deref() == Some("true"));
    if storage::load(CORNER).as_deref() == Some("left") {
        dock.corner.set(Corner::Left);
    }
    follow(move || storage::save(COLLAPSED, if dock.collapsed.get() { "true" } else { "false" }));
    follow(move || {
        storage::save(CORNER, if dock.corner.get() == Corner::Left { "left" } else { "right" })
    });
}

/// Moments at which whatever waits should try now: the network is back or another one, the page is looked at
/// again.
fn wake_ups(inbox: &Inbox) -> Option<([EventListener; 2], Option<EventListener>)> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let (online, visible, other) = (inbox.clone(), inbox.clone(), inbox.clone());
    let network = on_other_network(move || other.put(Happening::Moved));
    let listeners = [
        EventListener::new(&window, "online", move |_| online.put(Happening::Moved)),
        EventListener::new(&document.clone(), "visibilitychange", move |_| {
            if !document.hidden() {
                visible.put(Happening::Wake);
            }
        }),
    ];
    Some((listeners, network))
}
