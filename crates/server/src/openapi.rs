//! The OpenAPI document, generated from the handlers.

use axum::http::Method;
use ringdock_api::Problem;
use utoipa::{
    OpenApi, PartialSchema, ToSchema,
    openapi::{
        OpenApi as Document, Ref, RefOr, Response,
        content::ContentBuilder,
        path::Operation,
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
            refusals(operation, *access);
        }
    }
    document
}

/// What every operation may refuse for. The problem's code says which it was.
fn refusals(operation: &mut Operation, access: Access) {
    let signed_in = !matches!(access, Access::Public | Access::Secret);
    if signed_in {
        let none: [&str; 0] = [];
        let either = ["session", "key"].map(|scheme| SecurityRequirement::new(scheme, none));
        operation.security = Some(either.into());
    }
    let responses = &mut operation.responses.responses;
    let mut refusal = |status: &str, why: &str| {
        responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem(why)));
    };
    if signed_in {
        refusal("401", "nobody is signed in");
        refusal("403", "the role does not allow it, or the request may come from another site");
    }
    refusal("default", "the request is refused; its problem says why");
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
}
