//! The dock with a CRM behind it: a server with the demo company, and a page that its agents sign in on.

use crate::Result;
use crate::browser::Microphone;
use crate::dock::Dock;
use crate::stage::{Stage, TONE};
use crate::wait::{SOON, until};
use ringdock_rigs::crm::{Crm as Server, Options};
use serde_json::Value;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

/// A running server; it ends with the value.
pub struct Crm {
    /// The server.
    pub server: Server,
    _folder: TempDir,
}

impl Crm {
    /// Starts a server that serves the built dock. Its first agent, Anna Moor, has the line 1001; the second, Ben Okoro,
    /// has 1002.
    pub fn start(stage: &Stage) -> Result<Crm> {
        let folder = tempfile::tempdir()?;
        let site = folder.path().join("site");
        std::fs::create_dir(&site)?;
        for file in std::fs::read_dir(ringdock_rigs::dist_dir())? {
            let file = file?;
            if file.file_name() != "index.html" {
                symlink(file.path().canonicalize()?, site.join(file.file_name()))?;
            }
        }
        std::fs::write(site.join("index.html"), include_str!("../pages/crm.html"))?;
        std::fs::write(site.join("crm.js"), include_str!("../pages/crm.js"))?;
        let server =
            Server::start(&Options { port: 0, site, lines: stage.asterisk.accounts().to_vec() })?;
        Ok(Crm { server, _folder: folder })
    }

    /// From now on the PBX tells it of calls that come in and go out, and asks it what to present.
    pub async fn listen_to(&self, stage: &Stage) -> Result<()> {
        let hooks = self.server.hooks()?;
        Ok(stage.asterisk.tell_crm([&hooks[0], &hooks[1], &hooks[2]]).await?)
    }

    /// The page on which this user is signed in.
    pub fn page(&self, login: &str) -> String {
        format!("{}/?as={login}", self.server.url())
    }

    /// A window in which this user is signed in and whose line is ready, with the CRM's side joined.
    pub async fn window(&self, stage: &Stage, login: &str) -> Result<Dock> {
        let dock = stage.open(&self.page(login), Microphone::Allowed(TONE)).await?;
        dock.status_becomes("Connected").await?;
        is_joined(&dock).await?;
        Ok(dock)
    }
}

/// Waits until the CRM's side has joined the dock and the server knows that the agent is there.
pub async fn is_joined(dock: &Dock) -> Result<()> {
    until("the CRM's side", SOON, async || {
        let agents = get(dock, "/api/agents").await?;
        let me = get(dock, "/api/session").await?["user"].clone();
        let all = agents["items"].as_array().cloned().unwrap_or_default();
        Ok(all.iter().any(|agent| agent["user"] == me).then_some(()))
    })
    .await
}

/// What the server says to whoever is signed in on this page.
pub async fn get(dock: &Dock, path: &str) -> Result<Value> {
    let script = "return fetch(arguments[0]).then((answer) => answer.json())";
    dock.eval_with(script, vec![path.into()]).await
}

/// What the server answers to whoever is signed in on this page. It must not be a refusal.
pub async fn send(dock: &Dock, method: &str, path: &str, body: &Value) -> Result<Value> {
    let script = "const [method, path, body] = arguments;
        const headers = { 'content-type': 'application/json', 'x-ringdock': '1' };
        return fetch(path, { method, headers, body: JSON.stringify(body) })
          .then(async (answer) => ({ ok: answer.ok, said: await answer.json() }))";
    let answer = dock.eval_with(script, vec![method.into(), path.into(), body.clone()]).await?;
    match answer["ok"] == true {
        true => Ok(answer["said"].clone()),
        false => Err(format!("{method} {path}: {}", answer["said"]).into()),
    }
}

/// The record of this title; there must be one.
pub async fn record(dock: &Dock, title: &str) -> Result<Value> {
    let search = title.replace(' ', "%20");
    let page = get(dock, &format!("/api/records?search={search}")).await?;
    let all = page["items"].as_array().cloned().unwrap_or_default();
    let found = all.into_iter().find(|record| record["title"] == title);
    found.ok_or_else(|| format!("there is no record {title}").into())
}

/// The newest call on the timeline of the record of this title, once it fits.
pub async fn call_on_timeline(
    dock: &Dock,
    title: &str,
    fits: impl Fn(&Value) -> bool,
) -> Result<Value> {
    let id = record(dock, title).await?["id"].to_string();
    until(&format!("the call on the timeline of {title}"), SOON, async || {
        let page = get(dock, &format!("/api/records/{id}/timeline")).await?;
        let all = page["items"].as_array().cloned().unwrap_or_default();
        Ok(all.into_iter().map(|entry| entry["what"]["call"].clone()).find(&fits))
    })
    .await
}
