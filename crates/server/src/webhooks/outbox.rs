//! What is to be told is written down in the transaction that makes it so, and sent later.

use ringdock_api::{Id, Millis, webhook::Topic};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::topics;
use crate::{
    calls::store::word,
    db::Tx,
    entity::{delivery, webhook},
    error::Result,
    secret,
    time::now,
};

/// Writes down that a call is over, for each webhook that wants to know. What exactly is told is put together when it is
/// sent, `delay` later, so that reports that come a little later are in it.
pub async fn call_ended(tx: &Tx, call: Id, delay: Millis) -> Result<()> {
    let webhooks = webhook::Entity::find().filter(webhook::Column::Active.eq(true)).all(tx).await?;
    let now = now();
    for webhook in webhooks {
        if !topics(&webhook)?.contains(&Topic::CallEnded) {
            continue;
        }
        let row = delivery::ActiveModel {
            webhook_id: Set(webhook.id),
            key: Set(secret::token()?),
            topic: Set(word(&Topic::CallEnded)?),
            call_id: Set(call),
            body: Set(String::new()),
            state: Set("waiting".to_owned()),
            attempts: Set(0),
            next_at: Set(Some(now + delay)),
            created_at: Set(now),
            ..Default::default()
        };
        delivery::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// A call is not over, or not in the way that was written down: what nobody has taken yet is not told.
pub async fn forget_end(tx: &Tx, call: Id) -> Result<()> {
    let waiting = delivery::Entity::delete_many().filter(delivery::Column::CallId.eq(call));
    waiting.filter(delivery::Column::State.eq("waiting")).exec(tx).await?;
    Ok(())
}
