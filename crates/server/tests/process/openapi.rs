//! schemathesis makes thousands of requests of the served OpenAPI document: no answer may be a server's failure, and none one
//! that the document does not tell of.

use std::process::Command;

use serde_json::json;

use crate::program::{Folder, Program};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";

/// What would take the key or its permissions from who asks: tested last.
const ENDS_ACCESS: &str = "^/api/(keys|roles|users)/";

/// Ids that exist, since few random ones do.
const THERE: &str =
    "[parameters]\n\"path.id\" = 5\n\"path.record\" = 6\n\"path.key\" = \"contact\"\n";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs schemathesis, which `cargo xtask test openapi` installs"]
async fn every_answer_is_documented_and_none_is_a_failure() {
    let folder = Folder::new();
    let program = Program::start(&folder, &folder.path().join("crm.db").display().to_string());
    let admin = program.client("admin").await;
    let config = folder.path().join("there.toml");
    std::fs::write(&config, THERE).unwrap();
    let config = config.display().to_string();
    for arguments in [
        ["--exclude-path-regex", ENDS_ACCESS].as_slice(),
        ["--config-file", &config, "--exclude-path-regex", ENDS_ACCESS].as_slice(),
        ["--include-path-regex", ENDS_ACCESS].as_slice(),
    ] {
        let (status, key) =
            admin.post("/api/keys", &json!({ "name": "schemathesis", "role": 1 })).await;
        assert_eq!(status, 201, "{key}");
        let mut run = Command::new(std::env::var("RINGDOCK_SCHEMATHESIS").unwrap());
        if let ["--config-file", file, ..] = arguments {
            run.args(["--config-file", file]);
        }
        let rest = if arguments.len() > 2 { &arguments[2..] } else { arguments };
        run.arg("run").arg(format!("{}/openapi.json", program.url)).args(rest);
        run.args([
            "--header",
            &format!("Authorization: Bearer {}", key["secret"].as_str().unwrap()),
        ]);
        // A stream of events has no end.
        run.args([
            "--exclude-path",
            "/api/events",
            "--max-examples",
            "10",
            "--checks",
            CHECKS,
            "--no-color",
        ]);
        let output = run.current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
        println!(
            "{}",
            said.split("Test cases:")
                .nth(1)
                .unwrap_or_default()
                .lines()
                .nth(1)
                .unwrap_or_default()
                .trim()
        );
    }
}
