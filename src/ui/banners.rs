//! What stands in the way of calls, and what to do about it.

use super::icon::{Icon, icon};
use super::slice::slice;
use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::{Intent, LineProblem, LineState, Sound, Time};

/// All banners that are due.
#[component]
pub fn Banners() -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let microphone = slice(phone, |view| words::microphone(view.microphone));
    let sound = slice(phone, |view| view.sound == Sound::NeedsClick);
    let trouble = slice(phone, |view| trouble(&view.line));
    view! {
        {move || microphone.get().map(|notice| microphone_banner(phone, notice))}
        {move || sound.get().then(|| sound_banner(phone))}
        {move || trouble.get().map(|trouble| line_banner(phone, trouble))}
    }
}

fn microphone_banner(phone: PhoneModel, notice: words::Notice) -> AnyView {
    let (class, role, sign) = if notice.calm {
        ("banner info", "group", Icon::Microphone)
    } else {
        ("banner bad", "alert", Icon::MicrophoneOff)
    };
    let retry = notice.retry.then(|| {
        let ask = move |_| phone.act(Intent::AskMicrophone);
        view! { <button type="button" class="button" on:click=ask>{words::TRY_AGAIN}</button> }
    });
    view! {
        <div class=class role=role>
            {icon(sign)}
            <div class="banner-text">
                <h2>{notice.heading}</h2>
                <p>{notice.text}</p>
                {retry}
            </div>
        </div>
    }
    .into_any()
}

fn sound_banner(phone: PhoneModel) -> AnyView {
    let allow = move |_| phone.act(Intent::AllowSound);
    view! {
        <div class="banner info" role="group" aria-label=words::SOUND_IS_OFF>
            {icon(Icon::SoundOff)}
            <div class="banner-text">
                <h2>{words::SOUND_IS_OFF}</h2>
                <p>{words::SOUND_IS_OFF_TEXT}</p>
                <button type="button" class="button accent" on:click=allow>
                    {words::TURN_ON_SOUND}
                </button>
            </div>
        </div>
    }
    .into_any()
}

#[derive(Clone, PartialEq)]
struct Trouble {
    problem: LineProblem,
    retry_at: Option<Time>,
    lost: bool,
}

fn trouble(line: &LineState) -> Option<Trouble> {
    match line {
        LineState::Off | LineState::Connecting | LineState::Ready => None,
        LineState::Lost { problem, retry_at } => {
            Some(Trouble { problem: problem.clone(), retry_at: *retry_at, lost: true })
        }
        LineState::Down { problem, retry_at } => {
            Some(Trouble { problem: problem.clone(), retry_at: *retry_at, lost: false })
        }
    }
}

fn line_banner(phone: PhoneModel, trouble: Trouble) -> AnyView {
    let Trouble { problem, retry_at, lost } = trouble;
    let heading = words::line_problem(&problem);
    let detail = words::line_detail(&problem).map(|code| view! { <p class="detail">{code}</p> });
    let next = move || words::line_next(&problem, retry_at, lost, phone.now.get());
    view! {
        <div class=if lost { "banner warn" } else { "banner bad" } role="group">
            {icon(Icon::Warning)}
            <div class="banner-text">
                <h2>{heading}</h2>
                <p class="numeric">{next}</p>
                {detail}
            </div>
        </div>
    }
    .into_any()
}
