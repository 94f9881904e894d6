//! The call history as a table for other programs (RFC 4180).

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use ringdock_api::call::{Call, CallQuery};
use sea_orm::{QuerySelect, sea_query::SimpleExpr};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    by_number::with_number,
    list::{after, filtered},
    store::word,
    tell,
};
use crate::{app::App, auth::Who, error::Result, extract, page::Part, time::iso};

const HEAD: &str = "id,direction,outcome,from,to,agent,line,started_at,answered_at,ended_at,talk_seconds,records,notes\r\n";

/// What begins a formula, in the signs of East Asian keyboards as well.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Calls are read in parts, so that a long history takes no more memory than a short one.
const PART: usize = 500;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(csv))
}

/// The calls that one may see as CSV, newest first. `cursor` and `limit` have no meaning here.
#[utoipa::path(get, path = "/api/calls.csv", tag = "calls", params(CallQuery),
    responses((status = 200, description = "CSV with a header line", body = String, content_type = "text/csv")))]
async fn csv(
    State(app): State<App>,
    who: Who,
    extract::Query(query): extract::Query<CallQuery>,
) -> Result<Response> {
    let number = with_number(&app, &who, &query).await?;
    // Refused now rather than in mid-stream.
    filtered(&query, &who, number.as_ref())?;
    let first = Part { limit: PART, ..Part::read(None, None)? };
    let parts = stream::try_unfold((first, true), move |(part, head)| {
        let (app, who, query, number) = (app.clone(), who.clone(), query.clone(), number.clone());
        async move {
            if part.limit == 0 {
                return Ok::<_, std::io::Error>(None);
            }
            let rows = lines(&app, &who, &query, number.as_ref(), part).await;
            let (text, next) =
                rows.map_err(|_| std::io::Error::other("the history could not be read"))?;
            let text = if head { HEAD.to_owned() + &text } else { text };
            Ok(Some((Bytes::from(text), (next, false))))
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"calls.csv\""),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// Some lines, and the part after them: of no length at the end.
async fn lines(
    app: &App,
    who: &Who,
    query: &CallQuery,
    number: Option<&SimpleExpr>,
    part: Part,
) -> Result<(String, Part)> {
    let rows = after(filtered(query, who, number)?, part);
    let rows = rows.limit(part.fetch() - 1).all(app.db.read()).await?;
    let whole = rows.len() == part.limit;
    let last = rows.last().map_or(part.after, |row| (row.started_at, row.id));
    let calls = tell::calls(app.db.read(), who, rows).await?;
    let mut text = String::new();
    for call in &calls {
        text += &line(call)?;
    }
    Ok((text, Part { limit: if whole { part.limit } else { 0 }, after: last }))
}

fn line(call: &Call) -> Result<String> {
    let titles: Vec<&str> = call.records.iter().map(|link| link.record.title.as_str()).collect();
    let notes: Vec<&str> = call.notes.iter().map(|note| note.text.as_str()).collect();
    let cells = [
        call.id.to_string(),
        word(&call.direction)?,
        word(&call.outcome)?,
        harmless(&call.from),
        harmless(&call.to),
        harmless(call.agent.as_ref().map_or("", |agent| &agent.name)),
        harmless(call.line.as_deref().unwrap_or_default()),
        iso(call.started_at),
        call.answered_at.map(iso).unwrap_or_default(),
        call.ended_at.map(iso).unwrap_or_default(),
        call.talk_seconds.to_string(),
        harmless(&titles.join("; ")),
        harmless(&notes.join("\n")),
    ];
    Ok(cells.map(|cell| quoted(&cell)).join(",") + "\r\n")
}

/// A spreadsheet takes a cell that begins so for a formula. A number in E.164 is one that computes nothing.
fn harmless(text: &str) -> String {
    let is_number =
        text.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    if !is_number && text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("plain"), "plain");
        for formula in ["=HYPERLINK(1)", "+1+cmd", "-2", "@SUM(1)", "＝1", "+44 20"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("+442079460958"), "+442079460958");
    }
}
