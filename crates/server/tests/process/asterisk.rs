//! A real Asterisk tells of its calls by the documented dialplan.

use std::time::{Duration, Instant};

use ringdock_rigs::asterisk::{Asterisk, Caller, FarEnd, Options};
use serde_json::{Value, json};

use crate::program::{Client, Folder, Program};

const LIMIT: Duration = Duration::from_secs(20);
const CALLER: &str = "+442079460958";

/// A server and an Asterisk that tells it of its calls; the administrator, whose extension is 1009.
async fn start(folder: &Folder) -> (Program, Asterisk, Client) {
    let program = Program::start(folder, &folder.path().join("crm.db").display().to_string());
    let admin = program.client("admin").await;
    let account = json!({ "owner": 3, "username": "1009", "identity": "1009@127.0.0.1", "password": "x", "server": "127.0.0.1" });
    assert_eq!(admin.post("/api/voip-accounts", &account).await.0, 201);
    let asterisk = Asterisk::start(Options::default()).await.unwrap();
    let hooks = admin.get("/api/pbx-webhooks").await;
    let hook = |kind: &str| format!("{}{}", program.url, hooks[kind].as_str().unwrap());
    asterisk.tell_crm([&hook("inbound"), &hook("outbound"), &hook("log")]).await.unwrap();
    (program, asterisk, admin)
}

/// Waits for the one new call with that number to be so.
async fn call(admin: &Client, number: &str, since: i64, is_so: impl Fn(&Value) -> bool) -> Value {
    let path = format!("/api/calls?number={}&since={since}", number.replace('+', "%2B"));
    let deadline = Instant::now() + LIMIT;
    loop {
        let page = admin.get(&path).await;
        let calls = page["items"].as_array().unwrap();
        assert!(calls.len() < 2, "a call is one record: {page}");
        if let Some(call) = calls.first().filter(|call| is_so(call)) {
            return call.clone();
        }
        assert!(Instant::now() < deadline, "{page}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asterisk_and_the_dock_tell_of_a_call_is_one_record() {
    let folder = Folder::new();
    let (_program, asterisk, admin) = start(&folder).await;
    let began = now() / 1000 * 1000;
    let mut log = asterisk.follow();
    let caller = Caller { name: "Smile Dental", number: CALLER };
    asterisk.call_in("1009", &caller, FarEnd::Tone).await.unwrap();
    let line = log.wait_for("sip-call-id=", LIMIT).await.unwrap();
    let sip = line.split("sip-call-id=").nth(1).unwrap().trim().to_owned();
    call(&admin, CALLER, began, |call| call["outcome"] == "ringing").await;
    // What the dock of extension 1009 would report of this SIP call.
    let report = json!({
        "channel": "pbx", "call_id": sip, "direction": "incoming", "from": CALLER, "to": "1009",
        "outcome": "answered", "started_at": began, "answered_at": now(),
    });
    assert_eq!(admin.post("/api/calls", &report).await.0, 200);
    let live = call(&admin, CALLER, began, |call| call["outcome"] == "answered").await;
    assert!(live["ended_at"].is_null() && live["agent"]["id"] == 3, "{live}");
    asterisk.hang_up_all().await.unwrap();
    let over = call(&admin, CALLER, began, |call| call["ended_at"].is_i64()).await;
    let names: Vec<&str> =
        over["call_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert!(names.len() == 2 && names.contains(&sip.as_str()), "{names:?}");
    assert_eq!(
        (&over["id"], &over["outcome"], &over["to"]),
        (&live["id"], &json!("answered"), &json!("1009"))
    );
    assert_eq!(over["records"].as_array().unwrap().len(), 3, "{over}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_no_dock_was_there_for_is_told_by_asterisk_alone() {
    let folder = Folder::new();
    let (_program, asterisk, admin) = start(&folder).await;
    let began = now() / 1000 * 1000;
    let caller = Caller { name: "Smile Dental", number: CALLER };
    // Nobody is registered as 1001.
    asterisk.call_in("1001", &caller, FarEnd::Tone).await.unwrap();
    let missed = call(&admin, CALLER, began, |call| call["ended_at"].is_i64()).await;
    assert_eq!((&missed["outcome"], &missed["direction"]), (&json!("failed"), &json!("incoming")));
    let out = "+442079460111";
    asterisk
        .cli(&format!("channel originate Local/{out}@phones extension tone@far"))
        .await
        .unwrap();
    call(&admin, out, began, |call| call["direction"] == "outgoing").await;
    // It rings for a second before it is answered.
    let deadline = Instant::now() + LIMIT;
    while !asterisk.cli("core show channels").await.unwrap().contains("Echo") {
        assert!(Instant::now() < deadline, "the call is not answered");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    asterisk.hang_up_all().await.unwrap();
    let over = call(&admin, out, began, |call| call["ended_at"].is_i64()).await;
    assert_eq!(over["outcome"], "answered", "{over}");
}
