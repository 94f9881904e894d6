//! Closes calls that nobody reports on any longer: a dock or this server died in mid-call.

use std::cmp::Reverse;

use ringdock_api::{
    Id, Millis,
    call::{Direction, Outcome},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, Query},
};

use super::{
    facts::{Facts, Said, Source},
    pbx::OWN,
    store,
};
use crate::{
    app::App,
    db::Tx,
    entity::{call, call_id},
    error::Result,
    time::{HOUR, MINUTE, now},
};

/// A dock says every half minute that its call goes on.
pub const SILENCE: Millis = 3 * MINUTE;

/// A PBX says nothing between a call's begin and its end.
const SILENCE_OF_PBX: Millis = 4 * HOUR;

/// Closes what has been silent for too long, with what is known: it ended when it was last heard of.
pub async fn abandoned(app: &App) -> Result<()> {
    let now = now();
    let of_docks = Query::select()
        .column(call_id::Column::CallId)
        .from(call_id::Entity)
        .and_where(
            Expr::col((call_id::Entity, call_id::Column::CallId))
                .equals((call::Entity, call::Column::Id)),
        )
        .and_where(call_id::Column::Key.not_like(format!("{OWN}%")))
        .to_owned();
    let long = call::Column::HeardAt.lt(now - SILENCE_OF_PBX);
    let silent = call::Entity::find()
        .filter(call::Column::EndedAt.is_null())
        .filter(call::Column::HeardAt.lt(now - SILENCE))
        .filter(long.or(Expr::exists(of_docks)))
        .limit(100)
        .all(app.db.read())
        .await?;
    for row in &silent {
        // One that cannot be closed must not keep the others open.
        if let Err(error) = close(app, row).await {
            tracing::warn!(?error, call = row.id, "an abandoned call could not be closed");
        }
    }
    Ok(())
}

async fn close(app: &App, silent: &call::Model) -> Result<()> {
    let mut tx = app.db.begin().await?;
    tx.lock_calls().await?;
    // It may have been heard of just now.
    let row = super::by_id(&tx, silent.id).await?;
    let row = row.filter(|row| row.ended_at.is_none() && row.heard_at == silent.heard_at);
    let Some(row) = row else { return Ok(()) };
    let facts = store::facts(&row)?;
    let outcome = match facts.direction() {
        Direction::Incoming => Outcome::NoAnswer,
        Direction::Outgoing => Outcome::Failed,
    };
    let guess = Facts {
        ended: Some(Said(Source::Guess, row.heard_at.max(row.started_at))),
        outcome: (!facts.was_answered).then_some(Said(Source::Guess, outcome)),
        started: Some(Said(Source::Guess, Reverse(row.started_at))),
        ..Facts::default()
    };
    let names = call_id::Entity::find().filter(call_id::Column::CallId.eq(row.id)).all(&tx).await?;
    let names: Vec<String> = names.into_iter().map(|name| name.key).collect();
    if !names.is_empty() {
        store::join(&mut tx, &names, &guess).await?;
    }
    tx.commit().await
}

/// A dock says that its agent is in this call. So it goes on, also if it had been silent for too long.
pub async fn heard(tx: &mut Tx, agent: Id, channel_id: &str) -> Result<()> {
    let Some(row) = super::find(tx, channel_id).await? else { return Ok(()) };
    if row.agent_id != Some(agent) {
        return Ok(());
    }
    if row.ended_at.is_some() {
        return store::resume(tx, row.id).await;
    }
    let heard = call::Entity::update_many().col_expr(call::Column::HeardAt, Expr::value(now()));
    heard.filter(call::Column::Id.eq(row.id)).exec(tx).await?;
    Ok(())
}
