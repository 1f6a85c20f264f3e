//! The description of this API, made from the table of operations. [OpenAPI 3.1]

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::header::CACHE_CONTROL};
use utoipa::{
    PartialSchema as _, ToSchema as _,
    openapi::{
        ComponentsBuilder, Content, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, Paths, PathsBuilder, Ref, RefOr, Required, ResponseBuilder,
        Schema,
        path::{OperationBuilder, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::{ObjectBuilder, Type},
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::{MOUNT, Method, OPERATIONS, Operation, operations, problem::ProblemShown};
use crate::model::{HookEvent, HookName};

/// `GET /api/v1/openapi.json`, for everybody.
pub(super) async fn show() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=300")).json(document())
}

/// The whole description.
#[must_use]
pub fn document() -> OpenApi {
    let mut schemas: Vec<(String, RefOr<Schema>)> = Vec::new();
    operations::describe_parts(&mut schemas);
    ProblemShown::schemas(&mut schemas);
    schemas.push(("Problem".to_owned(), ProblemShown::schema()));
    let mut items: BTreeMap<&'static str, PathItem> = BTreeMap::new();
    for operation in OPERATIONS {
        let described = describe(operation, &mut schemas);
        let method = match operation.method {
            Method::Get => HttpMethod::Get,
            Method::Post => HttpMethod::Post,
            Method::Patch => HttpMethod::Patch,
            Method::Put => HttpMethod::Put,
            Method::Delete => HttpMethod::Delete,
        };
        items.entry(operation.path).or_default().merge_operations(PathItem::new(method, described));
    }
    let paths = items.into_iter().fold(PathsBuilder::new(), |paths, (path, item)| paths.path(format!("{MOUNT}{path}"), item));
    HookBody::schemas(&mut schemas);
    schemas.push(("HookBody".to_owned(), HookBody::schema()));
    let webhooks = webhooks();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = ComponentsBuilder::new().schemas_from_iter(schemas).security_scheme("bearer", bearer);
    let about = InfoBuilder::new()
        .title("Parvis administration")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Bearer tokens with the audience PUBLIC_URL/api. A change takes a merge patch (RFC 7396) and, in If-Match, the rev that was seen."));
    OpenApiBuilder::new().info(about.build()).paths(paths.build()).webhooks(Some(webhooks)).components(Some(components.build())).build()
}

/// What we send ourselves: one description for each event. [OpenAPI 3.1 §4.8.1.1, Standard Webhooks 1.0.0]
fn webhooks() -> Paths {
    let told = HookName::ALL.iter().map(|event| {
        let headers = [
            ("webhook-id", "The same at each try: what was seen before needs nothing."),
            ("webhook-timestamp", "Seconds since 1970 at which it is sent; refuse what is more than five minutes off."),
            (
                "webhook-signature",
                "One or more signatures, apart by spaces: v1, and the HMAC-SHA256 over id.timestamp.body, in base64, by the endpoint's secret.",
            ),
        ];
        let described = OperationBuilder::new().operation_id(Some(event.as_str())).summary(Some(format!(
            "Sent to the endpoints that want {event}; 2xx is success, 410 switches the endpoint off, all else is tried again for a day",
            event = event.as_str()
        )));
        let described = headers.into_iter().fold(described, |described, (name, words)| {
            let schema = ObjectBuilder::new().schema_type(Type::String).build();
            let header = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).required(Required::True).description(Some(words));
            described.parameter(header.schema(Some(schema)).build())
        });
        let content = Content::new(Some(RefOr::Ref(Ref::from_schema_name("HookBody"))));
        let body = RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True)).build();
        let done = ResponseBuilder::new().description("Received").build();
        let described = described.request_body(Some(body)).response("2XX", done).build();
        (event.as_str(), PathItem::new(HttpMethod::Post, described))
    });
    told.fold(PathsBuilder::new(), |paths, (name, item)| paths.path(name, item)).build()
}

/// What an event looks like.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "it is only described; what is sent is written where it is made")]
struct HookBody {
    /// What happened: `type`, and the ids of it in `data`.
    #[schema(inline)]
    #[serde(flatten)]
    event: HookEvent,
    /// When it happened, by RFC 3339.
    timestamp: String,
}

fn describe(operation: &Operation, schemas: &mut Vec<(String, RefOr<Schema>)>) -> utoipa::openapi::path::Operation {
    let mut described = OperationBuilder::new().summary(Some(operation.summary)).operation_id(Some(id(operation)));
    for name in operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        described = described.parameter(parameter(name, ParameterIn::Path, Type::String));
    }
    if is_list(operation) {
        described = described.parameter(parameter("after", ParameterIn::Query, Type::String)).parameter(parameter("limit", ParameterIn::Query, Type::Integer));
    }
    if is_import(operation) {
        for (name, kind) in [("dry_run", Type::Boolean), ("update", Type::Boolean), ("first_line", Type::Integer)] {
            described = described.parameter(parameter(name, ParameterIn::Query, kind));
        }
    }
    if operation.method == Method::Patch {
        described = described.parameter(parameter("If-Match", ParameterIn::Header, Type::String));
    }
    if let Some(sent) = operation.sent {
        let media: &[&str] = match operation.method {
            Method::Patch => &["application/merge-patch+json"],
            _ if is_import(operation) => &["application/x-ndjson", "text/csv"],
            _ => &["application/json"],
        };
        let content = Content::new(Some(sent(schemas)));
        let body = media.iter().fold(RequestBodyBuilder::new(), |body, media| body.content(*media, content.clone()));
        described = described.request_body(Some(body.required(Some(Required::True)).build()));
    }
    described = match operation.answered {
        Some(answered) => {
            let made = ["/tenants", "/accounts", "/clients", "/apis", "/webhooks", "/secrets", "/rotate"].iter().any(|end| operation.path.ends_with(end));
            let status = if operation.method == Method::Post && made { "201" } else { "200" };
            let media = if is_import(operation) { "application/x-ndjson" } else { "application/json" };
            described.response(status, ResponseBuilder::new().description("Done").content(media, Content::new(Some(answered(schemas)))).build())
        }
        None => described.response("204", ResponseBuilder::new().description("Done").build()),
    };
    let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    described = described.response("default", ResponseBuilder::new().description("Refused").content("application/problem+json", problem).build());
    if operation.path != "/openapi.json" {
        let scopes: Vec<&str> = operation.right.iter().map(|right| right.scope()).collect();
        described = described.security(SecurityRequirement::new("bearer", scopes));
    }
    described.build()
}

/// A file comes in and a report goes out, line by line.
fn is_import(operation: &Operation) -> bool {
    operation.path.ends_with("/import")
}

fn is_list(operation: &Operation) -> bool {
    operation.method == Method::Get
        && ["/tenants", "/accounts", "/clients", "/apis", "/webhooks", "/deliveries", "/audit"].iter().any(|end| operation.path.ends_with(end))
}

fn parameter(name: &str, place: ParameterIn, kind: Type) -> utoipa::openapi::path::Parameter {
    let required = if matches!(place, ParameterIn::Path) { Required::True } else { Required::False };
    ParameterBuilder::new().name(name).parameter_in(place).required(required).schema(Some(ObjectBuilder::new().schema_type(kind).build())).build()
}

/// Names that programs made from this document use: `get_tenants_accounts`.
fn id(operation: &Operation) -> String {
    let words = operation.path.split(['/', '{', '}', '.']).filter(|word| !word.is_empty());
    format!("{:?}_{}", operation.method, words.collect::<Vec<_>>().join("_")).to_lowercase()
}
