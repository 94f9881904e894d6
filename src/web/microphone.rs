//! The microphone: permission, presence, and an open one.

use super::WebError;
use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack, PermissionState, PermissionStatus,
};

/// An open microphone; dropping it lets go of the device.
pub struct OpenMicrophone {
    track: MediaStreamTrack,
    _ended: EventListener,
}

impl OpenMicrophone {
    /// Opens the default microphone, for speech. `lost` is called when the device vanishes.
    pub async fn open(lost: impl Fn() + 'static) -> Result<OpenMicrophone, WebError> {
        let constraints = MediaStreamConstraints::new();
        let audio = Object::new();
        for processing in ["echoCancellation", "noiseSuppression", "autoGainControl"] {
            Reflect::set(&audio, &processing.into(), &JsValue::TRUE)?;
        }
        constraints.set_audio(&audio);
        let stream =
            JsFuture::from(devices()?.get_user_media_with_constraints(&constraints)?).await?;
        let track: MediaStreamTrack =
            stream.unchecked_into::<MediaStream>().get_audio_tracks().get(0).unchecked_into();
        if track.is_undefined() {
            return Err(WebError::missing("audio track in its microphone"));
        }
        let ended = EventListener::once(&track, "ended", move |_| lost());
        Ok(OpenMicrophone { track, _ended: ended })
    }

    /// The track to send.
    pub fn track(&self) -> &MediaStreamTrack {
        &self.track
    }

    /// Sends silence instead of sound, or sound again.
    pub fn mute(&self, muted: bool) {
        self.track.set_enabled(!muted);
    }
}

impl Drop for OpenMicrophone {
    fn drop(&mut self) {
        self.track.stop();
    }
}

/// An error in a page that is not secure, which has none (Media Capture and Streams, section 10.1).
fn devices() -> Result<MediaDevices, WebError> {
    let window = web_sys::window().ok_or_else(|| WebError::missing("window"))?;
    let devices = Some(window.navigator().media_devices()?).filter(|it| !it.is_undefined());
    devices.ok_or_else(|| WebError::missing("devices"))
}

/// Whether the page's origin may use devices at all (Secure Contexts, section 3.1).
pub fn page_is_secure() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// Whether an audio input is plugged in; works without permission.
pub async fn is_present() -> Result<bool, WebError> {
    let list = JsFuture::from(devices()?.enumerate_devices()?).await?;
    Ok(js_sys::Array::from(&list).iter().any(|device| {
        device
            .dyn_into::<MediaDeviceInfo>()
            .is_ok_and(|device| device.kind() == MediaDeviceKind::Audioinput)
    }))
}

/// The browser's permission for the microphone, watched.
pub struct Permission {
    status: PermissionStatus,
    _change: EventListener,
}

impl Permission {
    /// Asks for the permission's state without asking the user. `changed` is called at each later change.
    pub async fn watch(changed: impl Fn() + 'static) -> Result<Permission, WebError> {
        let window = web_sys::window().ok_or_else(|| WebError::missing("window"))?;
        let name = Object::new();
        Reflect::set(&name, &"name".into(), &"microphone".into())?;
        let status = JsFuture::from(window.navigator().permissions()?.query(&name)?).await?;
        let status: PermissionStatus = status.unchecked_into();
        let change = EventListener::new(&status, "change", move |_| changed());
        Ok(Permission { status, _change: change })
    }

    /// The state now.
    pub fn state(&self) -> PermissionState {
        self.status.state()
    }
}

/// Calls back when a device is plugged in or pulled out. `None` where a page has no devices.
pub fn on_device_change(changed: impl Fn() + 'static) -> Option<EventListener> {
    let devices = devices().ok()?;
    Some(EventListener::new(&devices, "devicechange", move |_| changed()))
}
