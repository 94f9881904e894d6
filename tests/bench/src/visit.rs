//! One visit to a contender's page: it registers, makes a call, takes a call.

use crate::contender::{CONTENDERS, Contender, DOCK};
use ringdock_e2e::Result;
use ringdock_e2e::browser::{Browser, Microphone};
use ringdock_e2e::stage::{DANA, TONE};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::Account;
use ringdock_rigs::asterisk::{Asterisk, FarEnd};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::timeout;

/// How long a person looks at what has come up (a page that is ready, a call that rings) before clicking on it.
/// What a phone prepares in that time is ready then, as it is for a person.
const REACTION: Duration = Duration::from_secs(1);

const EMPTY: &str = "about:blank";

/// What the probe promises happens within this time, or never. JsSIP waits 40 s for a dead STUN server.
const PATIENCE: Duration = Duration::from_secs(60);

const CALL_BUTTON: &str = "(() => {
  const button = [...document.querySelectorAll('button')].find((it) => it.textContent === 'Call 600');
  const { x, y, width, height } = button.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})()";

/// What was measured in one visit, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// From the start of the navigation to the 200 that confirms the registration.
    pub registered: f64,
    /// From the click on the number to the INVITE that leaves.
    pub click_to_invite: f64,
    /// From the click on the number to the 200 of the call.
    pub click_to_connected: f64,
    /// From the click on the number to the first packet of the other side's audio.
    pub click_to_audio: f64,
    /// From the click on Answer to the first packet of the caller's audio.
    pub answer_to_audio: f64,
}

/// What a page holds after a collection of garbage.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// Bytes of the script's heap and of its buffers.
    pub heap: f64,
    /// Bytes of the memory of WebAssembly programs.
    pub memory: u64,
    /// Peer connections that are not closed.
    pub peers: u64,
    /// Tracks of microphones that run.
    pub microphones: u64,
    /// WebSockets that are not closed.
    pub sockets: u64,
}

/// The browser and the PBX that all contenders share.
pub struct Bench {
    browser: Browser,
    asterisk: Asterisk,
    site: String,
}

impl Bench {
    /// Starts the browser; `account` is the line of every page.
    pub async fn start(asterisk: Asterisk, account: &Account, site: String) -> Result<Bench> {
        let browser = Browser::start_unobserved(Microphone::Allowed(TONE)).await?;
        // The agent has allowed the microphone long ago.
        browser.allow_microphone().await?;
        let probe = include_str!("probe.js");
        let account = serde_json::to_string(account)?;
        let source = format!("window.benchmark = {{ account: {account} }};\n{probe}");
        let script = json!({ "source": source });
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", script).await?;
        Ok(Bench { browser, asterisk, site })
    }

    /// The browser's name and version.
    pub async fn browser_version(&self) -> Result<String> {
        let version = self.browser.cdp("Browser.getVersion", json!({})).await?;
        Ok(version["product"].as_str().unwrap_or_default().to_owned())
    }

    /// The PBX's name and version.
    pub async fn asterisk_version(&self) -> Result<String> {
        let text = self.asterisk.cli("core show version").await?;
        Ok(text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
    }

    /// A whole visit; also gives the files that the page loaded.
    pub async fn visit(&self, contender: &Contender) -> Result<(Times, BTreeSet<String>)> {
        let visited = self.try_visit(contender).await;
        visited.map_err(|error| format!("{}: {error}", contender.name).into())
    }

    async fn try_visit(&self, contender: &Contender) -> Result<(Times, BTreeSet<String>)> {
        // The end of the last page is not at the next one's expense.
        self.browser.open(EMPTY).await?;
        self.no_calls_left().await?;
        self.browser.open(&format!("{}/{}", self.site, contender.page)).await?;
        let registered = self.ask("time('registered')").await?;
        let registered = registered.as_f64().ok_or("no time of the registration")?;

        tokio::time::sleep(REACTION).await;
        self.browser.control("button", "Call 600").click().await?;
        let call = self.ask("sinceClick('invited', 'connected', 'heard')").await?;
        let [click_to_invite, click_to_connected, click_to_audio] = numbers(&call)?;
        self.end_call().await?;

        self.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        self.ask("time('ringing')").await?;
        tokio::time::sleep(REACTION).await;
        self.browser.control("button", "Answer").click().await?;
        let [answer_to_audio] = numbers(&self.ask("sinceClick('heard')").await?)?;
        let files = self.ask("files()").await?;
        self.end_call().await?;

        let times = Times {
            registered,
            click_to_invite,
            click_to_connected,
            click_to_audio,
            answer_to_audio,
        };
        let files = files.as_array().into_iter().flatten();
        Ok((times, files.filter_map(|name| Some(name.as_str()?.to_owned())).collect()))
    }

    /// From a click on the number to the INVITE, with a STUN server; in milliseconds.
    pub async fn call_with_stun(&self, contender: &Contender, stun: &str) -> Result<f64> {
        self.load(&format!("{}?stun={stun}", contender.page)).await?;
        tokio::time::sleep(REACTION).await;
        self.browser.control("button", "Call 600").click().await?;
        let [invited] = numbers(&self.ask("sinceClick('invited')").await?)?;
        self.ask("time('connected')").await?;
        self.end_call().await?;
        Ok(invited)
    }

    /// Times all parsers side by side: microseconds for a message.
    pub async fn parse(&self, message: &str, rounds: u32, in_a_row: u32) -> Result<Value> {
        self.browser.open(&format!("{}/parsing.html", self.site)).await?;
        until("the parsers", SOON, async || {
            let ready = self.browser.eval("return window.readyToParse === true").await?;
            Ok((ready == true).then_some(()))
        })
        .await?;
        let script = "return measureParsing(arguments[0], arguments[1], arguments[2])";
        self.browser.eval_with(script, vec![json!(message), json!(rounds), json!(in_a_row)]).await
    }

    /// The port of SIP over WebSocket.
    pub fn asterisk_port(&self) -> u16 {
        self.asterisk.port()
    }

    /// The dock's page, with its line at another address.
    pub async fn register_through(&self, server: &str) -> Result<()> {
        self.load(&format!("{}?server={server}", CONTENDERS[DOCK].page)).await
    }

    /// A contender's page, ready for calls.
    pub async fn open(&self, contender: &Contender) -> Result<()> {
        self.load(contender.page).await?;
        tokio::time::sleep(REACTION).await;
        Ok(())
    }

    /// The lines of the PBX.
    pub fn lines(&self) -> &[Account] {
        self.asterisk.accounts()
    }

    /// Does something to the line; gives the milliseconds from what the page noticed of it to its registration.
    pub async fn registered_after(
        &self,
        noticed: &str,
        act: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<f64> {
        self.ask("forget()").await?;
        act().await?;
        let [span] = numbers(&self.ask(&format!("since('{noticed}', 'registered')")).await?)?;
        Ok(span)
    }

    /// Tells the browser that there is no network, or that there is one again, and with it the page.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.browser.cdp("Network.enable", json!({})).await?;
        self.browser.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// Where the button is that calls. Chromium's accessibility tree, which controls are found in else, would stay.
    pub async fn call_button(&self) -> Result<(i64, i64)> {
        let [x, y] = numbers(&self.value(CALL_BUTTON).await?)?;
        Ok((x as i64, y as i64))
    }

    /// A call from the click on its button to its end; gives the milliseconds from the click to the 200. The mouse is the
    /// browser's own: WebDriver's asks the page for its size at each click, and leaves the answer behind.
    pub async fn one_call(&self, (x, y): (i64, i64)) -> Result<f64> {
        for event in ["mousePressed", "mouseReleased"] {
            let mouse = json!({ "type": event, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.browser.cdp("Input.dispatchMouseEvent", mouse).await?;
        }
        let [connected] = numbers(&self.ask("sinceClick('connected')").await?)?;
        self.end_call().await?;
        Ok(connected)
    }

    /// What the page holds, after a collection of garbage.
    pub async fn held(&self) -> Result<Held> {
        // The second one takes what the first one set free.
        for _ in 0..2 {
            self.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let usage = self.browser.cdp("Runtime.getHeapUsage", json!({})).await?;
        let open = self.ask("open()").await?;
        let count = |what: &str| open[what].as_u64().ok_or(format!("the probe says {open}"));
        let bytes = |what: &str| usage[what].as_f64().unwrap_or_default();
        Ok(Held {
            heap: bytes("usedSize") + bytes("backingStorageSize"),
            memory: count("memory")?,
            peers: count("peers")?,
            microphones: count("microphones")?,
            sockets: count("sockets")?,
        })
    }

    /// Opens a page and waits until it is registered.
    async fn load(&self, page: &str) -> Result<()> {
        self.browser.open(EMPTY).await?;
        self.no_calls_left().await?;
        self.browser.open(&format!("{}/{page}", self.site)).await?;
        self.ask("time('registered')").await.map(drop)
    }

    /// The far end hangs up.
    async fn end_call(&self) -> Result<()> {
        self.asterisk.hang_up_all().await?;
        self.ask("time('ended')").await?;
        self.no_calls_left().await?;
        self.ask("forget()").await.map(drop)
    }

    async fn no_calls_left(&self) -> Result<()> {
        until("Asterisk's calls to end", Duration::from_secs(15), async || {
            Ok((self.asterisk.channels().await? == 0).then_some(()))
        })
        .await
    }

    /// Asks the probe, and waits for what it promises.
    async fn ask(&self, question: &str) -> Result<Value> {
        self.value(&format!("window.benchmark.{question}")).await
    }

    /// The value of an expression in the page. A script of WebDriver would do, but leaves each answer behind in the page.
    async fn value(&self, expression: &str) -> Result<Value> {
        let script =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = timeout(PATIENCE, self.browser.cdp("Runtime.evaluate", script)).await;
        let answer = answer.map_err(|_| format!("{expression}: no answer within {PATIENCE:?}"))?;
        let mut answer = answer.map_err(|error| format!("{expression}: {error}"))?;
        match answer.get("exceptionDetails") {
            Some(thrown) => Err(format!("{expression}: {thrown}").into()),
            None => Ok(answer["result"]["value"].take()),
        }
    }
}

fn numbers<const N: usize>(value: &Value) -> Result<[f64; N]> {
    let numbers: Vec<f64> =
        value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    numbers.try_into().map_err(|_| format!("the probe answered {value}").into())
}
