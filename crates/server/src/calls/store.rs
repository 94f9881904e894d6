//! Writes what is known of calls.

use ringdock_api::{Id, Millis, event::Event};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::Value;

use super::{
    facts::{Facts, text},
    links,
};
use crate::{
    db::{Tx, sql},
    entity::{call, call_id, note, timeline},
    error::{Error, Result},
    events::Audience,
    number::Redacted,
    time::{MINUTE, now},
    webhooks::outbox,
};

/// An end that we guessed is told to other programs after this time: until then, somebody may be heard of who is in the
/// call after all, or who says how it ended.
const GUESS_DELAY: Millis = 15 * MINUTE;

/// Joins what a source says of the call that the channel knows by these ids, and gives the call. Several ids that were of
/// different calls so far make them one.
pub async fn join(tx: &mut Tx, ids: &[String], news: &Facts) -> Result<call::Model> {
    tx.lock_calls().await?;
    let known = call_id::Entity::find().filter(call_id::Column::Key.is_in(ids)).all(tx).await?;
    let mut calls: Vec<Id> = known.iter().map(|row| row.call_id).collect();
    calls.sort_unstable();
    calls.dedup();
    let (old, mut facts) = match calls.first() {
        Some(first) => {
            let row = super::by_id(tx, *first).await?;
            let row =
                row.ok_or_else(|| Error::Internal(format!("call {first} has an id and no row")))?;
            let facts = facts(&row)?;
            (Some(row), facts)
        }
        None => (None, Facts::default()),
    };
    let guessed = facts.end_is_guessed();
    facts.join(news);
    let mut numbers: Vec<String> = old.iter().map(|old| old.other.clone()).collect();
    for other in calls.iter().skip(1) {
        if let (Some(keep), Some(row)) = (&old, super::by_id(tx, *other).await?) {
            facts.join(&self::facts(&row)?);
            numbers.push(row.other);
            absorb(tx, keep.id, row.id).await?;
        }
    }
    let row = write(tx, old.as_ref(), &facts).await?;
    tracing::info!(call = row.id, outcome = row.outcome, number = %Redacted(&row.other), "a call was reported");
    name(tx, ids, row.id).await?;
    let corrected = guessed && !facts.end_is_guessed();
    let end = match (row.ended_at, old.as_ref().and_then(|old| old.ended_at)) {
        (Some(_), None) if facts.end_is_guessed() => Some(End::Guessed),
        (Some(_), None) => Some(End::Stated),
        (Some(_), Some(_)) if corrected => Some(End::Stated),
        _ => None,
    };
    let superseded = numbers.iter().any(|number| *number != row.other);
    follow_up(tx, old.as_ref(), &row, superseded, end).await?;
    Ok(row)
}

/// Takes back that a call is over, if that was a guess alone: somebody is in it.
pub async fn resume(tx: &mut Tx, call: Id) -> Result<()> {
    tx.lock_calls().await?;
    let Some(old) = super::by_id(tx, call).await? else { return Ok(()) };
    let mut facts = facts(&old)?;
    if !facts.end_is_guessed() {
        return Ok(());
    }
    facts.withdraw_guess();
    let row = write(tx, Some(&old), &facts).await?;
    tracing::info!(call, "a call that was taken for over goes on");
    outbox::forget_end(tx, call).await?;
    tell(tx, &row).await
}

/// What is new of a call's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nobody reports on it any longer.
    Guessed,
    /// Somebody said so.
    Stated,
}

/// What is known of a call.
pub fn facts(row: &call::Model) -> Result<Facts> {
    serde_json::from_str(&row.facts)
        .map_err(|e| Error::Internal(format!("the facts of call {}: {e}", row.id)))
}

async fn write(tx: &Tx, old: Option<&call::Model>, facts: &Facts) -> Result<call::Model> {
    let columns = columns(facts)?;
    match old {
        Some(old) => Ok(call::ActiveModel { id: Set(old.id), ..columns }.update(tx).await?),
        None => Ok(columns.insert(tx).await?),
    }
}

fn columns(facts: &Facts) -> Result<call::ActiveModel> {
    let now = now();
    Ok(call::ActiveModel {
        facts: Set(serde_json::to_string(facts).map_err(|e| Error::Internal(e.to_string()))?),
        channel: Set(word(
            &facts.channel.as_ref().map_or(ringdock_api::call::Channel::Pbx, |said| said.1),
        )?),
        direction: Set(word(&facts.direction())?),
        caller: Set(text(&facts.caller).to_owned()),
        callee: Set(text(&facts.callee).to_owned()),
        other: Set(facts.other().to_owned()),
        outcome: Set(word(&facts.outcome())?),
        started_at: Set(facts.started_at().unwrap_or(now)),
        answered_at: Set(facts.answered_at()),
        ended_at: Set(facts.ended_at()),
        talk_seconds: Set(facts.talk_seconds()),
        agent_id: Set(facts.agent.as_ref().map(|said| said.1)),
        heard_at: Set(now),
        ..Default::default()
    })
}

/// The word that stands for an enum's value, on the wire and in the database.
pub fn word(value: &impl serde::Serialize) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(Error::Internal("a value has no word".to_owned())),
    }
}

/// The value that a word stands for.
pub fn value<T: serde::de::DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(Value::String(word.to_owned()))
        .map_err(|_| Error::Internal(format!("the database holds the unknown word {word}")))
}

async fn name(tx: &Tx, ids: &[String], call: Id) -> Result<()> {
    let rows =
        ids.iter().map(|id| call_id::ActiveModel { key: Set(id.clone()), call_id: Set(call) });
    let conflict =
        OnConflict::column(call_id::Column::Key).update_column(call_id::Column::CallId).to_owned();
    call_id::Entity::insert_many(rows).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(())
}

/// Gives everything that hangs on the call `gone` to the call `keep`.
async fn absorb(tx: &mut Tx, keep: Id, gone: Id) -> Result<()> {
    let moved = "INSERT INTO call_links (call_id, subject, subject_id, field) \
                 SELECT $1, subject, subject_id, field FROM call_links WHERE call_id = $2 \
                 ON CONFLICT (call_id, subject, subject_id) DO UPDATE SET field = NULL WHERE excluded.field IS NULL";
    tx.execute(sql(tx, moved, [keep.into(), gone.into()])).await?;
    let moved = "INSERT INTO timeline (record_id, at, kind, ref_id) \
                 SELECT record_id, at, kind, $1 FROM timeline WHERE kind = 'call' AND ref_id = $2 ON CONFLICT DO NOTHING";
    tx.execute(sql(tx, moved, [keep.into(), gone.into()])).await?;
    for statement in [
        "DELETE FROM call_links WHERE call_id = $1",
        "DELETE FROM timeline WHERE kind = 'call' AND ref_id = $1",
        // What was not sent yet would tell of a call that is no more.
        "DELETE FROM deliveries WHERE call_id = $1 AND state = 'waiting' AND attempts = 0",
        "DELETE FROM calls WHERE id = $1",
    ] {
        tx.execute(sql(tx, statement, [gone.into()])).await?;
    }
    note::Entity::update_many()
        .col_expr(note::Column::CallId, Expr::value(keep))
        .filter(note::Column::CallId.eq(gone))
        .exec(tx)
        .await?;
    call_id::Entity::update_many()
        .col_expr(call_id::Column::CallId, Expr::value(keep))
        .filter(call_id::Column::CallId.eq(gone))
        .exec(tx)
        .await?;
    Ok(())
}

/// What a change of a call brings with it: matches, its place on timelines, events, webhooks. It may have gone by another
/// number so far, which is superseded.
async fn follow_up(
    tx: &mut Tx,
    old: Option<&call::Model>,
    row: &call::Model,
    superseded: bool,
    end: Option<End>,
) -> Result<()> {
    let lost = if superseded { links::unmatch(tx, row.id).await? } else { Vec::new() };
    if old.is_none() || superseded || end.is_some() {
        links::match_up(tx, row).await?;
    }
    if old.is_some_and(|old| old.started_at != row.started_at) {
        move_on_timelines(tx, row.id, row.started_at).await?;
    }
    match end {
        Some(End::Guessed) => outbox::call_ended(tx, row.id, GUESS_DELAY).await?,
        Some(End::Stated) => {
            // Of a guess nobody needs to hear any more, or not for ever.
            outbox::forget_end(tx, row.id).await?;
            outbox::call_ended(tx, row.id, tx.webhook_delay()).await?;
        }
        None => {}
    }
    tell_also(tx, row, lost).await
}

async fn move_on_timelines(tx: &Tx, call: Id, at: Millis) -> Result<()> {
    timeline::Entity::update_many()
        .col_expr(timeline::Column::At, Expr::value(at))
        .filter(timeline::Column::Kind.eq("call"))
        .filter(timeline::Column::RefId.eq(call))
        .exec(tx)
        .await?;
    Ok(())
}

/// Tells open pages that a call changed.
pub async fn tell(tx: &mut Tx, row: &call::Model) -> Result<()> {
    tell_also(tx, row, Vec::new()).await
}

/// Tells open pages that a call changed, those of records that lost it as well.
async fn tell_also(tx: &mut Tx, row: &call::Model, lost: Vec<Id>) -> Result<()> {
    let mut records = links::records(tx, row.id).await?;
    records.extend(lost);
    records.sort_unstable();
    records.dedup();
    tx.tell(Audience::CallOf(row.agent_id), Event::Call { call: row.id, records });
    Ok(())
}
