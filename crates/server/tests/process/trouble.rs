//! A database that is locked, and a disk that is full.

use std::{process::Command, time::Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::program::{Folder, POSTGRES, Program};

fn note(key: &str, text: &str) -> Value {
    json!({ "key": key, "record": 5, "text": text, "status": "call_again" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_a_clear_error_and_passes() {
    let folder = Folder::new();
    let file = folder.path().join("crm.db").display().to_string();
    let program = Program::start(&folder, &file);
    let anna = program.client("anna").await;
    let mut one = ConnectOptions::new(format!("sqlite://{file}"));
    one.max_connections(1);
    let other = Database::connect(one).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let (status, problem) = anna.post("/api/notes", &note("locked-out", "Text.")).await;
    assert_eq!((status, problem["code"].as_str()), (503, Some("busy")), "{problem}");
    assert_eq!(
        anna.get("/api/records/5").await["status"],
        "active",
        "reading goes on, and nothing was half-written"
    );
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(anna.post("/api/notes", &note("locked-out", "Text.")).await.0, 201);
}

/// Ten agents save while somebody else holds a lock: all are told so, the last as soon as the first.
async fn ten_writers_and_a_lock(place: &str, folder: &Folder, lock: &[&str]) {
    let program = Program::start(folder, place);
    let anna = program.client("anna").await;
    let url = if place.contains("://") { place.to_owned() } else { format!("sqlite://{place}") };
    let mut one = ConnectOptions::new(url);
    one.max_connections(1);
    let other = Database::connect(one).await.unwrap();
    for statement in lock {
        other.execute_unprepared(statement).await.unwrap();
    }
    let began = Instant::now();
    let mut writers = JoinSet::new();
    for index in 0..10 {
        let anna = anna.clone();
        writers.spawn(async move {
            anna.post("/api/notes", &note(&format!("locked-out-{index}"), "Text.")).await
        });
    }
    for (status, problem) in writers.join_all().await {
        assert_eq!((status, problem["code"].as_str()), (503, Some("busy")), "{problem}");
    }
    assert!(began.elapsed().as_secs() < 15, "{:?}", began.elapsed());
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(anna.post("/api/notes", &note("locked-out-0", "Text.")).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_writer_waits_long_for_a_lock_on_sqlite() {
    let folder = Folder::new();
    let file = folder.path().join("crm.db").display().to_string();
    ten_writers_and_a_lock(&file, &folder, &["BEGIN IMMEDIATE"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_writer_waits_long_for_a_lock_on_postgres() {
    let place = POSTGRES.create("trouble").unwrap();
    ten_writers_and_a_lock(
        &place,
        &Folder::new(),
        &["BEGIN", "LOCK TABLE notes IN EXCLUSIVE MODE"],
    )
    .await;
}

/// A small disk of the server's own, which nobody else sees. Root may make one; others in a user namespace.
fn on_a_small_disk(folder: &Folder) -> Command {
    let mut command = Command::new("unshare");
    if !std::fs::metadata("/proc/self")
        .is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
    {
        command.arg("--map-root-user");
    }
    let script = "mount -t tmpfs -o size=3m none \"$1\" && shift && exec \"$@\"";
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    command
        .args(["--mount", "sh", "-c", script, "sh"])
        .arg(disk)
        .arg(env!("CARGO_BIN_EXE_ringdock-server"));
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_a_clear_error_and_nothing_is_half_written() {
    let folder = Folder::new();
    let database = folder.path().join("disk/crm.db").display().to_string();
    let program = Program::run(on_a_small_disk(&folder), &folder, &database);
    let anna = program.client("anna").await;
    let text = "x".repeat(90_000);
    let mut saved = 0;
    let problem = loop {
        let key = format!("filling-{saved}");
        let note = json!({ "key": key, "record": 6, "text": text });
        match anna.post("/api/notes", &note).await {
            (201, _) => saved += 1,
            (status, problem) => break (status, problem),
        }
        assert!(saved < 100, "the disk does not get full");
    };
    assert_eq!((problem.0, problem.1["code"].as_str()), (507, Some("disk_full")), "{}", problem.1);
    let (status, problem) = anna.post("/api/notes", &note("full-disk", &text)).await;
    assert_eq!((status, problem["code"].as_str()), (507, Some("disk_full")));
    assert_eq!(anna.get("/api/records/5").await["status"], "active");
    let timeline = anna.get("/api/records/6/timeline").await;
    let notes = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["what"]["note"]["text"] == text.as_str());
    assert_eq!(notes.count(), saved, "what was acknowledged is there, and nothing else");
}
