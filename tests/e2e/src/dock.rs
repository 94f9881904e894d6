//! The dock as an agent uses it: words, buttons, keys.

use crate::Result;
use crate::accessibility::Tree;
use crate::browser::Browser;
use crate::control::Control;
use crate::wait::{SOON, until};
use ringdock_rigs::Account;
use serde_json::{Value, json};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

const REGION: &str = "Softphone";

/// The dock in a browser's page.
#[derive(Clone)]
pub struct Dock {
    browser: Arc<Browser>,
}

impl Deref for Dock {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl Dock {
    /// The dock of the page that `browser` shows.
    pub fn new(browser: Arc<Browser>) -> Dock {
        Dock { browser }
    }

    /// Gives the dock another account, as its host page would.
    pub async fn set_account(&self, account: &Account) -> Result<()> {
        self.set_account_with(account, json!({})).await
    }

    /// The same with STUN servers (`stun:` URLs).
    pub async fn set_account_with_stun(&self, account: &Account, stun: &[String]) -> Result<()> {
        self.set_account_with(account, json!({ "stunServers": stun })).await
    }

    /// The same with further fields.
    pub async fn set_account_with(&self, account: &Account, more: Value) -> Result<()> {
        let value = json!({
            "identity": account.identity,
            "username": account.username,
            "password": account.password,
            "server": account.server,
            "displayName": account.display_name,
        });
        let script =
            "document.querySelector('ring-dock').account = { ...arguments[0], ...arguments[1] }";
        self.eval_with(script, vec![value, more]).await.map(drop)
    }

    /// A thing in the dock.
    pub fn part(&self, role: &'static str, name: &str) -> Control<'_> {
        Control::in_region(self, REGION, role, Some(name))
    }

    /// A button of the dock.
    pub fn button(&self, name: &str) -> Control<'_> {
        self.part("button", name)
    }

    /// The dock as a whole.
    pub fn region(&self) -> Control<'_> {
        self.control("region", REGION)
    }

    /// The field of the dial pad.
    pub fn number_field(&self) -> Control<'_> {
        self.part("textbox", "Phone number")
    }

    /// The clock of an answered call.
    pub fn timer(&self) -> Control<'_> {
        Control::in_region(self, REGION, "timer", None)
    }

    /// The banner.
    pub fn alert(&self) -> Control<'_> {
        Control::in_region(self, REGION, "alert", None)
    }

    /// Waits until the dock says this, anywhere in it.
    pub async fn says(&self, words: &str) -> Result<()> {
        self.says_within(words, SOON).await
    }

    /// The same with another limit.
    pub async fn says_within(&self, words: &str, limit: Duration) -> Result<()> {
        self.region().wait_text(words, limit).await
    }

    /// Waits until the dock no longer says this.
    pub async fn stops_saying(&self, words: &str) -> Result<()> {
        until(&format!("the dock to stop saying “{words}”"), SOON, async || {
            let text = self.region().text().await?;
            Ok((!text.contains(words)).then_some(()))
        })
        .await
    }

    /// Waits until the status dot's word is this one.
    pub async fn status_becomes(&self, word: &str) -> Result<()> {
        self.status_becomes_within(word, SOON).await
    }

    /// The same with another limit.
    pub async fn status_becomes_within(&self, word: &str, limit: Duration) -> Result<()> {
        until(&format!("the status “{word}”"), limit, async || {
            let now = self.status().await?;
            if now == word { Ok(Some(())) } else { Err(format!("it is “{now}”").into()) }
        })
        .await
    }

    /// The word at the status dot; empty if there is none.
    pub async fn status(&self) -> Result<String> {
        let tree = Tree::read(self).await?;
        let nodes = tree.root().map(|root| tree.below(root)).unwrap_or_default();
        let words = nodes.into_iter().filter(|node| node.role == "status").map(|n| tree.text(n));
        let known = ["Connected", "Connecting", "Disconnected"];
        Ok(words
            .filter_map(|text| text.split_whitespace().next().map(str::to_owned))
            .find(|word| known.contains(&word.as_str()))
            .unwrap_or_default())
    }

    /// Moves the mouse over the status dot and waits until its message says this.
    pub async fn status_explains(&self, words: &str) -> Result<()> {
        Control::in_region(self, REGION, "status", None).hover().await?;
        let message = Control::in_region(self, REGION, "tooltip", None);
        message.wait_text(words, SOON).await
    }

    /// Opens the dial pad, if it is not open.
    pub async fn open_dial_pad(&self) -> Result<()> {
        if self.number_field().look().await?.is_none() {
            self.button("Dial pad").click().await?;
        }
        self.number_field().wait().await.map(drop)
    }

    /// Dials by hand: types the number and clicks **Call**.
    pub async fn dial(&self, number: &str) -> Result<()> {
        self.open_dial_pad().await?;
        self.number_field().fill(number).await?;
        self.button("Call").click().await
    }

    /// The same where the CRM offers what fits: its field is a combobox.
    pub async fn dial_with_suggestions(&self, number: &str) -> Result<()> {
        self.button("Dial pad").click().await?;
        self.part("combobox", "Phone number").fill(number).await?;
        self.button("Call").click().await
    }

    /// Waits until the call is answered and its clock runs.
    pub async fn is_in_a_call(&self) -> Result<()> {
        self.timer().wait().await.map(drop)
    }

    /// Clicks **End** and waits until the call is over.
    pub async fn end(&self) -> Result<()> {
        self.button("End").click().await?;
        self.button("End").wait_gone().await
    }

    /// What the page has open: peer connections, microphones, WebSockets.
    pub async fn open_things(&self) -> Result<Value> {
        self.eval("return window.ringdockObserver.open()").await
    }

    /// Calls the echo, hears the own tone of `frequency` Hz come back, and ends the call: the phone works.
    pub async fn can_call(&self, frequency: u32) -> Result<()> {
        self.dial("600").await?;
        self.is_in_a_call().await?;
        self.hears(frequency).await?;
        self.end().await
    }
}
