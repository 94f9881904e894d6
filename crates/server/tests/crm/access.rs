//! Who may use what.

use axum::http::Method;
use ringdock_api::user::Permission;
use serde_json::{Value, json};

use crate::harness::{Client, Crm, on_both};

on_both!(
    nobody_gets_anything_that_is_not_public,
    each_route_wants_its_permission,
    wrong_methods_and_addresses
);

/// Routes for everybody, and the one whose secret is in its address.
const PUBLIC: [&str; 4] = [
    "GET /api/sign-in",
    "POST /api/session",
    "POST /api/session/demo",
    "POST /hooks/pbx/{kind}/{secret}",
];

/// What a route wants, beyond being signed in. `CALLS` stands for seeing own or all calls. Every route that is not here wants
/// nothing more.
const WANTED: [(&str, &[Permission]); 39] = {
    use Permission::{
        Call, Dial, HearRecordings, ManageChannels, ManageUsers, SeeAllCalls, SeeOwnCalls,
        SeeStatistics,
    };
    const CALLS: &[Permission] = &[SeeOwnCalls, SeeAllCalls];
    [
        ("POST /api/users", &[ManageUsers]),
        ("PUT /api/users/{id}", &[ManageUsers]),
        ("DELETE /api/users/{id}", &[ManageUsers]),
        ("POST /api/roles", &[ManageUsers]),
        ("PUT /api/roles/{id}", &[ManageUsers]),
        ("DELETE /api/roles/{id}", &[ManageUsers]),
        ("GET /api/keys", &[ManageUsers]),
        ("POST /api/keys", &[ManageUsers]),
        ("DELETE /api/keys/{id}", &[ManageUsers]),
        ("PUT /api/settings", &[ManageUsers]),
        ("PUT /api/types/{key}", &[ManageUsers]),
        ("DELETE /api/types/{key}", &[ManageUsers]),
        ("GET /api/suggestions", &[Dial]),
        ("POST /api/calls", &[Call]),
        ("GET /api/line", &[Call]),
        ("GET /api/line/numbers", &[Call]),
        ("GET /api/line/call-from", &[Call]),
        ("PUT /api/line/call-from", &[Call]),
        ("GET /api/numbers", &[ManageChannels]),
        ("POST /api/numbers", &[ManageChannels]),
        ("GET /api/numbers/{id}", &[ManageChannels]),
        ("PUT /api/numbers/{id}", &[ManageChannels]),
        ("DELETE /api/numbers/{id}", &[ManageChannels]),
        ("POST /api/presence", &[Call]),
        ("GET /api/calls", CALLS),
        ("GET /api/calls/{id}", CALLS),
        ("GET /api/calls.csv", CALLS),
        ("PUT /api/calls/{id}/records/{record}", CALLS),
        ("GET /api/records/{id}/offered-calls", CALLS),
        ("GET /api/calls/{id}/recording", &[HearRecordings]),
        ("GET /api/statistics", &[SeeStatistics]),
        ("GET /api/voip-accounts", &[ManageChannels]),
        ("POST /api/voip-accounts", &[ManageChannels]),
        ("GET /api/voip-accounts/{id}", &[ManageChannels]),
        ("PUT /api/voip-accounts/{id}", &[ManageChannels]),
        ("DELETE /api/voip-accounts/{id}", &[ManageChannels]),
        ("GET /api/pbx-webhooks", &[ManageChannels]),
        ("PUT /api/pbx-webhooks", &[ManageChannels]),
        ("POST /api/pbx-webhooks/renew", &[ManageChannels]),
    ]
};

/// These are wanted too; they are alike.
const WEBHOOKS: [&str; 5] = [
    "GET /api/webhooks",
    "POST /api/webhooks",
    "PUT /api/webhooks/{id}",
    "DELETE /api/webhooks/{id}",
    "GET /api/webhooks/{id}/deliveries",
];

/// All routes, as the server describes them: method, route.
fn routes() -> Vec<(Method, String)> {
    let document = serde_json::to_value(ringdock_server::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let methods = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| (method.to_uppercase().parse().unwrap(), path.clone()))
    });
    methods.collect()
}

/// An address that names nothing that is there.
fn address(route: &str) -> String {
    let route =
        route.replace("{id}", "999999").replace("{record}", "999999").replace("{key}", "nothing");
    route.replace("{kind}", "log").replace("{secret}", "guess")
}

async fn ask(client: &Client, method: &Method, route: &str) -> (u16, Value) {
    let body = [Method::POST, Method::PUT, Method::PATCH].contains(method).then(|| json!({}));
    let reply = client.send(method.clone(), &address(route), body.as_ref()).await;
    (reply.status, reply.body["code"].clone())
}

async fn nobody_gets_anything_that_is_not_public(crm: Crm) {
    let mut denied = 0;
    for (method, route) in routes() {
        let (status, code) = ask(&crm.nobody(), &method, &route).await;
        let name = format!("{method} {route}");
        if PUBLIC.contains(&name.as_str()) {
            assert_ne!(status, 401, "{name}");
        } else {
            assert_eq!((status, code), (401, json!("not_signed_in")), "{name}");
            denied += 1;
        }
    }
    assert!(denied > 50, "{denied}");
}

async fn each_route_wants_its_permission(crm: Crm) {
    let admin = crm.admin().await;
    for (index, permission) in Permission::ALL.into_iter().enumerate() {
        let role = json!({ "name": format!("only {permission:?}"), "permissions": [permission] });
        let role = admin.post("/api/roles", &role).await.ok()["id"].clone();
        let login = format!("only{index}");
        let user = json!({ "login": login, "name": login, "role": role, "active": true, "password": "a good password" });
        admin.post("/api/users", &user).await.ok();
        let client = crm.with_password(&login, "a good password").await;
        for (method, route) in routes() {
            let name = format!("{method} {route}");
            // These would end or never end the session of this test.
            if ["DELETE /api/session", "GET /api/events"].contains(&name.as_str())
                || PUBLIC.contains(&name.as_str())
            {
                continue;
            }
            let wanted = match WANTED.iter().find(|(route, _)| *route == name) {
                Some((_, wanted)) => *wanted,
                None if WEBHOOKS.contains(&name.as_str()) => &[Permission::ManageChannels],
                None => &[],
            };
            let (status, code) = ask(&client, &method, &route).await;
            let refused = (status, code) == (403, json!("forbidden"));
            let may = wanted.is_empty() || wanted.contains(&permission);
            assert_eq!(refused, !may, "{name} with {permission:?}: {status}");
        }
    }
}

async fn wrong_methods_and_addresses(crm: Crm) {
    let anna = crm.anna().await;
    let reply = anna.delete("/api/records").await;
    reply.refused(405, "method_not_allowed", None);
    assert_eq!(reply.headers["allow"], "GET, POST");
    anna.get("/api/nothing").await.refused(404, "not_found", None);
    anna.get("/api/records/one").await.refused(404, "not_found", None);
    anna.get("/api/match?number=%00").await.refused(400, "malformed", None);
    anna.get("/api/match").await.refused(400, "malformed", None);
    let text = anna.send_text(Method::POST, "/api/notes", Some(("text/plain", "x"))).await;
    text.refused(415, "media_type", None);
    let broken = anna.send_text(Method::POST, "/api/notes", Some(("application/json", "{"))).await;
    broken.refused(400, "malformed", None);
    let nul = anna.send_text(
        Method::POST,
        "/api/notes",
        Some(("application/json", r#"{"key":"k-12345678","text":"\u0000"}"#)),
    );
    nul.await.refused(400, "malformed", None);
    let long = json!({ "key": "k-12345678", "text": "x".repeat(3 * 1024 * 1024) });
    anna.post("/api/notes", &long).await.refused(413, "too_large", None);
    assert_eq!(crm.nobody().get("/health").await.text, "ok");
}
