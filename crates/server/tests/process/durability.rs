//! What was acknowledged stays.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use reqwest::Method;
use serde_json::{Value, json};

use crate::program::{Folder, POSTGRES, Program};

const NOTES: usize = 300;
const AT_A_TIME: usize = 8;

fn note(number: usize) -> Value {
    json!({ "key": format!("durable-{number}"), "record": 5, "text": format!("Note {number}") })
}

/// Saves all notes, several at a time, kills the server in the middle, and looks at what is there afterwards.
async fn killed_while_saving(place: &str) {
    let folder = Folder::new();
    let place = if place.is_empty() {
        folder.path().join("crm.db").display().to_string()
    } else {
        place.to_owned()
    };
    let program = Program::start(&folder, &place);
    let anna = program.client("anna").await;
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let savers = (0..AT_A_TIME).map(|first| {
        let (anna, acknowledged) = (anna.clone(), acknowledged.clone());
        tokio::spawn(async move {
            for number in (first..NOTES).step_by(AT_A_TIME) {
                let Ok((status, _)) =
                    anna.send(Method::POST, "/api/notes", Some(&note(number))).await
                else {
                    return;
                };
                assert_eq!(status, 201);
                acknowledged.lock().unwrap().insert(number);
            }
        })
    });
    let savers: Vec<_> = savers.collect();
    while acknowledged.lock().unwrap().len() < NOTES / 2 {
        assert!(savers.iter().any(|saver| !saver.is_finished()), "the savers gave up early");
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    program.kill();
    for saver in savers {
        saver.await.unwrap();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!((NOTES / 2..NOTES).contains(&acknowledged.len()), "{}", acknowledged.len());

    let program = Program::start(&folder, &place);
    let anna = program.client("anna").await;
    for number in 0..NOTES {
        let (status, _) = anna.post("/api/notes", &note(number)).await;
        let known = status == 200;
        assert!(known || status == 201, "{status}");
        assert!(
            known || !acknowledged.contains(&number),
            "note {number} was acknowledged and lost"
        );
    }
    let mut texts = Vec::new();
    let mut cursor = String::new();
    loop {
        let part = anna.get(&format!("/api/records/5/timeline?limit=200{cursor}")).await;
        let notes = part["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|entry| entry["what"]["note"]["text"].as_str());
        texts.extend(notes.filter(|text| text.starts_with("Note ")).map(str::to_owned));
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(texts.len(), NOTES, "each note is there once");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_note_is_lost_on_sqlite() {
    killed_while_saving("").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_note_is_lost_on_postgres() {
    let place = POSTGRES.create("durability").unwrap();
    killed_while_saving(&place).await;
}
