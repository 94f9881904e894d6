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
    extract,
    numbers::choice::OwnNumbers,
    records::{brief, types, value},
};

const MOST: usize = 8;
const MOST_WORDS: usize = 8;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(suggestions))
}

#[derive(FromQueryResult)]
struct Recent {
    other: String,
    record: Option<Id>,
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
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_number = !digits.is_empty() && !typed.contains(char::is_alphabetic);
    // `00` is written for `+`; a single zero begins a national number, and is searched for as it was typed.
    let begin =
        if is_number { digits.strip_prefix("00").unwrap_or(&digits).to_owned() } else { typed };
    if begin.chars().count() < 2 {
        return Ok(Json(Page::whole(Vec::new())));
    }
    let mut all = Vec::new();
    if is_number && let Some(user) = who.user {
        all = recent(db, user, begin.trim_start_matches('0')).await?;
    }
    for suggestion in known(db, &begin).await? {
        if !all.iter().any(|other: &Suggestion| other.number == suggestion.number) {
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

async fn recent(db: &impl ConnectionTrait, user: Id, digits: &str) -> Result<Vec<Suggestion>> {
    let find = sql(
        db,
        "SELECT other, MAX(record) AS record FROM (SELECT c.other, c.started_at, \
         (SELECT MIN(l.subject_id) FROM call_links l WHERE l.call_id = c.id AND l.subject = 'record') AS record \
         FROM calls c WHERE c.agent_id = $1 ORDER BY c.started_at DESC LIMIT 200) recent \
         WHERE other LIKE $2 GROUP BY other ORDER BY MAX(started_at) DESC LIMIT 3",
        // Digits alone: nothing in it means anything to LIKE.
        [user.into(), format!("%{digits}%").into()],
    );
    let rows = Recent::find_by_statement(find).all(db).await?;
    let records = brief::briefs(db, rows.iter().filter_map(|row| row.record)).await?;
    let told = |row: Recent| Suggestion {
        number: row.other,
        record: row.record.and_then(|id| records.get(&id).cloned()),
        field_label: None,
        call_from: None,
    };
    Ok(rows.into_iter().map(told).collect())
}

async fn known(db: &impl ConnectionTrait, begin: &str) -> Result<Vec<Suggestion>> {
    let mut words: Vec<String> = value::words(begin).take(MOST_WORDS).collect();
    // The longest is in the fewest records.
    words.sort_by_key(|word| Reverse(word.len()));
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // It finds them, and the others are looked up beside it, before the limit.
    let others: String = (1..words.len())
        .map(|at| {
            format!(
                " AND EXISTS (SELECT 1 FROM words o WHERE o.record_id = w.record_id AND o.word >= ${} AND o.word < ${})",
                2 * at + 1,
                2 * at + 2
            )
        })
        .collect();
    let text = format!(
        "SELECT r.id AS record, r.kind, r.title, r.status, p.field, p.e164, p.digits FROM \
         (SELECT DISTINCT w.record_id FROM words w WHERE w.word >= $1 AND w.word < $2{others} LIMIT 50) w \
         JOIN records r ON r.id = w.record_id AND r.deleted_at IS NULL \
         JOIN phones p ON p.subject = 'record' AND p.subject_id = r.id \
         ORDER BY r.updated_at DESC, r.id, p.id LIMIT 40"
    );
    let ranges = words.iter().flat_map(|word| [word.clone(), format!("{word}\u{10FFFF}")]);
    let find = sql(db, &text, ranges.map(Into::into));
    let rows = Known::find_by_statement(find).all(db).await?;
    let types = if rows.is_empty() { Vec::new() } else { types::all(db).await? };
    let is_number = begin.bytes().all(|b| b.is_ascii_digit());
    let fits = |row: &Known| {
        let number = row.e164.as_deref().unwrap_or_default();
        !is_number || number.contains(begin) || row.digits.contains(begin)
    };
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
    Ok(rows.into_iter().filter(fits).take(MOST).map(told).collect())
}
