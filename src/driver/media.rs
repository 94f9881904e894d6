//! The devices: whether there is a microphone, and the audio of the calls that share it.

use super::call_media::CallMedia;
use super::{Happening, Inbox};
use crate::web::WebError;
use crate::web::microphone::{self, OpenMicrophone, Permission};
use gloo_events::EventListener;
use ringdock_phone::{AudioPath, Leg, Microphone, Sample};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;
use web_sys::PermissionState;

/// What the devices report.
pub enum MediaInput {
    /// What is known of the microphone.
    Microphone(Microphone),
    /// The permission or the set of devices changed: look again.
    Changed,
    /// The microphone of a call vanished.
    Lost,
    /// What is known of the way that a call's audio takes.
    Path(Leg, AudioPath),
    /// What was measured of a call's audio.
    Sample(Leg, Sample),
}

/// The agent's devices.
pub struct Devices {
    inbox: Inbox,
    permission: Rc<RefCell<Option<Permission>>>,
    asked: bool,
    muted: Rc<Cell<bool>>,
    calls: Vec<Weak<CallMedia>>,
    plugged: Option<EventListener>,
}

impl Devices {
    /// Devices that nobody has asked for yet.
    pub fn new(inbox: Inbox) -> Devices {
        Devices {
            inbox,
            permission: Rc::default(),
            asked: false,
            muted: Rc::default(),
            calls: Vec::new(),
            plugged: None,
        }
    }

    /// Finds out what there is, asking the agent if the browser wants that.
    pub fn ask(&mut self) {
        if !self.asked {
            self.asked = true;
            let changed = self.inbox.clone();
            self.plugged = microphone::on_device_change(move || {
                changed.put(Happening::Media(MediaInput::Changed))
            });
        }
        spawn_local(probe(self.inbox.clone(), self.permission.clone()));
    }

    /// Looks again after a change, if anybody has asked before.
    pub fn look_again(&mut self) {
        if self.asked {
            self.ask();
        }
    }

    /// The audio of a new call.
    pub fn begin_call(&mut self, leg: Leg, stun: &[String]) -> Result<Rc<CallMedia>, WebError> {
        let (muted, inbox) = (self.muted.clone(), self.inbox.clone());
        let call = Rc::new(CallMedia::new(leg, stun, muted, inbox)?);
        self.calls.retain(|call| call.strong_count() > 0);
        self.calls.push(Rc::downgrade(&call));
        Ok(call)
    }

    fn calls(&self) -> impl Iterator<Item = Rc<CallMedia>> {
        self.calls.iter().filter_map(Weak::upgrade)
    }

    /// Silences the microphone, or opens it.
    pub fn mute(&self, muted: bool) {
        self.muted.set(muted);
        self.calls().for_each(|call| call.mute());
    }

    /// Opens the microphone for a call that rings, so that answering need not wait for it; only if that asks
    /// nobody for anything: if the permission is there for good, or the agent `talks` already, in a call whose place
    /// this one takes.
    pub fn prepare_microphone(&self, call: &Rc<CallMedia>, talks: bool) {
        let granted = self.permission.borrow().as_ref().map(Permission::state)
            == Some(PermissionState::Granted);
        if talks || granted {
            open_quietly(call.clone());
        }
    }

    /// Takes another microphone for the running calls, if there is one; else says that there is none.
    pub fn replace_microphone(&self) {
        for call in self.calls() {
            call.close_microphone();
            open_quietly(call);
        }
    }

    /// There is a microphone: calls that could not get one try again.
    pub fn open_missing_microphones(&self) {
        self.calls().filter(|call| call.take_bereft()).for_each(open_quietly);
    }
}

/// Opens a call's microphone. A failure is reported as the microphone's new state, and the call goes on.
fn open_quietly(call: Rc<CallMedia>) {
    spawn_local(async move { _ = call.open_microphone().await });
}

/// What a refusal by `getUserMedia` means (Media Capture and Streams, section 10.2).
pub(super) fn state_after(error: &WebError) -> Microphone {
    match error.name.as_str() {
        "NotAllowedError" | "SecurityError" => Microphone::Refused,
        "NotFoundError" | "OverconstrainedError" => Microphone::Missing,
        "NotSupportedError" | "TypeError" => Microphone::InsecurePage,
        _ => Microphone::Busy,
    }
}

async fn probe(inbox: Inbox, permission: Rc<RefCell<Option<Permission>>>) {
    let report = |state| inbox.put(Happening::Media(MediaInput::Microphone(state)));
    if !microphone::page_is_secure() {
        return report(Microphone::InsecurePage);
    }
    if permission.borrow().is_none() {
        let changed = inbox.clone();
        // A browser that cannot tell is asked by opening the microphone.
        let watched =
            Permission::watch(move || changed.put(Happening::Media(MediaInput::Changed))).await;
        *permission.borrow_mut() = watched.ok();
    }
    let known = permission.borrow().as_ref().map(Permission::state);
    match known {
        Some(PermissionState::Denied) => report(Microphone::Refused),
        Some(PermissionState::Granted) => report(match microphone::is_present().await {
            Ok(true) => Microphone::Granted,
            Ok(false) => Microphone::Missing,
            Err(error) => state_after(&error),
        }),
        _ => {
            report(Microphone::Asking);
            report(match OpenMicrophone::open(|| ()).await {
                Ok(_) => Microphone::Granted,
                Err(error) => state_after(&error),
            });
        }
    }
}
