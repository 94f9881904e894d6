//! schemathesis makes thousands of requests of the served OpenAPI document: no answer may be a server's failure, and none one
//! that the document does not tell of.

use std::{fs, process::Command};

use serde_json::{Value, json};

use crate::program::{Client, Folder, Program};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";

/// What would take the key or its permissions from who asks: tested last.
const ENDS_ACCESS: &str = "^/api/(keys|roles|users)/";

/// What would end the session as well.
const ENDS_SESSION: &str = "^/api/(session$|me/password|keys/|roles/|users/)";

const HOOKS: &str = "^/hooks/";

/// Ids that exist, since few random ones do.
const THERE: &str =
    "[parameters]\n\"path.id\" = 5\n\"path.record\" = 6\n\"path.key\" = \"contact\"\n";

/// One run over some of the operations.
struct Pass<'p> {
    /// Headers of each request.
    headers: Vec<String>,
    /// Parameters that are not random.
    config: &'p str,
    /// Which operations.
    operations: &'p [&'p str],
}

impl Pass<'_> {
    #[track_caller]
    fn run(&self, folder: &Folder, program: &Program) {
        let config = folder.path().join("parameters.toml");
        fs::write(&config, self.config).unwrap();
        let mut run = Command::new(std::env::var("RINGDOCK_SCHEMATHESIS").unwrap());
        run.arg("--config-file").arg(config).arg("run");
        run.arg(format!("{}/openapi.json", program.url)).args(self.operations);
        for header in &self.headers {
            run.args(["--header", header]);
        }
        // A stream of events has no end.
        run.args(["--exclude-path", "/api/events", "--max-examples", "10"]);
        run.args(["--checks", CHECKS, "--no-color"]);
        let output = run.current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
        let count = said.split("Test cases:").nth(1).and_then(|said| said.lines().nth(1));
        println!("{}", count.unwrap_or_default().trim());
    }
}

/// A server, and its administrator.
async fn start(folder: &Folder) -> (Program, Client) {
    let program = Program::start(folder, &folder.path().join("crm.db").display().to_string());
    let admin = program.client("admin").await;
    (program, admin)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis, which `cargo xtask test openapi` installs"]
async fn every_answer_is_documented_and_none_is_a_failure() {
    let folder = Folder::new();
    let (program, admin) = start(&folder).await;
    for (config, operations) in [
        ("", ["--exclude-path-regex", ENDS_ACCESS]),
        (THERE, ["--exclude-path-regex", ENDS_ACCESS]),
        ("", ["--include-path-regex", ENDS_ACCESS]),
    ] {
        let new = json!({ "name": "schemathesis", "role": 1 });
        let (status, key) = admin.post("/api/keys", &new).await;
        assert_eq!(status, 201, "{key}");
        let bearer = format!("Authorization: Bearer {}", key["secret"].as_str().unwrap());
        Pass { headers: vec![bearer], config, operations: &operations }.run(&folder, &program);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis, which `cargo xtask test openapi` installs"]
async fn a_browser_gets_no_other_answer_than_is_documented() {
    let folder = Folder::new();
    let (program, admin) = start(&folder).await;
    let cookie = format!("Cookie: {}", admin.headers["cookie"].to_str().unwrap());
    let browser = "X-Ringdock: 1".to_owned();
    let operations = ["--exclude-path-regex", ENDS_SESSION];
    Pass { headers: vec![cookie, browser.clone()], config: THERE, operations: &operations }
        .run(&folder, &program);
    assert_eq!(admin.get("/api/session").await["login"], "admin", "the session went on");
    // Signing in and out begins with nobody.
    let operations = ["--include-path-regex", "^/api/session"];
    Pass { headers: vec![browser], config: "", operations: &operations }.run(&folder, &program);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis, which `cargo xtask test openapi` installs"]
async fn a_pbx_gets_no_other_answer_than_is_documented() {
    let folder = Folder::new();
    let (program, admin) = start(&folder).await;
    let hooks = admin.get("/api/pbx-webhooks").await;
    let count =
        async || admin.get("/api/calls?limit=200").await["items"].as_array().map_or(0, Vec::len);
    let before = count().await;
    for kind in ["inbound", "outbound", "log"] {
        let secret = hooks[kind].as_str().and_then(|hook| hook.rsplit('/').next()).unwrap();
        let config = format!(
            "[parameters]\n\"path.kind\" = {}\n\"path.secret\" = {}\n",
            Value::from(kind),
            Value::from(secret)
        );
        let operations = ["--include-path-regex", HOOKS];
        Pass { headers: Vec::new(), config: &config, operations: &operations }
            .run(&folder, &program);
    }
    assert!(count().await > before, "some reports were taken");
}
