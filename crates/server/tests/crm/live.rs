//! Presence and live events.

use axum::{body::Body, http::Request};
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{
    calls::{ended, report, ringing},
    harness::{Client, Crm, on_both},
};

on_both!(
    agents_come_and_go,
    an_agent_who_falls_silent_is_gone,
    an_agent_is_there_as_long_as_a_page_of_theirs,
    pages_that_share_a_stream_go_with_it,
    a_call_is_told_to_those_who_see_it,
    changes_of_records_are_told,
    changes_of_types_are_told_to_everyone,
    a_new_line_is_told_to_its_owner,
    a_stream_ends_with_its_session,
    a_stream_ends_with_the_right_to_it,
);

pub type Events = std::pin::Pin<Box<dyn Stream<Item = Value> + Send>>;

/// The events that a page of this user hears from now on.
pub async fn listen(client: &Client) -> Events {
    listen_at(client, "/api/events").await
}

async fn listen_at(client: &Client, path: &str) -> Events {
    let mut request = Request::builder().uri(path);
    for (name, value) in &client.headers {
        request = request.header(name, value);
    }
    let response =
        client.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    let parts = response.into_body().into_data_stream();
    let events = parts.flat_map(move |part| {
        text += std::str::from_utf8(&part.unwrap()).unwrap();
        let mut events = Vec::new();
        while let Some((event, rest)) = text.split_once("\n\n") {
            let data = event.lines().find_map(|line| line.strip_prefix("data: "));
            events.extend(data.map(|data| serde_json::from_str(data).unwrap()));
            text = rest.to_owned();
        }
        futures_util::stream::iter(events)
    });
    let mut events: Events = Box::pin(events);
    assert_eq!(next(&mut events).await, json!({ "event": "ready" }));
    events
}

pub async fn next(events: &mut Events) -> Value {
    let next = tokio::time::timeout(std::time::Duration::from_secs(10), events.next());
    next.await.expect("an event within 10 s").expect("the stream goes on")
}

async fn agents_come_and_go(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let mut events = listen(&anna).await;
    assert_eq!(ben.post("/api/presence", &json!({ "state": "idle" })).await.status, 204);
    let came = next(&mut events).await;
    assert_eq!((&came["event"], &came["agent"]["state"]), (&json!("presence"), &json!("idle")));
    assert_eq!(
        (&came["agent"]["name"], &came["agent"]["extension"]),
        (&json!("Ben Okoro"), &json!("1002"))
    );
    let there = anna.get("/api/agents").await.ok();
    assert_eq!(there["items"], json!([came["agent"]]));
    // Saying the same again changes nothing; the next event is the call.
    ben.post("/api/presence", &json!({ "state": "idle" })).await;
    ben.post("/api/presence", &json!({ "state": "on_call", "call": "any" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "on_call");
    ben.post("/api/presence", &json!({ "state": "offline" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "offline");
    assert_eq!(anna.get("/api/agents").await.ok()["items"], json!([]));
    ben.post("/api/presence", &json!({ "state": "asleep" })).await.refused(400, "malformed", None);
}

async fn an_agent_who_falls_silent_is_gone(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let mut events = listen(&anna).await;
    ben.post("/api/presence", &json!({ "state": "idle" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "idle");
    let there = async || anna.get("/api/agents").await.ok()["items"].as_array().unwrap().len();
    crm.sql("UPDATE presence SET heard_at = heard_at - 60000").await;
    assert_eq!(there().await, 1, "a minute is no silence");
    crm.sql("UPDATE presence SET heard_at = heard_at - 16000").await;
    assert_eq!(there().await, 0);
    let background = ringdock_server::start_background(&crm.app);
    let gone = next(&mut events).await;
    assert_eq!(
        (&gone["agent"]["name"], &gone["agent"]["state"]),
        (&json!("Ben Okoro"), &json!("offline"))
    );
    crm.app.end_streams();
    for task in background {
        task.await.unwrap();
    }
}

async fn an_agent_is_there_as_long_as_a_page_of_theirs(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let mut events = listen(&anna).await;
    let one = listen_at(&ben, "/api/events?page=page-one").await;
    let two = listen_at(&ben, "/api/events?page=page-two").await;
    ben.post("/api/presence", &json!({ "state": "idle", "page": "page-one" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "idle");
    ben.post("/api/presence", &json!({ "state": "on_call", "page": "page-two" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "on_call");
    // The other page is free, the agent is not.
    ben.post("/api/presence", &json!({ "state": "idle", "page": "page-one" })).await;
    drop(two);
    assert_eq!(next(&mut events).await["agent"]["state"], "idle");
    drop(one);
    assert_eq!(next(&mut events).await["agent"]["state"], "offline");
    assert_eq!(anna.get("/api/agents").await.ok()["items"], json!([]));
    ben.get("/api/events?page=x").await.refused(422, "invalid", Some("page"));
    let wrong = json!({ "state": "idle", "page": "no page" });
    ben.post("/api/presence", &wrong).await.refused(422, "invalid", Some("page"));
}

async fn pages_that_share_a_stream_go_with_it(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let mut events = listen(&anna).await;
    let browser = listen_at(&ben, "/api/events?page=browser_1").await;
    let other = listen_at(&ben, "/api/events?page=browser-1").await;
    let say = async |page: &str, state: &str| {
        let report = json!({ "state": state, "page": page });
        assert_eq!(ben.post("/api/presence", &report).await.status, 204);
    };
    say("browser-1.page", "idle").await;
    assert_eq!(next(&mut events).await["agent"]["state"], "idle");
    say("browser_1.one", "idle").await;
    say("browser_1.two", "on_call").await;
    assert_eq!(next(&mut events).await["agent"]["state"], "on_call");
    // One page goes, its browser stays.
    say("browser_1.two", "offline").await;
    assert_eq!(next(&mut events).await["agent"]["state"], "idle");
    say("browser_1.one", "on_call").await;
    assert_eq!(next(&mut events).await["agent"]["state"], "on_call");
    drop(browser);
    assert_eq!(next(&mut events).await["agent"]["state"], "idle", "the other browser is there");
    drop(other);
    assert_eq!(next(&mut events).await["agent"]["state"], "offline");
    for wrong in [".browser-1", "browser-1.", "browser.one.two", "a.b"] {
        let report = json!({ "state": "idle", "page": wrong });
        ben.post("/api/presence", &report).await.refused(422, "invalid", Some("page"));
    }
}

async fn a_call_is_told_to_those_who_see_it(crm: Crm) {
    let (anna, ben, admin) = (crm.anna().await, crm.ben().await, crm.admin().await);
    let (mut of_anna, mut of_ben, mut of_admin) =
        (listen(&anna).await, listen(&ben).await, listen(&admin).await);
    let call = ringing(&anna, "told", "+12025550123").await;
    let told = json!({ "event": "call", "call": call["id"], "records": [5] });
    assert_eq!(next(&mut of_anna).await, told);
    assert_eq!(next(&mut of_admin).await, told);
    anna.post("/api/presence", &json!({ "state": "idle" })).await;
    assert_eq!(next(&mut of_ben).await["event"], "presence", "he hears nothing of the call");
}

async fn changes_of_records_are_told(crm: Crm) {
    let anna = crm.anna().await;
    let mut events = listen(&crm.ben().await).await;
    let made = crate::records::contact(&anna, "New", "020 7946 0222").await;
    let told = |change: &str| json!({ "event": "record", "record": made["id"], "record_type": "contact", "change": change });
    assert_eq!(next(&mut events).await, told("created"));
    let path = format!("/api/records/{}", made["id"]);
    anna.patch(&path, &json!({ "fields": { "job": "Dentist" } })).await.ok();
    assert_eq!(next(&mut events).await, told("updated"));
    let note = json!({ "key": "told-note-1", "record": made["id"], "text": "Hello." });
    anna.post("/api/notes", &note).await.ok();
    assert_eq!(next(&mut events).await, told("timeline"));
    // What is refused is not told.
    anna.patch(&path, &json!({ "fields": { "last_name": "" } })).await.refused(
        422,
        "required",
        Some("fields.last_name"),
    );
    anna.delete(&path).await;
    assert_eq!(next(&mut events).await, told("deleted"));
    let call = with_record(&anna).await;
    assert_eq!(next(&mut events).await["change"], "timeline", "{call}");
}

async fn changes_of_types_are_told_to_everyone(crm: Crm) {
    let admin = crm.admin().await;
    let mut events = listen(&crm.ben().await).await;
    let told = json!({ "event": "types" });
    let mut kind = json!({
        "key": "visit", "name": "Visit", "plural": "Visits", "title": ["place"],
        "fields": [{ "key": "place", "label": "Place", "kind": "text", "required": true }],
    });
    admin.put("/api/types/visit", &kind).await.ok();
    assert_eq!(next(&mut events).await, told);
    kind["name"] = json!("Call on site");
    admin.put("/api/types/visit", &kind).await.ok();
    assert_eq!(next(&mut events).await, told);
    // What is refused is not told.
    kind["title"] = json!([]);
    admin.put("/api/types/visit", &kind).await.refused(422, "invalid", Some("title"));
    assert_eq!(admin.delete("/api/types/visit").await.status, 204);
    assert_eq!(next(&mut events).await, told);
    admin.post("/api/presence", &json!({ "state": "idle" })).await;
    assert_eq!(next(&mut events).await["event"], "presence");
}

async fn with_record(anna: &Client) -> Value {
    let clicked =
        crate::calls::with(ended(report("live", "+442079460222")), json!({ "record": 6 }));
    anna.post("/api/calls", &clicked).await.ok()
}

async fn a_new_line_is_told_to_its_owner(crm: Crm) {
    let (anna, ben, admin) = (crm.anna().await, crm.ben().await, crm.admin().await);
    let (mut of_anna, mut of_ben) = (listen(&anna).await, listen(&ben).await);
    let account = json!({ "owner": 1, "username": "1001", "identity": "1001@127.0.0.1", "password": "new", "server": "ws://127.0.0.1/ws" });
    admin.put("/api/voip-accounts/1", &account).await.ok();
    assert_eq!(next(&mut of_anna).await, json!({ "event": "line" }));
    assert_eq!(anna.get("/api/line").await.ok()["account"]["password"], "new");
    anna.post("/api/presence", &json!({ "state": "idle" })).await;
    assert_eq!(next(&mut of_ben).await["event"], "presence", "he hears nothing of the line");
}

async fn a_stream_ends_with_its_session(crm: Crm) {
    let anna = crm.anna().await;
    let mut events = listen(&anna).await;
    anna.delete("/api/session").await;
    ends(&mut events).await;
}

/// Neither who is deleted, nor whose key is, nor who is signed in with an old password hears on.
async fn a_stream_ends_with_the_right_to_it(crm: Crm) {
    let admin = crm.admin().await;
    let made = admin.post("/api/keys", &json!({ "name": "Flow", "role": 1 })).await.ok();
    let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
    let program = crm.nobody().with("authorization", &bearer);
    let user = json!({ "login": "dora", "name": "Dora", "role": 2, "active": true, "password": "the old password" });
    let dora = admin.post("/api/users", &user).await.ok()["id"].clone();
    let sign_in = json!({ "login": "dora", "password": "the old password" });
    let session = async || {
        let reply = crm.nobody().post("/api/session", &sign_in).await;
        crm.nobody().with("cookie", &reply.cookie())
    };
    let (here, there) = (session().await, session().await);
    let (mut of_program, mut of_admin) = (listen(&program).await, listen(&admin).await);
    let mut of_there = listen(&there).await;

    let change = json!({ "current": "the old password", "new": "the new password" });
    assert_eq!(here.put("/api/me/password", &change).await.status, 204);
    ends(&mut of_there).await;
    let mut of_here = listen(&here).await;
    assert_eq!(admin.delete(&format!("/api/users/{dora}")).await.status, 204);
    ends(&mut of_here).await;
    assert_eq!(admin.delete(&format!("/api/keys/{}", made["key"]["id"])).await.status, 204);
    ends(&mut of_program).await;

    admin.post("/api/presence", &json!({ "state": "idle" })).await;
    assert_eq!(next(&mut of_admin).await["event"], "presence", "the others heard nothing of it");
}

async fn ends(events: &mut Events) {
    assert_eq!(next(events).await, json!({ "event": "session" }));
    let end = tokio::time::timeout(std::time::Duration::from_secs(10), events.next()).await;
    assert_eq!(end.expect("an end within 10 s"), None);
}
