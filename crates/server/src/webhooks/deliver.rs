//! Sends what is in the outbox.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ringdock_api::{Id, Millis, call::Call, webhook::DeliveryState};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio_util::task::AbortOnDropHandle;

use crate::{
    app::App,
    auth::Who,
    calls::{self, store::word, tell},
    entity::{delivery, webhook},
    error::{Error, Result},
    secret,
    time::{MINUTE, SECOND, now},
};

/// How long a reply may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many requests are on their way at a time.
const AT_A_TIME: usize = 16;

/// Who takes a delivery has it for so long; then it counts as lost and is sent again.
const LEASE: Millis = MINUTE;

/// The pause after each attempt that failed; after the last, it is given up.
const PAUSES: [Millis; 9] = [
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    60 * MINUTE,
    180 * MINUTE,
    360 * MINUTE,
    720 * MINUTE,
];

#[derive(Serialize)]
struct Body<'b> {
    id: &'b str,
    event: &'b str,
    at: Millis,
    call: Call,
}

/// The client that sends. It follows nobody elsewhere.
pub fn client() -> Result<reqwest::Client> {
    let client =
        reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    client.build().map_err(|e| Error::Internal(format!("no client for webhooks: {e}")))
}

/// One lane for each webhook that something is due for, so that one that does not reply keeps no other back.
pub struct Lanes {
    client: reqwest::Client,
    turns: Arc<Semaphore>,
    /// They end with the value.
    lanes: Mutex<HashMap<Id, AbortOnDropHandle<()>>>,
}

impl Lanes {
    /// Lanes that nothing is in.
    pub fn new(client: reqwest::Client) -> Self {
        let turns = Arc::new(Semaphore::new(AT_A_TIME));
        Self { client, turns, lanes: Mutex::default() }
    }

    /// Starts to send what is due.
    pub async fn due(&self, app: &App) -> Result<()> {
        let webhooks: Vec<Id> = due()
            .select_only()
            .column(delivery::Column::WebhookId)
            .distinct()
            .into_tuple()
            .all(app.db.read())
            .await?;
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.retain(|_, lane| !lane.is_finished());
        for webhook in webhooks {
            lanes.entry(webhook).or_insert_with(|| {
                let (app, client, turns) = (app.clone(), self.client.clone(), self.turns.clone());
                AbortOnDropHandle::new(tokio::spawn(async move {
                    if let Err(error) = lane(&app, &client, &turns, webhook).await {
                        tracing::warn!(?error, webhook, "a webhook's deliveries cannot be read");
                    }
                }))
            });
        }
        Ok(())
    }
}

fn due() -> Select<delivery::Entity> {
    delivery::Entity::find()
        .filter(delivery::Column::State.eq("waiting"))
        .filter(delivery::Column::NextAt.lte(now()))
}

/// Sends what is due for a webhook, in its order. Lanes take turns delivery by delivery.
async fn lane(app: &App, client: &reqwest::Client, turns: &Semaphore, webhook: Id) -> Result<()> {
    let rows = due()
        .filter(delivery::Column::WebhookId.eq(webhook))
        .order_by_asc(delivery::Column::NextAt)
        .order_by_asc(delivery::Column::Id)
        .limit(20)
        .all(app.db.read())
        .await?;
    for row in rows {
        let Ok(_turn) = turns.acquire().await else { return Ok(()) };
        let id = row.id;
        // One that cannot be sent must not keep the others back.
        if let Err(error) = deliver(app, client, row).await {
            tracing::warn!(?error, delivery = id, "a delivery failed");
        }
    }
    Ok(())
}

async fn deliver(app: &App, client: &reqwest::Client, row: delivery::Model) -> Result<()> {
    match claim(app, row).await? {
        Some(row) => send(app, client, row).await,
        None => Ok(()),
    }
}

/// Takes a delivery, unless another server was faster, and fixes its body at the first attempt.
async fn claim(app: &App, row: delivery::Model) -> Result<Option<delivery::Model>> {
    let body = if row.body.is_empty() { body(app, &row).await? } else { row.body.clone() };
    let tx = app.db.begin().await?;
    let taken = delivery::Entity::update_many()
        .col_expr(delivery::Column::Attempts, Expr::value(row.attempts + 1))
        .col_expr(delivery::Column::NextAt, Expr::value(now() + LEASE))
        .col_expr(delivery::Column::Body, Expr::value(body.clone()))
        .filter(delivery::Column::Id.eq(row.id))
        .filter(delivery::Column::Attempts.eq(row.attempts))
        .filter(delivery::Column::NextAt.eq(row.next_at))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok((taken.rows_affected == 1).then(|| delivery::Model {
        attempts: row.attempts + 1,
        body,
        ..row
    }))
}

async fn body(app: &App, row: &delivery::Model) -> Result<String> {
    let call = calls::by_id(app.db.read(), row.call_id).await?.ok_or(Error::NotFound)?;
    // Another program gets what everybody may see, and no recording.
    let nobody = Who {
        user: None,
        login: String::new(),
        name: String::new(),
        role: String::new(),
        permissions: Vec::new(),
        country: None,
        note_dialog: false,
        session: None,
        key: None,
    };
    let call = tell::call(app.db.read(), &nobody, call).await?;
    let body = Body { id: &row.key, event: &row.topic, at: row.created_at, call };
    serde_json::to_string(&body).map_err(|e| Error::Internal(e.to_string()))
}

async fn send(app: &App, client: &reqwest::Client, row: delivery::Model) -> Result<()> {
    let Some(webhook) = webhook::Entity::find_by_id(row.webhook_id).one(app.db.read()).await?
    else {
        return Ok(());
    };
    let (status, problem) = attempt(app, client, &row, &webhook).await?;
    let taken = status.is_some_and(|status| (200..300).contains(&status));
    let pause = usize::try_from(row.attempts - 1).ok().and_then(|attempt| PAUSES.get(attempt));
    let (state, next_at) = match (taken, pause) {
        (true, _) => (DeliveryState::Delivered, None),
        (false, Some(pause)) => (DeliveryState::Waiting, Some(now() + pause)),
        (false, None) => (DeliveryState::Failed, None),
    };
    let tx = app.db.begin().await?;
    // It is gone if its webhook was deleted meanwhile, or the call goes on.
    delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(word(&state)?))
        .col_expr(delivery::Column::LastStatus, Expr::value(status))
        .col_expr(delivery::Column::LastError, Expr::value(problem))
        .col_expr(delivery::Column::NextAt, Expr::value(next_at))
        .filter(delivery::Column::Id.eq(row.id))
        .exec(&tx)
        .await?;
    tx.commit().await
}

/// The reply's status, or a sentence about why there is none.
async fn attempt(
    app: &App,
    client: &reqwest::Client,
    row: &delivery::Model,
    webhook: &webhook::Model,
) -> Result<(Option<i32>, Option<String>)> {
    if !webhook.active {
        return Ok((None, Some("The webhook is not active.".to_owned())));
    }
    let timestamp = (now() / SECOND).to_string();
    let key = app.seal.unseal(&webhook.secret)?;
    let signature = secret::sign(&key, &[timestamp.as_bytes(), b".", row.body.as_bytes()])?;
    let request = client
        .post(&webhook.url)
        .header("content-type", "application/json")
        .header("ringdock-event", &row.topic)
        .header("ringdock-delivery", &row.key)
        .header("ringdock-timestamp", timestamp)
        .header("ringdock-signature", format!("v1={signature}"))
        .body(row.body.clone());
    Ok(match request.send().await {
        Ok(reply) if reply.status().is_success() => {
            (Some(i32::from(reply.status().as_u16())), None)
        }
        Ok(reply) => {
            let status = reply.status().as_u16();
            (Some(i32::from(status)), Some(format!("The other side replied {status}.")))
        }
        Err(error) if error.is_timeout() => {
            (None, Some("There was no reply within 10 s.".to_owned()))
        }
        Err(error) if error.is_connect() => {
            (None, Some("The other side cannot be reached.".to_owned()))
        }
        Err(_) => (None, Some("The request failed.".to_owned())),
    })
}
