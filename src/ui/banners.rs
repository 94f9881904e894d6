//! What stands in the way of calls, and what to do about it.

use super::icon::{Icon, icon};
use super::markup::{Text, View, text, when};
use super::scope::Scope;
use super::shapes::{Button, block, heading, line, region};
use crate::state::words;
use ringdock_phone::{Intent, LineProblem, LineState, Microphone, PhoneView, Sound, Time};

/// All banners that are due.
pub fn banners(scope: Scope) -> View {
    let asking = scope.holds(|view| view.microphone == Microphone::Asking);
    let refused = scope.holds(is_refused);
    let silent = scope.holds(|view| view.sound == Sound::NeedsClick);
    let trouble = scope.holds(|view| trouble(view).is_some());
    vec![
        when(asking, move || microphone_banner(scope, None, "banner info", Icon::Microphone)),
        when(refused, move || {
            microphone_banner(scope, Some("alert"), "banner bad", Icon::MicrophoneOff)
        }),
        when(silent, move || sound_banner(scope)),
        when(trouble, move || line_banner(scope)),
    ]
    .into()
}

/// A banner asks for something without which no call can be heard.
pub fn is_due(view: &PhoneView) -> bool {
    is_refused(view) || view.sound == Sound::NeedsClick
}

fn is_refused(view: &PhoneView) -> bool {
    notice(view).is_some_and(|notice| !notice.calm)
}

fn banner(role: Option<&'static str>, class: Text, sign: Icon, parts: Vec<View>) -> View {
    region(role, class, vec![icon(sign), block("banner-text", parts)])
}

fn notice(view: &PhoneView) -> Option<words::Notice> {
    words::microphone(view.microphone)
}

fn microphone_banner(
    scope: Scope,
    role: Option<&'static str>,
    class: &'static str,
    sign: Icon,
) -> View {
    let said = move |read: fn(words::Notice) -> &'static str| {
        text(move || scope.read(notice).map(read).unwrap_or_default().to_owned())
    };
    let can_retry = scope.holds(|view| notice(view).is_some_and(|notice| notice.retry));
    let retry = move || {
        Button::worded("button", words::TRY_AGAIN)
            .on_click(move || scope.phone.act(Intent::AskMicrophone))
    };
    let parts = vec![
        heading("", said(|notice| notice.heading)),
        line("", said(|notice| notice.text)),
        when(can_retry, retry),
    ];
    banner(role, text(move || class.to_owned()), sign, parts)
}

fn sound_banner(scope: Scope) -> View {
    let parts = vec![
        heading("", words::SOUND_IS_OFF),
        line("", words::SOUND_IS_OFF_TEXT),
        Button::worded("button accent", words::TURN_ON_SOUND)
            .on_click(move || scope.phone.act(Intent::AllowSound)),
    ];
    banner(None, text(|| "banner info".to_owned()), Icon::SoundOff, parts)
}

/// What is wrong with the line, and when it is tried again.
fn trouble(view: &PhoneView) -> Option<(&LineProblem, Option<Time>)> {
    match &view.line {
        LineState::Off | LineState::Connecting | LineState::Ready => None,
        LineState::Lost { problem, retry_at } | LineState::Down { problem, retry_at } => {
            Some((problem, *retry_at))
        }
    }
}

fn is_lost(view: &PhoneView) -> bool {
    matches!(view.line, LineState::Lost { .. })
}

fn line_banner(scope: Scope) -> View {
    let problem = |view: &PhoneView| {
        trouble(view).map(|(problem, _)| words::line_problem(problem)).unwrap_or_default()
    };
    let detail = |view: &PhoneView| {
        trouble(view).and_then(|(problem, _)| words::line_detail(problem)).unwrap_or_default()
    };
    let next = text(move || {
        let now = scope.phone.now.get();
        scope.phone.view.with(|view| {
            let next = |(problem, at)| words::line_next(problem, at, is_lost(view), now);
            trouble(view).map(next).unwrap_or_default()
        })
    });
    let class =
        text(move || if scope.read(is_lost) { "banner warn" } else { "banner bad" }.to_owned());
    let parts = vec![
        heading("", text(move || scope.read(problem))),
        line("numeric", next),
        line("detail", text(move || scope.read(detail))),
    ];
    banner(None, class, Icon::Warning, parts)
}
