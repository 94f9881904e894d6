//! The page as a screen reader is told of it: Chromium's own accessibility tree, through all shadow roots.

use crate::Result;
use crate::browser::Browser;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Runs axe-core over the page, through all open shadow roots, and fails with what it finds that keeps people out.
///
/// # Errors
/// A violation whose impact is serious or critical, with the elements it is about.
pub async fn no_serious_violation(browser: &Browser) -> Result<()> {
    let script = std::fs::read_to_string(ringdock_rigs::cache_dir().join("axe/axe.min.js"))?;
    browser.eval(&script).await?;
    let found = browser
        .eval(
            "return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
               .filter(({ impact }) => impact === 'serious' || impact === 'critical')
               .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
                 `${id}: ${target.flat().join(' ')}: ${failureSummary}`)))",
        )
        .await?;
    match found.as_array().map(Vec::as_slice) {
        Some([]) => Ok(()),
        Some(list) => {
            let lines: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            Err(lines.join("\n").into())
        }
        None => Err(format!("axe-core said {found}").into()),
    }
}

/// The tree at one moment.
pub struct Tree {
    nodes: Vec<Node>,
    by_id: HashMap<String, usize>,
}

/// One thing that a screen reader knows of.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its role, as in ARIA.
    pub role: String,
    /// Its accessible name.
    pub name: String,
    /// Its value, if it is a field.
    pub value: String,
    /// Its element, as the debugging protocol counts them.
    pub(crate) element: i64,
    ignored: bool,
    children: Vec<String>,
    properties: HashMap<String, String>,
}

impl Node {
    fn parse(value: &Value) -> Node {
        let text = |value: &Value| match &value["value"] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
        let properties = list("properties").into_iter().filter_map(|property| {
            Some((property["name"].as_str()?.to_owned(), text(&property["value"])))
        });
        let children = list("childIds").into_iter().filter_map(|id| Some(id.as_str()?.to_owned()));
        Node {
            role: text(&value["role"]),
            name: text(&value["name"]),
            value: text(&value["value"]),
            element: value["backendDOMNodeId"].as_i64().unwrap_or_default(),
            ignored: value["ignored"].as_bool().unwrap_or_default(),
            children: children.collect(),
            properties: properties.collect(),
        }
    }

    /// Whether it can be used right now.
    pub fn is_enabled(&self) -> bool {
        self.property("disabled") != Some("true")
    }

    /// Whether it is a button that is pressed in (`aria-pressed`); `None` if it is not of that kind.
    pub fn is_pressed(&self) -> Option<bool> {
        self.property("pressed").map(|pressed| pressed == "true")
    }

    /// Whether the keyboard goes to it.
    pub fn is_focused(&self) -> bool {
        self.property("focused") == Some("true")
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }
}

impl Tree {
    /// Reads the tree of a page.
    pub async fn read(browser: &Browser) -> Result<Tree> {
        let answer = browser.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let list = answer["nodes"].as_array().ok_or("the browser gave no accessibility tree")?;
        let mut nodes = Vec::with_capacity(list.len());
        let mut by_id = HashMap::with_capacity(list.len());
        for value in list {
            by_id.insert(value["nodeId"].as_str().unwrap_or_default().to_owned(), nodes.len());
            nodes.push(Node::parse(value));
        }
        Ok(Tree { nodes, by_id })
    }

    /// The topmost node: the page.
    pub fn root(&self) -> Option<&Node> {
        self.nodes.first()
    }

    /// All below `top`, from top to bottom, without those that no screen reader is told of.
    pub fn below<'a>(&'a self, top: &'a Node) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for id in &top.children {
            if let Some(child) = self.by_id.get(id).and_then(|index| self.nodes.get(*index)) {
                if !child.ignored {
                    found.push(child);
                }
                found.extend(self.below(child));
            }
        }
        found
    }

    /// The words below `top`, in the order of the page, with single blanks between them.
    pub fn text(&self, top: &Node) -> String {
        let words = self.below(top).into_iter().filter(|node| node.role == "StaticText");
        let words: Vec<&str> = words.flat_map(|node| node.name.split_whitespace()).collect();
        words.join(" ")
    }
}
