//! The microphone: what keeps it away, and what the agent can do about it.

use ringdock_phone::Microphone;

/// One banner about the microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is the matter.
    pub heading: &'static str,
    /// What to do.
    pub text: &'static str,
    /// The same in short, for the status dot.
    pub status: &'static str,
    /// Asking the browser once more may help without a reload.
    pub retry: bool,
    /// Nothing is wrong; the browser waits for the agent's choice.
    pub calm: bool,
}

/// What there is to say about this state of the microphone, if anything.
pub fn microphone(state: Microphone) -> Option<Notice> {
    let notice = match state {
        Microphone::Unknown | Microphone::Granted => return None,
        Microphone::Asking => Notice {
            heading: "Allow the microphone",
            text: "Choose Allow in the browser's question, so that the other side can hear you.",
            status: "Waiting for the microphone: choose Allow in the browser's question",
            retry: false,
            calm: true,
        },
        Microphone::Refused => Notice {
            heading: "No microphone access",
            text: "Click the icon left of the address in the address bar, set Microphone to Allow, then refresh the page.",
            status: "Your microphone is blocked",
            retry: false,
            calm: false,
        },
        Microphone::Missing => Notice {
            heading: "No microphone found",
            text: "Plug in a microphone or headset, then try again.",
            status: "No microphone is plugged in",
            retry: true,
            calm: false,
        },
        Microphone::Busy => Notice {
            heading: "The microphone is taken",
            text: "Another program is using it. Close that program, then try again.",
            status: "Another program is using the microphone",
            retry: true,
            calm: false,
        },
        Microphone::InsecurePage => Notice {
            heading: "This page is not secure",
            text: "Browsers give the microphone to secure pages only. Open the page with an address that begins with https.",
            status: "No microphone, because this page is not secure",
            retry: false,
            calm: false,
        },
    };
    Some(notice)
}
