//! What to dial, while somebody types.

use std::cmp::Reverse;

use axum::{Json, extract::State};
use ringdock_api::{
    Id, Page,
    matching::{Suggestion, SuggestionQuery},
    record::RecordBrief,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    db::sql,
    error::{Error, Result},
    extract, number,
    numbers::choice::OwnNumbers,
    records::{self, types, value},
};

const MOST: usize = 8;
const MOST_WORDS: usize = 8;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(suggestions))
}

#[derive(FromQueryResult)]
struct Recent {
    id: Id,
    other: String,
}

#[derive(FromQueryResult)]
struct Linked {
    call_id: Id,
    record: Id,
    kind: String,
    title: String,
    status: Option<String>,
}

#[derive(FromQueryResult)]
struct Known {
    record: Id,
    kind: String,
    title: String,
    status: Option<String>,
    field: String,
    e164: Option<String>,
    digits: String,
}

/// Who is called by a number comes before what the call is about.
const PEOPLE_FIRST: &str =
    "CASE r.kind WHEN 'contact' THEN 0 WHEN 'lead' THEN 0 WHEN 'account' THEN 1 ELSE 2 END";

/// Numbers to dial: one's own recent calls, then records whose name or number begins so.
#[utoipa::path(get, path = "/api/suggestions", tag = "records", params(SuggestionQuery),
    responses((status = 200, body = Page<Suggestion>)))]
async fn suggestions(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<SuggestionQuery>,
) -> Result<Json<Page<Suggestion>>> {
    if query.typed.len() > 100 {
        return Err(Error::too_long("typed", 100));
    }
    let db = app.db.read();
    let typed = query.typed.trim().to_lowercase();
    let is_number =
        typed.contains(|c: char| c.is_ascii_digit()) && !typed.contains(char::is_alphabetic);
    let country = records::country(&app, &who).await?;
    let begins = match is_number {
        true => number::beginnings(&typed, &country),
        false => vec![typed],
    };
    if begins.iter().all(|begin| begin.chars().count() < 2) {
        return Ok(Json(Page::whole(Vec::new())));
    }
    let known = match is_number {
        true => with_number(db, &begins).await?,
        false => with_name(db, &begins.concat()).await?,
    };
    let mut all = Vec::new();
    if is_number && let Some(user) = who.user {
        all = recent(db, user, &begins).await?;
        // Who has a number says more than that nobody was known when it was called.
        let is_known = |number: &str| known.iter().any(|known| known.number == number);
        all.retain(|recent| recent.record.is_some() || !is_known(&recent.number));
    }
    let of = |suggestion: &Suggestion| suggestion.record.as_ref().map(|record| record.id);
    for suggestion in known {
        let same =
            |other: &Suggestion| other.number == suggestion.number && of(other) == of(&suggestion);
        if !all.iter().any(same) {
            all.push(suggestion);
        }
    }
    all.truncate(MOST);
    if let Some(user) = who.user {
        let own = OwnNumbers::of(db, user).await?;
        for suggestion in &mut all {
            let from = own.for_call(db, "", &suggestion.number).await?;
            suggestion.call_from = from.map(|from| from.number);
        }
    }
    Ok(Json(Page::whole(all)))
}

/// One's own recent calls with such a number.
async fn recent(db: &impl ConnectionTrait, user: Id, begins: &[String]) -> Result<Vec<Suggestion>> {
    let find = "SELECT id, other FROM calls WHERE agent_id = $1 ORDER BY started_at DESC LIMIT 200";
    let rows = Recent::find_by_statement(sql(db, find, [user.into()])).all(db).await?;
    let parts: Vec<&str> = begins
        .iter()
        .map(|begin| begin.trim_start_matches('0'))
        .filter(|part| part.len() > 1)
        .collect();
    let mut calls: Vec<Recent> = Vec::new();
    for row in rows {
        let fits = parts.iter().any(|part| row.other.contains(part));
        if fits && calls.len() < 3 && !calls.iter().any(|call| call.other == row.other) {
            calls.push(row);
        }
    }
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = calls.iter().map(|call| call.id.to_string()).collect();
    let find = format!(
        "SELECT l.call_id, r.id AS record, r.kind, r.title, r.status FROM call_links l \
         JOIN records r ON r.id = l.subject_id AND r.deleted_at IS NULL \
         WHERE l.subject = 'record' AND l.call_id IN ({}) ORDER BY {PEOPLE_FIRST}, r.id",
        ids.join(", ")
    );
    let links = Linked::find_by_statement(sql(db, &find, [])).all(db).await?;
    let told = |call: Recent| Suggestion {
        record: links.iter().find(|link| link.call_id == call.id).map(|link| RecordBrief {
            id: link.record,
            record_type: link.kind.clone(),
            title: link.title.clone(),
            status: link.status.clone(),
        }),
        number: call.other,
        field_label: None,
        call_from: None,
    };
    Ok(calls.into_iter().map(told).collect())
}

/// Records with a name that begins so.
async fn with_name(db: &impl ConnectionTrait, begin: &str) -> Result<Vec<Suggestion>> {
    let mut words: Vec<String> = value::words(begin).take(MOST_WORDS).collect();
    // The longest is in the fewest records.
    words.sort_by_key(|word| Reverse(word.len()));
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let rows = known(db, &[words], "r.updated_at DESC").await?;
    told(db, rows).await
}

/// Records with a number that begins in one of these ways.
async fn with_number(db: &impl ConnectionTrait, begins: &[String]) -> Result<Vec<Suggestion>> {
    let ways: Vec<Vec<String>> =
        begins.iter().filter(|begin| begin.len() > 1).map(|begin| vec![begin.clone()]).collect();
    let mut rows = known(db, &ways, &format!("{PEOPLE_FIRST}, r.updated_at DESC")).await?;
    rows.retain(|row| {
        let e164 = row.e164.as_deref().unwrap_or_default().trim_start_matches('+');
        begins.iter().any(|begin| e164.starts_with(begin) || row.digits.starts_with(begin))
    });
    told(db, rows).await
}

/// The phone fields of records that have, in one of these ways, words that begin like all of those.
async fn known(db: &impl ConnectionTrait, ways: &[Vec<String>], order: &str) -> Result<Vec<Known>> {
    let mut values = Vec::new();
    let candidates: Vec<String> = ways.iter().map(|words| candidates(words, &mut values)).collect();
    let text = format!(
        "SELECT r.id AS record, r.kind, r.title, r.status, p.field, p.e164, p.digits FROM ({}) w \
         JOIN records r ON r.id = w.record_id AND r.deleted_at IS NULL \
         JOIN phones p ON p.subject = 'record' AND p.subject_id = r.id \
         ORDER BY {order}, r.id, p.id LIMIT 60",
        candidates.join(" UNION ")
    );
    let find = sql(db, &text, values.into_iter().map(Into::into));
    Ok(Known::find_by_statement(find).all(db).await?)
}

/// The statement that finds records by their words, whose values come behind the others.
fn candidates(words: &[String], values: &mut Vec<String>) -> String {
    let places: Vec<(usize, usize)> = words
        .iter()
        .map(|word| {
            values.extend([word.clone(), format!("{word}\u{10FFFF}")]);
            (values.len() - 1, values.len())
        })
        .collect();
    let range = |of: &str, (from, to): (usize, usize)| {
        format!("{of}.word >= ${from} AND {of}.word < ${to}")
    };
    let Some((first, others)) = places.split_first() else { return String::new() };
    // The first finds them, and the others are looked up beside it, before the limit.
    let beside: String = others
        .iter()
        .map(|place| {
            let range = range("o", *place);
            format!(
                " AND EXISTS (SELECT 1 FROM words o WHERE o.record_id = w.record_id AND {range})"
            )
        })
        .collect();
    let found = range("w", *first);
    format!(
        "SELECT record_id FROM (SELECT DISTINCT w.record_id FROM words w WHERE {found}{beside} LIMIT 50) f"
    )
}

async fn told(db: &impl ConnectionTrait, rows: Vec<Known>) -> Result<Vec<Suggestion>> {
    let types = if rows.is_empty() { Vec::new() } else { types::all(db).await? };
    let told = |row: Known| {
        let kind = types.iter().find(|kind| kind.key == row.kind);
        let label = kind.and_then(|kind| kind.field(&row.field)).map(|field| field.label.clone());
        let record = RecordBrief {
            id: row.record,
            record_type: row.kind,
            title: row.title,
            status: row.status,
        };
        Suggestion {
            number: row.e164.unwrap_or(row.digits),
            record: Some(record),
            field_label: label,
            call_from: None,
        }
    };
    Ok(rows.into_iter().map(told).collect())
}
