//! Things on the screen, found by role and accessible name, and used with mouse and keys.

use crate::accessibility::{Node, Tree};
use crate::browser::Browser;
use crate::wait::{SOON, throughout, until};
use crate::{Error, Result};
use serde_json::{Value, json};
use std::fmt;
use std::time::Duration;

/// The key Ctrl, as WebDriver writes it.
const CONTROL: char = '\u{e009}';

/// The key Shift.
const SHIFT: char = '\u{e008}';

/// The key Tab.
const TAB: char = '\u{e004}';

/// More things than a page of the tests has for the keyboard.
const TABS: u32 = 60;

/// A thing on the screen, wherever it is right now. It is looked for again at each use.
#[derive(Clone)]
pub struct Control<'a> {
    browser: &'a Browser,
    role: &'static str,
    name: Option<String>,
    region: Option<&'static str>,
}

impl Browser {
    /// The thing of this role and exactly this name, anywhere in the page.
    pub fn control(&self, role: &'static str, name: &str) -> Control<'_> {
        Control { browser: self, role, name: Some(name.to_owned()), region: None }
    }
}

impl<'a> Control<'a> {
    /// The thing inside the region of this name; `name` is `None` if there is only one of its role.
    pub fn in_region(
        browser: &'a Browser,
        region: &'static str,
        role: &'static str,
        name: Option<&str>,
    ) -> Control<'a> {
        Control { browser, role, name: name.map(str::to_owned), region: Some(region) }
    }

    /// What a screen reader is told of it now; `None` if it is not there.
    pub async fn look(&self) -> Result<Option<Node>> {
        let tree = Tree::read(self.browser).await?;
        Ok(self.pick(&tree)?.cloned())
    }

    /// The words in it now; empty if it is not there.
    pub async fn text(&self) -> Result<String> {
        let tree = Tree::read(self.browser).await?;
        Ok(self.pick(&tree)?.map(|node| tree.text(node)).unwrap_or_default())
    }

    fn pick<'t>(&self, tree: &'t Tree) -> Result<Option<&'t Node>> {
        let Some(root) = tree.root() else { return Ok(None) };
        let top = match self.region {
            None => Some(root),
            Some(name) => one(tree.below(root), name, |n| n.role == "region" && n.name == name)?,
        };
        let Some(top) = top else { return Ok(None) };
        one(tree.below(top), self, |node| {
            node.role == self.role && self.name.as_ref().is_none_or(|name| *name == node.name)
        })
    }

    /// Waits until it is there.
    pub async fn wait(&self) -> Result<Node> {
        until(&self.to_string(), SOON, async || self.look().await).await
    }

    /// Waits until it is there and can be used.
    pub async fn wait_enabled(&self) -> Result<Node> {
        until(&format!("{self} to be enabled"), SOON, async || {
            Ok(self.look().await?.filter(Node::is_enabled))
        })
        .await
    }

    /// Waits until it is there and cannot be used.
    pub async fn wait_disabled(&self) -> Result<Node> {
        until(&format!("{self} to be disabled"), SOON, async || {
            Ok(self.look().await?.filter(|node| !node.is_enabled()))
        })
        .await
    }

    /// Waits until its words contain `part`.
    pub async fn wait_text(&self, part: &str, limit: Duration) -> Result<()> {
        let mut last = String::new();
        let what = format!("{self} to say “{part}”");
        let waited = until(&what, limit, async || {
            last = self.text().await?;
            Ok(last.contains(part).then_some(()))
        });
        waited.await.map_err(|error| format!("{error}; it says “{last}”").into())
    }

    /// Waits until it is pressed in, or not.
    pub async fn wait_pressed(&self, pressed: bool) -> Result<()> {
        until(&format!("{self} to be pressed: {pressed}"), SOON, async || {
            let now = self.look().await?.and_then(|node| node.is_pressed());
            Ok((now == Some(pressed)).then_some(()))
        })
        .await
    }

    /// Waits until its value is this.
    pub async fn wait_value(&self, value: &str) -> Result<()> {
        let mut last = None;
        let what = format!("{self} to hold “{value}”");
        let waited = until(&what, SOON, async || {
            last = self.look().await?.map(|node| node.value);
            Ok((last.as_deref() == Some(value)).then_some(()))
        });
        waited.await.map_err(|error| format!("{error}; it holds {last:?}").into())
    }

    /// Waits until it is not there.
    pub async fn wait_gone(&self) -> Result<()> {
        self.wait_gone_within(SOON).await
    }

    /// The same with another limit.
    pub async fn wait_gone_within(&self, limit: Duration) -> Result<()> {
        until(&format!("{self} to go"), limit, async || {
            Ok(self.look().await?.is_none().then_some(()))
        })
        .await
    }

    /// Makes sure that it is not there for the whole of `span`.
    pub async fn stays_away(&self, span: Duration) -> Result<()> {
        throughout(&format!("{self} stays away"), span, async || Ok(self.look().await?.is_none()))
            .await
    }

    /// Clicks in the middle of it with the mouse, once it is enabled, at rest, and not covered.
    pub async fn click(&self) -> Result<()> {
        let (x, y) = self.middle().await?;
        self.browser.click_at(x, y).await
    }

    /// Moves the mouse over it.
    pub async fn hover(&self) -> Result<()> {
        let (x, y) = self.middle().await?;
        self.browser.point_at(x, y).await
    }

    /// Presses Tab until the keyboard is on it.
    pub async fn tab_to(&self) -> Result<()> {
        self.reach(async || self.browser.press(TAB.encode_utf8(&mut [0; 4])).await).await
    }

    /// Presses Shift+Tab until the keyboard is on it.
    pub async fn tab_back_to(&self) -> Result<()> {
        self.reach(async || self.browser.press_with(SHIFT, TAB).await).await
    }

    async fn reach(&self, step: impl AsyncFn() -> Result<()>) -> Result<()> {
        self.wait_enabled().await?;
        for _ in 0..TABS {
            if self.look().await?.is_some_and(|node| node.is_focused()) {
                return Ok(());
            }
            step().await?;
        }
        Err(format!("Tab does not lead to {self}").into())
    }

    /// The point in the middle of it, in the window, once a mouse would hit it there.
    pub async fn middle(&self) -> Result<(i64, i64)> {
        until(&format!("{self} to be clickable"), SOON, async || {
            let Some(node) = self.look().await?.filter(Node::is_enabled) else { return Ok(None) };
            self.point(&node).await
        })
        .await
    }

    /// Clicks it and types this in the place of what is in it.
    pub async fn fill(&self, text: &str) -> Result<()> {
        self.click().await?;
        self.browser.press_with(CONTROL, 'a').await?;
        self.browser.press(text).await
    }

    /// The middle of its element in the window, if that is where a mouse would hit it.
    async fn point(&self, node: &Node) -> Result<Option<(i64, i64)>> {
        let element = json!({ "backendNodeId": node.element });
        let object = self.browser.cdp("DOM.resolveNode", element).await?;
        let call = json!({
            "objectId": object["object"]["objectId"],
            "functionDeclaration": HIT,
            "awaitPromise": true,
            "returnByValue": true,
        });
        let answer = self.browser.cdp("Runtime.callFunctionOn", call).await?;
        // Else the page would have to keep it for ever.
        let object = json!({ "objectId": object["object"]["objectId"] });
        self.browser.cdp("Runtime.releaseObject", object).await?;
        let point = &answer["result"]["value"];
        Ok(point["x"].as_i64().zip(point["y"].as_i64()))
    }
}

/// Scrolls the element into view and gives its middle once it has not moved for two frames and nothing
/// is in front of it; else null.
const HIT: &str = r"async function () {
  const element = this.nodeType === Node.TEXT_NODE ? this.parentElement : this;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const before = element.getBoundingClientRect();
  await frame(); await frame();
  const box = element.getBoundingClientRect();
  if (before.x !== box.x || before.y !== box.y) return null;
  const x = Math.round(box.x + box.width / 2), y = Math.round(box.y + box.height / 2);
  const hit = element.getRootNode().elementFromPoint(x, y);
  return hit && (element === hit || element.contains(hit)) ? { x, y } : null;
}";

fn one(
    nodes: Vec<&Node>,
    what: impl fmt::Display,
    wanted: impl Fn(&Node) -> bool,
) -> Result<Option<&Node>> {
    let mut found = nodes.into_iter().filter(|node| wanted(node));
    let first = found.next();
    match found.next() {
        None => Ok(first),
        Some(_) => Err(Error::from(format!("there is more than one {what}"))),
    }
}

impl fmt::Display for Control<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {}", self.role)?;
        match &self.name {
            Some(name) => write!(f, " “{name}”"),
            None => Ok(()),
        }
    }
}

/// Reads one property of the page, for tests of what a page keeps.
pub async fn page_value(browser: &Browser, expression: &str) -> Result<Value> {
    browser.eval(&format!("return {expression}")).await
}
