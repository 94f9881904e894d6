//! Finds who has a number.

use std::collections::HashMap;

use axum::{Json, extract::State};
use ringdock_api::{
    Id,
    matching::{Match, MatchQuery, Matches},
    record::{RecordBrief, RecordType},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    check,
    db::sql,
    entity::record,
    error::Result,
    extract,
    number::{self, Number},
    records::{self, brief::brief, types},
    related, users,
};

/// So many are told.
const MOST: usize = 20;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(matches))
}

/// Everybody who has a number, and what is open around them.
#[utoipa::path(get, path = "/api/match", tag = "records", params(MatchQuery),
    responses((status = 200, body = Matches)))]
async fn matches(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<MatchQuery>,
) -> Result<Json<Matches>> {
    check::at_most("number", &query.number, number::LONGEST)?;
    let country = records::country(&app, &who).await?;
    let db = app.db.read();
    let found = find(db, &query.number, &country).await?;
    let types = if found.is_empty() { Vec::new() } else { types::all(db).await? };
    let matches = told(db, &who, found, &types).await?;
    Ok(Json(Matches { number: Number::canonical(&query.number, &country), matches }))
}

/// A phone field with the number.
#[derive(Debug, FromQueryResult)]
pub struct Found {
    /// `record` or `user`.
    pub subject: String,
    /// The record or user.
    pub subject_id: Id,
    /// The field's key.
    pub field: String,
}

/// All phone fields with a number; several of one record count once.
pub async fn find(db: &impl ConnectionTrait, typed: &str, country: &str) -> Result<Vec<Found>> {
    let number = Number::read(typed, country);
    if number.digits.is_empty() {
        return Ok(Vec::new());
    }
    let find = match &number.e164 {
        // A number that was saved without being understood may still be this one. All that were not are many: put like
        // this, no index can be taken to find them first.
        Some(e164) => sql(
            db,
            "SELECT subject, subject_id, field FROM phones WHERE e164 = $1 \
             UNION ALL SELECT subject, subject_id, field FROM phones WHERE digits = $2 AND COALESCE(e164, '') = '' LIMIT 100",
            [e164.as_str().into(), number.digits.as_str().into()],
        ),
        None => sql(
            db,
            "SELECT subject, subject_id, field FROM phones WHERE digits = $1 LIMIT 100",
            [number.digits.as_str().into()],
        ),
    };
    let mut found = Found::find_by_statement(find).all(db).await?;
    if number.e164.is_none()
        && let Some(user) = users::with_extension(db, &number.digits).await?
    {
        found.push(Found {
            subject: "user".to_owned(),
            subject_id: user,
            field: "extension".to_owned(),
        });
    }
    found.sort_by(|a, b| (&a.subject, a.subject_id).cmp(&(&b.subject, b.subject_id)));
    found.dedup_by(|a, b| (&a.subject, a.subject_id) == (&b.subject, b.subject_id));
    Ok(found)
}

async fn told(
    db: &impl ConnectionTrait,
    who: &Who,
    found: Vec<Found>,
    types: &[RecordType],
) -> Result<Vec<Match>> {
    let of = |subject: &'static str| {
        found.iter().filter(move |f| f.subject == subject).map(|f| f.subject_id)
    };
    let ids: Vec<Id> = of("record").collect();
    let mut rows = Vec::new();
    if !ids.is_empty() {
        let query = record::Entity::find().filter(record::Column::Id.is_in(ids));
        rows = query.filter(record::Column::DeletedAt.is_null()).all(db).await?;
    }
    let rank = |row: &record::Model| {
        ["contact", "lead", "account"].iter().position(|k| *k == row.kind).unwrap_or(3)
    };
    rows.sort_by_key(|row| (rank(row), -row.updated_at, -row.id));
    rows.truncate(MOST);
    let mut related = related::of(db, who, &rows).await?;
    let fields: HashMap<Id, &str> = found
        .iter()
        .filter(|f| f.subject == "record")
        .map(|f| (f.subject_id, f.field.as_str()))
        .collect();
    let mut matches: Vec<Match> = rows
        .iter()
        .map(|row| {
            let field = fields.get(&row.id).copied().unwrap_or_default();
            let kind = types.iter().find(|kind| kind.key == row.kind);
            let label =
                kind.and_then(|kind| kind.field(field)).map_or(field, |field| field.label.as_str());
            Match {
                record: brief(row),
                field: field.to_owned(),
                field_label: label.to_owned(),
                related: related.remove(&row.id).unwrap_or_default(),
            }
        })
        .collect();
    let people = users::people(db, of("user")).await?;
    for user in found.iter().filter(|f| f.subject == "user") {
        let Some(person) = people.get(&user.subject_id) else { continue };
        let title = person.name.clone();
        let label = if user.field == "extension" { "Extension" } else { "Phone" };
        matches.push(Match {
            record: RecordBrief {
                id: person.id,
                record_type: "user".to_owned(),
                title,
                status: None,
            },
            field: user.field.clone(),
            field_label: label.to_owned(),
            related: Default::default(),
        });
    }
    matches.truncate(MOST);
    Ok(matches)
}
