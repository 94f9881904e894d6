//! From the navigation to the workspace's first page to the green dot, in a browser that has seen neither before.

use crate::section::{Section, Target};
use crate::statistics::{median, p95};
use ringdock_e2e::Result;
use ringdock_e2e::browser::{Browser, Microphone};
use ringdock_e2e::stage::TONE;
use ringdock_rigs::Account;
use ringdock_rigs::crm::{self, Crm};
use serde_json::{Map, Value, json};
use std::fmt;

/// What it may take, in milliseconds.
const LIMIT: f64 = 1500.0;

/// Visits, if nobody says how many.
pub const ROUNDS: usize = 9;

/// What happens on the way: a name, and what the page is asked for its time.
const STEPS: [(&str, &str); 6] = [
    ("workspace loaded", "loaded('/ringdock-workspace_bg.wasm')"),
    ("dock loaded", "loaded('/dock/ringdock_bg.wasm')"),
    ("session known", "loaded('/api/session')"),
    ("line known", "loaded('/api/line')"),
    ("registered", "time('registered')"),
    ("dot green", "green"),
];

/// Milliseconds since the navigation: the times of each step, in the order of [`STEPS`].
pub struct Workspace(Vec<Vec<f64>>);

/// Measures: each visit is a new browser with an empty profile, in which an agent has signed in.
pub async fn measure(lines: &[Account], rounds: usize) -> Result<Workspace> {
    let site = ringdock_rigs::site_dir();
    let server = Crm::start(&crm::Options { port: 0, site, lines: lines.to_vec() })?;
    let mut times = vec![Vec::new(); STEPS.len()];
    // The first round warms up the server and the system's caches, and counts for nothing.
    for round in 0..=rounds {
        eprintln!("workspace: round {round} of {rounds}");
        let visit = visit(&server).await?;
        if round > 0 {
            times.iter_mut().zip(visit).for_each(|(times, time)| times.push(time));
        }
    }
    Ok(Workspace(times))
}

async fn visit(server: &Crm) -> Result<Vec<f64>> {
    let browser = Browser::start_unobserved(Microphone::Allowed(TONE)).await?;
    browser.allow_microphone().await?;
    // A page of the same origin that has none of the workspace's files.
    browser.open(&format!("{}/api/sign-in", server.url())).await?;
    let headers = json!({ "content-type": "application/json", "x-ringdock": "1" });
    let request = json!({ "method": "POST", "headers": headers, "body": r#"{"login":"anna"}"# });
    let sign_in = "return fetch('/api/session/demo', arguments[0]).then(({ status }) => status)";
    let status = browser.eval_with(sign_in, vec![request]).await?;
    if status != 200 {
        return Err(format!("the agent could not sign in: {status}").into());
    }
    let probe = include_str!("probe.js");
    let source = format!("window.benchmark = {{ account: {{}} }};\n{probe}");
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    browser.open(&server.url()).await?;
    let steps = STEPS.map(|(_, question)| format!("window.benchmark.{question}")).join(", ");
    let ask = format!("return window.benchmark.green.then(() => Promise.all([{steps}]))");
    let times = browser.eval(&ask).await?;
    let times: Vec<f64> =
        times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    if times.len() != STEPS.len() {
        return Err(format!("the probe answered {times:?}").into());
    }
    Ok(times)
}

impl Workspace {
    fn green(&self) -> f64 {
        self.0.last().map_or(0.0, |times| p95(times))
    }
}

impl Section for Workspace {
    fn json(&self) -> Map<String, Value> {
        let figures = STEPS.iter().zip(&self.0).map(|((name, _), times)| {
            let figures = json!({ "median": median(times), "p95": p95(times), "samples": times });
            ((*name).to_owned(), figures)
        });
        Map::from_iter([("workspace".to_owned(), Value::Object(figures.collect()))])
    }

    fn targets(&self) -> Vec<Target> {
        let green = self.green();
        let sentence =
            format!("first workspace page to green dot: {green:.0} ms (p95), at most {LIMIT}");
        vec![Target { sentence, holds: green <= LIMIT }]
    }
}

impl fmt::Display for Workspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = "first page of the workspace, milliseconds";
        writeln!(f, "{title:45} {:>9} {:>9} {:>10}", "median", "p95", "visits")?;
        for ((name, _), times) in STEPS.iter().zip(&self.0) {
            let (median, p95, count) = (median(times), p95(times), times.len());
            writeln!(f, "{name:45} {median:>9.1} {p95:>9.1} {count:>10}")?;
        }
        Ok(())
    }
}
