//! The devices: whether there is a microphone, and the audio of a call.

use super::{Happening, Inbox};
use crate::web::WebError;
use crate::web::audio::Voice;
use crate::web::microphone::{self, OpenMicrophone, Permission};
use crate::web::peer::Peer;
use futures_util::future::join;
use gloo_events::EventListener;
use ringdock_phone::{Digit, Microphone};
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
    /// The microphone of the call vanished.
    Lost,
}

/// The agent's devices.
pub struct Devices {
    inbox: Inbox,
    permission: Rc<RefCell<Option<Permission>>>,
    asked: bool,
    muted: Rc<Cell<bool>>,
    call: Weak<CallMedia>,
    _plugged: Option<EventListener>,
}

impl Devices {
    /// Devices that nobody has asked for yet.
    pub fn new(inbox: Inbox) -> Devices {
        let changed = inbox.clone();
        let plugged = microphone::on_device_change(move || {
            changed.put(Happening::Media(MediaInput::Changed))
        });
        Devices {
            inbox,
            permission: Rc::default(),
            asked: false,
            muted: Rc::default(),
            call: Weak::new(),
            _plugged: plugged,
        }
    }

    /// Finds out what there is, asking the agent if the browser wants that.
    pub fn ask(&mut self) {
        self.asked = true;
        spawn_local(probe(self.inbox.clone(), self.permission.clone()));
    }

    /// Looks again after a change, if anybody has asked before.
    pub fn look_again(&mut self) {
        if self.asked {
            self.ask();
        }
    }

    /// The audio of a new call.
    pub fn begin_call(&mut self, stun: &[String]) -> Result<Rc<CallMedia>, WebError> {
        self.muted.set(false);
        let call = Rc::new(CallMedia::new(stun, self.muted.clone(), self.inbox.clone())?);
        self.call = Rc::downgrade(&call);
        Ok(call)
    }

    /// Silences the microphone of the call, or opens it.
    pub fn mute(&self, muted: bool) {
        self.muted.set(muted);
        if let Some(call) = self.call.upgrade()
            && let Some(microphone) = &*call.microphone.borrow()
        {
            microphone.mute(muted);
        }
    }

    /// Opens the microphone for a call that rings, so that answering need not wait for it; only if that asks
    /// nobody for anything.
    pub fn prepare_microphone(&self) {
        let granted = self.permission.borrow().as_ref().map(Permission::state)
            == Some(PermissionState::Granted);
        if let Some(call) = self.call.upgrade().filter(|_| granted) {
            open_quietly(call);
        }
    }

    /// Takes another microphone for the running call, if there is one; else says that there is none.
    pub fn replace_microphone(&self) {
        let Some(call) = self.call.upgrade() else { return };
        call.microphone.borrow_mut().take();
        open_quietly(call);
    }
}

/// Opens a call's microphone. A failure is reported as the microphone's new state, and the call goes on.
fn open_quietly(call: Rc<CallMedia>) {
    spawn_local(async move { _ = call.open_microphone().await });
}

/// What a refusal by `getUserMedia` means (Media Capture and Streams, section 10.2).
fn state_after(error: &WebError) -> Microphone {
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

/// Why a call has no audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaFailure {
    /// The microphone could not be opened.
    Microphone,
    /// The browser refused a description.
    Description,
}

/// The audio of one call: its connection, its microphone and the other side's voice. Dropping it ends all.
pub struct CallMedia {
    peer: Peer,
    microphone: RefCell<Option<OpenMicrophone>>,
    muted: Rc<Cell<bool>>,
    inbox: Inbox,
}

impl CallMedia {
    fn new(stun: &[String], muted: Rc<Cell<bool>>, inbox: Inbox) -> Result<CallMedia, WebError> {
        let voice = Voice::new()?;
        let peer = Peer::new(stun, move |stream| voice.play(&stream))?;
        Ok(CallMedia { peer, microphone: RefCell::default(), muted, inbox })
    }

    /// Whether the microphone is open.
    pub fn has_microphone(&self) -> bool {
        self.microphone.borrow().is_some()
    }

    /// Makes an offer, or the answer to one.
    pub async fn describe(&self, offer: Option<&str>) -> Result<String, MediaFailure> {
        let description = match offer {
            None => self.peer.offer().await,
            Some(offer) => self.peer.answer(offer).await,
        };
        description.map_err(|_| MediaFailure::Description)
    }

    /// Makes an offer while the microphone opens; fails without one.
    pub async fn offer_with_microphone(&self) -> Result<String, MediaFailure> {
        // The offer comes first: it makes the audio line that the microphone is put into.
        let (description, microphone) = join(self.describe(None), self.open_microphone()).await;
        microphone?;
        description
    }

    /// Takes the other side's answer.
    pub async fn accept(&self, answer: &str, early: bool) -> Result<(), MediaFailure> {
        self.peer.accept(answer, early).await.map_err(|_| MediaFailure::Description)
    }

    /// Sends one tone. A call whose audio does not take tones has none to send to.
    pub fn send_tone(&self, digit: Digit) -> Result<(), WebError> {
        self.peer.send_tone(digit.as_char())
    }

    /// Opens the microphone if it is not open, and sends its sound from now on.
    pub async fn open_microphone(&self) -> Result<(), MediaFailure> {
        if self.has_microphone() {
            return Ok(());
        }
        let lost = self.inbox.clone();
        let opened =
            OpenMicrophone::open(move || lost.put(Happening::Media(MediaInput::Lost))).await;
        let opened = opened.map_err(|error| {
            self.inbox.put(Happening::Media(MediaInput::Microphone(state_after(&error))));
            MediaFailure::Microphone
        })?;
        opened.mute(self.muted.get());
        self.peer.send(opened.track()).await.map_err(|_| MediaFailure::Description)?;
        *self.microphone.borrow_mut() = Some(opened);
        Ok(())
    }
}
