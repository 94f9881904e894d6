//! Signing in and out, keys, and what keeps other sites away.

use std::net::SocketAddr;

use axum::{Extension, extract::ConnectInfo, http::Method};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    calls::with,
    harness::{Client, Crm, on_both},
};

on_both!(
    a_user_signs_in_and_out,
    a_demo_user_signs_in_with_one_click,
    wrong_passwords_are_refused_and_slowed_down,
    who_guesses_elsewhere_keeps_nobody_out,
    a_change_needs_the_header_and_the_own_origin,
    a_new_password_ends_other_sessions,
    a_user_who_is_locked_out_is_out_at_once,
    a_program_comes_with_its_key,
    programs_come_while_agents_write,
    preferences_are_kept,
);

async fn a_user_signs_in_and_out(crm: Crm) {
    let admin = crm.admin().await;
    let user = json!({ "login": "dora", "name": "Dora Lind", "role": 2, "active": true, "password": "a good password" });
    assert_eq!(admin.post("/api/users", &user).await.status, 201);
    let reply = crm
        .nobody()
        .post("/api/session", &json!({ "login": "dora", "password": "a good password" }))
        .await;
    let cookie = reply.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let dora = crm.nobody().with("cookie", &reply.cookie());
    assert_eq!(reply.ok()["name"], "Dora Lind");
    assert_eq!(dora.get("/api/session").await.ok()["login"], "dora");
    assert_eq!(dora.delete("/api/session").await.status, 204);
    dora.get("/api/session").await.refused(401, "not_signed_in", None);
}

async fn a_demo_user_signs_in_with_one_click(crm: Crm) {
    let page = crm.nobody().get("/api/sign-in").await.ok();
    assert_eq!(page["demo_users"][0]["login"], "anna");
    assert_eq!(crm.anna().await.get("/api/session").await.ok()["role"], "Agent");
    let stranger = crm.nobody().post("/api/session/demo", &json!({ "login": "eve" })).await;
    stranger.refused(422, "invalid", Some("login"));
    // Whom the administrator added has a password, and signs in with it.
    let user = json!({ "login": "dora", "name": "Dora Lind", "role": 1, "active": true, "password": "a good password" });
    crm.admin().await.post("/api/users", &user).await.ok();
    let page = crm.nobody().get("/api/sign-in").await.ok();
    let logins = page["demo_users"].as_array().unwrap().iter().map(|user| user["login"].clone());
    assert_eq!(logins.collect::<Vec<_>>(), ["anna", "ben", "admin"]);
    let dora = crm.nobody().post("/api/session/demo", &json!({ "login": "dora" })).await;
    dora.refused(422, "invalid", Some("login"));
}

async fn wrong_passwords_are_refused_and_slowed_down(crm: Crm) {
    let attempt = json!({ "login": "anna", "password": "guess" });
    for _ in 0..10 {
        crm.nobody().post("/api/session", &attempt).await.refused(401, "wrong_password", None);
    }
    let slowed = crm.nobody().post("/api/session", &attempt).await;
    slowed.refused(429, "too_many", None);
    assert!(slowed.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 200);
}

async fn who_guesses_elsewhere_keeps_nobody_out(crm: Crm) {
    let admin = crm.admin().await;
    let user = json!({ "login": "dora", "name": "Dora Lind", "role": 2, "active": true, "password": "a good password" });
    assert_eq!(admin.post("/api/users", &user).await.status, 201);
    let from = |address: [u8; 4]| {
        let connected = ConnectInfo(SocketAddr::from((address, 40_000)));
        Client { router: crm.router.clone().layer(Extension(connected)), ..crm.nobody() }
    };
    let (guesser, office) = (from([192, 0, 2, 1]), from([192, 0, 2, 2]));
    let guess = json!({ "login": "Dora", "password": "guess" });
    let right = json!({ "login": "Dora", "password": "a good password" });
    for _ in 0..10 {
        guesser.post("/api/session", &guess).await.refused(401, "wrong_password", None);
    }
    guesser.post("/api/session", &right).await.refused(429, "too_many", None);
    // Nobody has told us of a proxy, so anybody may have written this.
    let disguised = guesser.clone().with("x-forwarded-for", "192.0.2.9");
    disguised.post("/api/session", &right).await.refused(429, "too_many", None);
    assert_eq!(office.post("/api/session", &right).await.ok()["name"], "Dora Lind");
    let long = json!({ "login": "d".repeat(65), "password": "guess" });
    office.post("/api/session", &long).await.refused(422, "too_long", Some("login"));
}

async fn a_change_needs_the_header_and_the_own_origin(crm: Crm) {
    let anna = crm.anna().await.with("host", "crm.example");
    let body = json!({ "note_dialog": true, "country": null });
    assert_eq!(anna.put("/api/me", &body).await.status, 200);
    assert_eq!(
        anna.clone().with("origin", "https://crm.example").put("/api/me", &body).await.status,
        200
    );
    let foreign = anna.clone().with("origin", "https://evil.example").put("/api/me", &body).await;
    foreign.refused(403, "foreign_origin", None);
    anna.clone().with("origin", "null").put("/api/me", &body).await.refused(
        403,
        "foreign_origin",
        None,
    );
    anna.without("x-ringdock").put("/api/me", &body).await.refused(403, "foreign_origin", None);
    let sign_in = crm
        .nobody()
        .without("x-ringdock")
        .post("/api/session/demo", &json!({ "login": "anna" }))
        .await;
    sign_in.refused(403, "foreign_origin", None);
}

async fn a_new_password_ends_other_sessions(crm: Crm) {
    let admin = crm.admin().await;
    let user = json!({ "login": "dora", "name": "Dora", "role": 2, "active": true, "password": "the old password" });
    admin.post("/api/users", &user).await.ok();
    let sign_in = json!({ "login": "dora", "password": "the old password" });
    let here =
        crm.nobody().with("cookie", &crm.nobody().post("/api/session", &sign_in).await.cookie());
    let there =
        crm.nobody().with("cookie", &crm.nobody().post("/api/session", &sign_in).await.cookie());
    let change = |current: &str, new: &str| json!({ "current": current, "new": new });
    here.put("/api/me/password", &change("wrong one", "the new password")).await.refused(
        422,
        "invalid",
        Some("current"),
    );
    here.put("/api/me/password", &change("the old password", "short")).await.refused(
        422,
        "invalid",
        Some("new"),
    );
    let long = json!({ "login": "dora.lind", "name": "Dora", "role": 2, "active": true });
    let id = here.get("/api/session").await.ok()["user"].clone();
    admin.put(&format!("/api/users/{id}"), &long).await.ok();
    here.put("/api/me/password", &change("the old password", "Dora.Lind")).await.refused(
        422,
        "invalid",
        Some("new"),
    );
    admin.put(&format!("/api/users/{id}"), &with(long, json!({ "login": "dora" }))).await.ok();
    assert_eq!(
        here.put("/api/me/password", &change("the old password", "the new password")).await.status,
        204
    );
    assert_eq!(
        (here.get("/api/session").await.status, there.get("/api/session").await.status),
        (200, 401)
    );
    crm.nobody().post("/api/session", &sign_in).await.refused(401, "wrong_password", None);
}

async fn a_user_who_is_locked_out_is_out_at_once(crm: Crm) {
    let (admin, ben) = (crm.admin().await, crm.ben().await);
    let user = json!({ "login": "ben", "name": "Ben Okoro", "role": 2, "active": false });
    admin.put("/api/users/2", &user).await.ok();
    ben.get("/api/session").await.refused(401, "not_signed_in", None);
    crm.nobody().post("/api/session/demo", &json!({ "login": "ben" })).await.refused(
        422,
        "invalid",
        Some("login"),
    );
    let own = json!({ "login": "admin", "name": "Chloe", "role": 1, "active": false });
    admin.put("/api/users/3", &own).await.refused(422, "invalid", Some("role"));
}

async fn a_program_comes_with_its_key(crm: Crm) {
    let admin = crm.admin().await;
    admin.post("/api/keys", &json!({ "name": "Flow", "role": 99 })).await.refused(
        422,
        "invalid",
        Some("role"),
    );
    let made = admin.post("/api/keys", &json!({ "name": "Flow", "role": 2 })).await;
    assert_eq!(made.status, 201);
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    let program =
        crm.nobody().without("x-ringdock").with("authorization", &format!("Bearer {secret}"));
    assert_eq!(program.get("/api/session").await.ok()["login"], "Flow");
    let task = json!({ "key": "from-a-program", "title": "Look at this" });
    assert_eq!(program.post("/api/tasks", &task).await.status, 201);
    program.get("/api/line").await.refused(403, "forbidden", None);
    let listed = admin.get("/api/keys").await;
    assert!(
        !listed.text.contains(&secret) && listed.body["items"][0]["used_at"].is_i64(),
        "{}",
        listed.text
    );
    let id = &listed.body["items"][0]["id"];
    assert_eq!(admin.delete(&format!("/api/keys/{id}")).await.status, 204);
    program.get("/api/session").await.refused(401, "not_signed_in", None);
    let forged = crm
        .nobody()
        .with("authorization", "Basic YTpi")
        .send(Method::GET, "/api/session", None)
        .await;
    forged.refused(401, "not_signed_in", None);
}

/// That a key was used is written down, which must not refuse what somebody else writes.
async fn programs_come_while_agents_write(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let mut requests = JoinSet::new();
    for index in 0..30 {
        let made = admin.post("/api/keys", &json!({ "name": "Flow", "role": 2 })).await.ok();
        let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
        let program = crm.nobody().with("authorization", &bearer);
        requests.spawn(async move { program.get("/api/session").await.ok() });
        let key = format!("beside-a-program-{index}");
        let (anna, note) = (anna.clone(), json!({ "key": key, "record": 5, "text": "Called." }));
        requests.spawn(async move { anna.post("/api/notes", &note).await.ok() });
    }
    requests.join_all().await;
}

async fn preferences_are_kept(crm: Crm) {
    let anna = crm.anna().await;
    let changed = anna.put("/api/me", &json!({ "note_dialog": false, "country": "US" })).await.ok();
    assert_eq!(
        (&changed["country"], &changed["preferences"]["note_dialog"]),
        (&json!("US"), &json!(false))
    );
    assert_eq!(anna.get("/api/session").await.ok()["preferences"]["country"], "US");
    anna.put("/api/me", &json!({ "note_dialog": false, "country": "XX" })).await.refused(
        422,
        "invalid",
        Some("country"),
    );
    // The user's country decides what a national number means.
    assert_eq!(anna.get("/api/match?number=202%20555%200123").await.ok()["number"], "+12025550123");
}
