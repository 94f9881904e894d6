//! The status dot.

use crate::harness::Desk;
use ringdock_phone::{Dot, LineProblem, LineState, Microphone};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn green_needs_a_line_and_a_microphone() {
    let problem = LineProblem::PasswordRefused { user: "1001".to_owned() };
    let lost = LineState::Lost { problem: problem.clone(), retry_at: None };
    let down = LineState::Down { problem, retry_at: None };
    let dots = [
        (LineState::Off, Microphone::Granted, Dot::Off),
        (LineState::Connecting, Microphone::Granted, Dot::Connecting),
        (LineState::Connecting, Microphone::Refused, Dot::Connecting),
        (lost, Microphone::Granted, Dot::Connecting),
        (down, Microphone::Granted, Dot::Disconnected),
        (LineState::Ready, Microphone::Granted, Dot::Connected),
        (LineState::Ready, Microphone::Unknown, Dot::Connecting),
        (LineState::Ready, Microphone::Asking, Dot::Connecting),
        (LineState::Ready, Microphone::Refused, Dot::Disconnected),
        (LineState::Ready, Microphone::Missing, Dot::Disconnected),
        (LineState::Ready, Microphone::Busy, Dot::Disconnected),
        (LineState::Ready, Microphone::InsecurePage, Dot::Disconnected),
    ];
    for (line, microphone, dot) in dots {
        let mut desk = Desk::bare();
        desk.microphone(microphone);
        desk.line(line.clone());
        assert_eq!(desk.view().dot(), dot, "{line:?} with {microphone:?}");
    }
}
