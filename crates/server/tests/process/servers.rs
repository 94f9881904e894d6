//! Several servers on one PostgreSQL.

use std::time::Duration;

use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};

use crate::program::{Client, Folder, POSTGRES, Program};

/// The events that a page hears, the first being that it is connected.
async fn listen(client: &Client) -> impl Stream<Item = Value> + Unpin {
    let parts = client.stream("/api/events").await;
    let mut text = String::new();
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
    let mut events = Box::pin(events);
    assert_eq!(next(&mut events).await["event"], "ready");
    events
}

async fn next(events: &mut (impl Stream<Item = Value> + Unpin)) -> Value {
    let next = tokio::time::timeout(Duration::from_secs(10), events.next());
    next.await.expect("an event within 10 s").expect("the stream goes on")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_on_one_server_is_seen_on_another() {
    let folder = Folder::new();
    let place = POSTGRES.create("servers").unwrap();
    let (one, other) = (Program::start(&folder, &place), Program::start(&folder, &place));
    let (anna, ben) = (one.client("anna").await, other.client("ben").await);
    let mut events = listen(&anna).await;

    assert_eq!(ben.post("/api/presence", &json!({ "state": "idle" })).await.0, 204);
    let came = next(&mut events).await;
    assert_eq!((&came["event"], &came["agent"]["name"]), (&json!("presence"), &json!("Ben Okoro")));
    assert_eq!(anna.get("/api/agents").await["items"], json!([came["agent"]]));

    let note = json!({ "key": "elsewhere-1", "record": 5, "text": "Written on the other server." });
    assert_eq!(ben.post("/api/notes", &note).await.0, 201);
    let told = next(&mut events).await;
    assert_eq!((&told["record"], &told["change"]), (&json!(5), &json!("timeline")));

    // What a server could not hear, its pages are told to fetch.
    POSTGRES
        .sql(
            "servers",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'",
        )
        .unwrap();
    assert_eq!(next(&mut events).await["event"], "ready");
    ben.post("/api/presence", &json!({ "state": "on_call" })).await;
    assert_eq!(next(&mut events).await["agent"]["state"], "on_call");
    other.kill();
}
