//! A call in the workspace outlives what happens between the pages and their server.

use ringdock_e2e::Result;
use ringdock_e2e::crm::get;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{ANNA, Stage, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use std::time::Duration;

/// The page's next request for a list, and all to `/api/line`, are answered with 503 from now on, as by a server whose
/// database is busy.
const BUSY: &str = r"
  const real = window.fetch;
  window.refused = 0;
  window.fetch = (request, ...more) => {
    const path = new URL(request.url ?? request, location.href).pathname;
    const isRefused = path === '/api/line' || (path === '/api/records' && window.refused === 0);
    if (!isRefused) return real(request, ...more);
    window.refused += 1;
    const problem = { type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'Try again in a moment.' };
    return Promise.resolve(new Response(JSON.stringify(problem), { status: 503 }));
  };";

/// The person is signed out elsewhere.
const SIGN_OUT: &str =
    "return fetch('/api/session', { method: 'DELETE', headers: { 'x-ringdock': '1' } })
    .then((answer) => answer.status)";

async fn in_a_call(stage: &Stage) -> Result<Dock> {
    let desk = stage.workspace(ANNA, "/records/contact").await?;
    desk.status_becomes("Connected").await?;
    desk.control("link", "Dana Field").click().await?;
    desk.control("button", "Call +1 202 555 0123").click().await?;
    desk.is_in_a_call().await?;
    Ok(desk)
}

/// Makes sure that the call goes on for a while, and can be heard.
async fn call_goes_on(desk: &Dock) -> Result<()> {
    desk.keeps_hearing(TONE, Duration::from_secs(2)).await?;
    desk.timer().wait().await.map(drop)
}

#[test]
fn a_server_that_is_busy_ends_no_call() -> Result<()> {
    run(async |stage| {
        let desk = in_a_call(stage).await?;
        desk.eval(BUSY).await?;
        // After a refusal that passes, everything is fetched again.
        desk.control("link", "Deals").click().await?;
        until("the line to be asked for", SOON, async || {
            Ok((desk.eval("return window.refused").await?.as_i64() > Some(1)).then_some(()))
        })
        .await?;
        desk.control("button", "Try now").wait().await?;
        call_goes_on(&desk).await?;
        // Not without a pause: 2, 4, 8 s and so on from here.
        let asked = desk.eval("return window.refused").await?;
        assert!(asked.as_i64() < Some(6), "the line was asked for {asked} times");
        desk.end().await
    })
}

#[test]
fn a_session_that_ends_ends_no_call() -> Result<()> {
    run(async |stage| {
        let desk = in_a_call(stage).await?;
        assert_eq!(desk.eval(SIGN_OUT).await?, 204);
        desk.control("link", "Deals").click().await?;
        let again = desk.control("button", "Sign in again");
        again.wait().await?;
        call_goes_on(&desk).await?;
        again.click().await?;
        call_goes_on(&desk).await?;
        desk.end().await?;
        desk.control("button", "Sign in as Anna Moor Agent").click().await?;
        desk.control("heading", "Deals").wait().await?;
        again.wait_gone().await?;
        desk.button("Skip").click().await?;
        desk.status_becomes("Connected").await
    })
}

#[test]
fn another_country_waits_until_the_call_is_over() -> Result<()> {
    run(async |stage| {
        let desk = in_a_call(stage).await?;
        // Told apart from the account of before by being set once more.
        desk.eval(
            "const dock = document.querySelector('ring-dock');
             const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(dock), 'account');
             Object.defineProperty(dock, 'account', {
               set(account) { window.country = account?.defaultCountry; set.call(this, account); } });",
        )
        .await?;
        desk.control("link", "Settings").click().await?;
        desk.control("combobox", "Default country").tab_to().await?;
        desk.press("Germany").await?;
        desk.control("button", "Save").click().await?;
        until("the country to be saved", SOON, async || {
            let session = get(&desk, "/api/session").await?;
            Ok((session["country"] == "DE").then_some(()))
        })
        .await?;
        call_goes_on(&desk).await?;
        desk.end().await?;
        until("the dock to have the country", SOON, async || {
            Ok((desk.eval("return window.country").await? == "DE").then_some(()))
        })
        .await?;
        desk.button("Skip").click().await?;
        desk.status_becomes("Connected").await
    })
}
