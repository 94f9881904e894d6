//! The OpenAPI document, generated from the handlers.

use axum::http::Method;
use ringdock_api::Problem;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        OpenApi as Document, Ref, RefOr, Response,
        content::ContentBuilder,
        path::{Operation, ParameterIn},
        response::ResponseBuilder,
        security::{
            ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
        },
    },
};

use crate::auth::access::{Access, TABLE};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ringdock",
    description = "The CRM behind the dock. Lists come in parts with a cursor, times are milliseconds since 1970 (UTC), and refusals are problems (RFC 9457) with a stable `code`. A browser that changes something sends the header `X-Ringdock` with its cookie; other programs send a key as bearer token."
))]
struct Head;

/// The document before any route.
pub fn head() -> Document {
    Head::openapi()
}

/// The whole document.
pub fn document() -> Document {
    let (_, mut document) = crate::http::api().split_for_parts();
    let components = document.components.get_or_insert_default();
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(crate::auth::COOKIE)));
    components.add_security_scheme("session", cookie);
    components.add_security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    for (method, route, access) in TABLE {
        let Some(item) = document.paths.paths.get_mut(*route) else { continue };
        let operation = match *method {
            Method::GET => item.get.as_mut(),
            Method::POST => item.post.as_mut(),
            Method::PUT => item.put.as_mut(),
            Method::PATCH => item.patch.as_mut(),
            Method::DELETE => item.delete.as_mut(),
            _ => None,
        };
        if let Some(operation) = operation {
            refusals(operation, method, route, *access);
        }
    }
    document
}

/// What an operation may refuse for, as far as its route, its parameters and its body tell. The problem's code says which it
/// was.
fn refusals(operation: &mut Operation, method: &Method, route: &str, access: Access) {
    let signed_in = !matches!(access, Access::Public | Access::Secret);
    if signed_in {
        let none: [&str; 0] = [];
        let either = ["session", "key"].map(|scheme| SecurityRequirement::new(scheme, none));
        operation.security = Some(either.into());
    }
    let in_listed = |list: &[(Method, &str)]| list.contains(&(method.clone(), route));
    let (in_path, in_query) = parameters(operation);
    let body = operation.request_body.is_some();
    let changes = *method != Method::GET;
    let refusals = [
        (400, body || in_path || in_query, "the request is not what this document says"),
        (401, signed_in || in_listed(PASSWORDS), "nobody is signed in, or the password is wrong"),
        (403, signed_in || changes, "the role, the origin or the signature does not allow it"),
        (404, in_path || in_listed(HIDDEN), "there is no such thing, or it may not be seen"),
        (409, in_listed(CONFLICTS), "it does not go together with what is there"),
        (413, body, "the body is too long"),
        (415, body, "the body is of another media type"),
        (
            422,
            body || in_query || in_listed(CHECKED),
            "a value is refused; the problem names its field",
        ),
        (429, in_listed(PASSWORDS), "too many attempts; `Retry-After` says how long to wait"),
        (503, true, "the database is busy; nothing was saved"),
        (507, signed_in || changes, "the disk is full; nothing was saved"),
    ];
    let responses = &mut operation.responses.responses;
    for (status, may_occur, why) in refusals {
        if may_occur {
            responses.entry(status.to_string()).or_insert_with(|| RefOr::T(problem(why)));
        }
    }
}

/// Where a password is tried.
const PASSWORDS: &[(Method, &str)] =
    &[(Method::POST, "/api/session"), (Method::PUT, "/api/me/password")];

/// What is not there on every server.
const HIDDEN: &[(Method, &str)] = &[(Method::POST, "/api/session/demo")];

/// What has no body, and names something that may not be what it should be.
const CHECKED: &[(Method, &str)] = &[(Method::PUT, "/api/calls/{id}/records/{record}")];

/// Where a name may be taken, a key be used for something else, or a thing be in use.
const CONFLICTS: &[(Method, &str)] = &[
    (Method::POST, "/api/users"),
    (Method::PUT, "/api/users/{id}"),
    (Method::DELETE, "/api/users/{id}"),
    (Method::POST, "/api/roles"),
    (Method::PUT, "/api/roles/{id}"),
    (Method::DELETE, "/api/roles/{id}"),
    (Method::PUT, "/api/types/{key}"),
    (Method::DELETE, "/api/types/{key}"),
    (Method::POST, "/api/records"),
    (Method::POST, "/api/notes"),
    (Method::POST, "/api/tasks"),
    (Method::POST, "/api/call-backs"),
    (Method::POST, "/api/numbers"),
    (Method::PUT, "/api/numbers/{id}"),
    (Method::POST, "/api/voip-accounts"),
    (Method::PUT, "/api/voip-accounts/{id}"),
];

/// Whether the operation has parameters in its path, and in its query.
fn parameters(operation: &Operation) -> (bool, bool) {
    let has = |place: ParameterIn| {
        operation.parameters.iter().flatten().any(
            |parameter| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == place),
        )
    };
    (has(ParameterIn::Path), has(ParameterIn::Query))
}

fn problem(why: &str) -> Response {
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    ResponseBuilder::new().description(why).content("application/problem+json", content).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Routes that are about the API rather than part of it.
    const OUTSIDE: [&str; 2] = ["/health", "/openapi.json"];

    #[test]
    fn the_table_of_access_and_the_routes_are_the_same() {
        let document = serde_json::to_value(document()).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let mut routes: Vec<String> = paths
            .iter()
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys();
                methods.map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        let listed = TABLE.iter().filter(|(_, route, _)| !OUTSIDE.contains(route));
        let mut listed: Vec<String> =
            listed.map(|(method, route, _)| format!("{method} {route}")).collect();
        routes.sort();
        listed.sort();
        assert_eq!(routes, listed);
    }

    #[test]
    fn a_report_of_a_pbx_may_be_written_without_quotes() {
        let document = serde_json::to_value(document()).unwrap();
        let schemas = &document["components"]["schemas"];
        let kinds = serde_json::json!(["string", "number", "boolean", "null"]);
        assert_eq!(schemas["PbxText"]["type"], kinds);
        let fields = schemas["PbxReport"]["properties"].as_object().unwrap();
        for (name, field) in fields {
            assert_eq!(field["$ref"], "#/components/schemas/PbxText", "{name}: {field}");
            assert!(field["description"].is_string(), "{name}");
        }
    }

    #[test]
    fn each_operation_tells_what_it_refuses_for() {
        let document = serde_json::to_value(document()).unwrap();
        let told = |method: &str, path: &str| {
            let responses = document["paths"][path][method]["responses"].as_object().unwrap();
            responses.keys().cloned().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told("post", "/api/notes"), "200 201 400 401 403 409 413 415 422 503 507",);
        assert_eq!(told("post", "/api/session"), "200 400 401 403 413 415 422 429 503 507");
        assert_eq!(told("get", "/api/agents"), "200 401 403 503 507");
        assert_eq!(told("delete", "/api/users/{id}"), "204 400 401 403 404 409 503 507");
        assert!(!document.to_string().contains("\"default\":{\"content"), "any status would do");
        let lists = [PASSWORDS, HIDDEN, CHECKED, CONFLICTS].concat();
        let unknown = lists
            .iter()
            .find(|(method, route)| !TABLE.iter().any(|(m, r, _)| m == method && r == route));
        assert_eq!(unknown, None);
    }
}
