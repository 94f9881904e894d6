//! Users, roles, VoIP accounts, the workspace.

use serde_json::{Value, json};

use crate::harness::{Crm, on_both};

on_both!(
    the_workspace_is_set_up,
    a_type_of_another_name_leaves_its_records_alone,
    users_are_set_up,
    colleagues_see_no_more_of_a_user_than_the_name,
    roles_are_set_up,
    a_sip_password_reaches_its_owner_alone,
    voip_accounts_are_checked,
    a_line_used_by_all_is_for_who_has_none,
);

async fn the_workspace_is_set_up(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let settings = json!({ "workspace": "Moor Ltd", "country": "DE", "currency": "EUR" });
    assert_eq!(admin.put("/api/settings", &settings).await.ok(), settings);
    assert_eq!(anna.get("/api/settings").await.ok(), settings);
    assert_eq!(anna.get("/api/match?number=030%20123456").await.ok()["number"], "+4930123456");
    for (values, code, field) in [
        (json!({ "workspace": " " }), "required", "workspace"),
        (json!({ "country": "Germany" }), "invalid", "country"),
        (json!({ "currency": "euro" }), "invalid", "currency"),
    ] {
        let wrong = crate::calls::with(settings.clone(), values);
        admin.put("/api/settings", &wrong).await.refused(422, code, Some(field));
    }
}

/// To derive all records again would keep all who write waiting.
async fn a_type_of_another_name_leaves_its_records_alone(crm: Crm) {
    let admin = crm.admin().await;
    let types = admin.get("/api/types").await.ok();
    let mut types = types["items"].as_array().unwrap().iter();
    let mut kind = types.find(|kind| kind["key"] == "contact").unwrap().clone();
    let title = async || admin.get("/api/records/5").await.ok()["title"].clone();
    crm.sql("UPDATE records SET title = 'a mark of this test'").await;
    kind["name"] = json!("Another name");
    assert_eq!(admin.put("/api/types/contact", &kind).await.ok()["name"], "Another name");
    assert_eq!(title().await, "a mark of this test");
    kind["fields"][0]["label"] = json!("Another label");
    admin.put("/api/types/contact", &kind).await.ok();
    assert_eq!(title().await, "Dana Field", "where fields changed, titles are derived again");
}

async fn users_are_set_up(crm: Crm) {
    let admin = crm.admin().await;
    let dora = json!({ "login": "dora", "name": "Dora", "phone": "020 7946 0444", "role": 2, "active": true, "password": "a good password" });
    let made = admin.post("/api/users", &dora).await;
    assert_eq!(made.status, 201);
    assert!(!made.text.contains("password"), "{}", made.text);
    let path = format!("/api/users/{}", made.body["id"]);
    assert_eq!(
        admin.get("/api/match?number=02079460444").await.ok()["matches"][0]["record"]["title"],
        "Dora"
    );
    admin.post("/api/users", &dora).await.refused(409, "taken", Some("login"));
    for (values, code, field) in [
        (json!({ "login": "Dora Lind" }), "invalid", "login"),
        (json!({ "name": "" }), "required", "name"),
        (json!({ "role": 99 }), "invalid", "role"),
        (json!({ "password": "short" }), "invalid", "password"),
        (json!({ "login": "eve-long-name", "password": "Eve-Long-Name" }), "invalid", "password"),
        (json!({ "password": null }), "required", "password"),
        (json!({ "email": "x".repeat(201) }), "too_long", "email"),
    ] {
        let wrong =
            crate::calls::with(crate::calls::with(dora.clone(), json!({ "login": "eve" })), values);
        admin.post("/api/users", &wrong).await.refused(422, code, Some(field));
    }
    let renamed = json!({ "login": "dora", "name": "Dora Lind", "role": 1, "active": true });
    assert_eq!(admin.put(&path, &renamed).await.ok()["name"], "Dora Lind");
    assert_eq!(admin.get(&path).await.ok()["role"], 1);
    assert_eq!(admin.delete(&path).await.status, 204);
    admin.get(&path).await.refused(404, "not_found", None);
    admin.delete("/api/users/1").await.refused(409, "in_use", None);
    admin.delete("/api/users/3").await.refused(409, "in_use", None);
}

async fn colleagues_see_no_more_of_a_user_than_the_name(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let whole = admin.get("/api/users/2").await.ok();
    assert_eq!((&whole["login"], &whole["role"]), (&json!("ben"), &json!(2)));
    let name = json!({ "id": 2, "name": "Ben Okoro", "active": true, "login": "", "email": "", "phone": "", "role": 0 });
    assert_eq!(anna.get("/api/users/2").await.ok(), name);
    assert_eq!(anna.get("/api/users/1").await.ok()["login"], "anna", "of oneself one sees all");
    let listed = anna.get("/api/users").await.ok();
    assert!(listed["items"].as_array().unwrap().contains(&name), "{listed}");
    assert!(admin.get("/api/users").await.ok()["items"].as_array().unwrap().contains(&whole));
}

async fn roles_are_set_up(crm: Crm) {
    let admin = crm.admin().await;
    let role = json!({ "name": "Trainee", "permissions": ["call", "call", "see_own_calls"] });
    let made = admin.post("/api/roles", &role).await.ok();
    assert_eq!(made["permissions"], json!(["call", "see_own_calls"]));
    admin.post("/api/roles", &role).await.refused(409, "taken", Some("name"));
    admin.post("/api/roles", &json!({ "name": "X", "permissions": ["fly"] })).await.refused(
        400,
        "malformed",
        None,
    );
    let own = json!({ "name": "Administrator", "permissions": ["call"] });
    admin.put("/api/roles/1", &own).await.refused(422, "invalid", Some("permissions"));
    admin.delete("/api/roles/2").await.refused(409, "in_use", None);
    let path = format!("/api/roles/{}", made["id"]);
    assert_eq!(
        admin.put(&path, &json!({ "name": "Junior", "permissions": [] })).await.ok()["name"],
        "Junior"
    );
    assert_eq!(admin.delete(&path).await.status, 204);
    admin.delete(&path).await.refused(404, "not_found", None);
}

fn account(values: Value) -> Value {
    let base = json!({ "owner": 3, "username": "1003", "identity": "1003@pbx.example.com", "password": "a sip secret", "server": "pbx.example.com" });
    crate::calls::with(base, values)
}

async fn a_sip_password_reaches_its_owner_alone(crm: Crm) {
    let (admin, anna, ben) = (crm.admin().await, crm.anna().await, crm.ben().await);
    let line = anna.get("/api/line").await.ok()["account"].clone();
    assert_eq!(
        (&line["identity"], &line["password"]),
        (&json!("1001@127.0.0.1"), &json!("sip-password-1001"))
    );
    assert_eq!(ben.get("/api/line").await.ok()["account"]["password"], "sip-password-1002");
    assert_eq!(admin.get("/api/line").await.ok()["account"], json!(null));
    let made = admin.post("/api/voip-accounts", &account(json!({}))).await;
    assert_eq!((made.status, &made.body["url"]), (201, &json!("wss://pbx.example.com:8089/ws")));
    let path = format!("/api/voip-accounts/{}", made.body["id"]);
    for reply in [made, admin.get("/api/voip-accounts").await, admin.get(&path).await] {
        assert!(
            !reply.text.contains("a sip secret") && !reply.text.contains("sip-password"),
            "{}",
            reply.text
        );
    }
    // Without a password, the old one stays.
    let changed = account(json!({ "password": null, "prefix": "9" }));
    assert_eq!(admin.put(&path, &changed).await.ok()["has_password"], true);
    let own = admin.get("/api/line").await.ok()["account"].clone();
    assert_eq!((&own["password"], &own["prefix"]), (&json!("a sip secret"), &json!("9")));
    assert_eq!(admin.delete(&path).await.status, 204);
    assert_eq!(admin.get("/api/line").await.ok()["account"], json!(null));
    assert!(!crm.dump("voip_accounts").await.contains("sip-password"), "passwords are sealed");
}

async fn voip_accounts_are_checked(crm: Crm) {
    let admin = crm.admin().await;
    for (values, code, field) in [
        (json!({ "owner": 99 }), "invalid", "owner"),
        (json!({ "owner": null }), "required", "owner"),
        (json!({ "username": "" }), "required", "username"),
        (json!({ "identity": "1003" }), "invalid", "identity"),
        (json!({ "password": null }), "required", "password"),
        (json!({ "server": "ws://pbx.example.com/ws" }), "invalid", "server"),
        (json!({ "server": "not a host" }), "invalid", "server"),
        (json!({ "server": "pbx.example.com/ws" }), "invalid", "server"),
        (json!({ "prefix": "abc" }), "invalid", "prefix"),
    ] {
        admin.post("/api/voip-accounts", &account(values)).await.refused(422, code, Some(field));
    }
    admin.post("/api/voip-accounts", &account(json!({ "owner": 1 }))).await.refused(
        409,
        "taken",
        Some("owner"),
    );
    let made = admin.post("/api/voip-accounts", &account(json!({}))).await.ok();
    let same =
        account(json!({ "owner": null, "shared": true, "identity": "sip:1003@PBX.example.com" }));
    admin.post("/api/voip-accounts", &same).await.refused(409, "taken", Some("identity"));
    let path = format!("/api/voip-accounts/{}", made["id"]);
    let own = account(json!({ "server": "pbx.example.com:7443" }));
    assert_eq!(admin.put(&path, &own).await.ok()["url"], "wss://pbx.example.com:7443/ws");
    admin
        .put("/api/voip-accounts/1", &crate::calls::with(same, json!({ "owner": 1 })))
        .await
        .refused(409, "taken", Some("identity"));
    admin.put("/api/voip-accounts/99", &account(json!({}))).await.refused(404, "not_found", None);
}

async fn a_line_used_by_all_is_for_who_has_none(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let shared = account(
        json!({ "owner": null, "shared": true, "username": "2000", "identity": "2000@pbx.example.com" }),
    );
    admin.post("/api/voip-accounts", &shared).await.ok();
    assert_eq!(admin.get("/api/line").await.ok()["account"]["username"], "2000");
    assert_eq!(anna.get("/api/line").await.ok()["account"]["username"], "1001");
}
