//! Tasks.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    event::Change,
    task::{NewTask, Task, TaskChange, TaskQuery},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    check,
    db::unique,
    entity::{record, task},
    error::{Error, Result},
    extract::{self, Path},
    once,
    page::{self, Part},
    records::{self, brief},
    time::now,
    timeline, users,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(replace))
}

/// Tasks, newest first.
#[utoipa::path(get, path = "/api/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, body = Page<Task>)))]
async fn list(
    State(app): State<App>,
    extract::Query(query): extract::Query<TaskQuery>,
) -> Result<Json<Page<Task>>> {
    let part = Part::read(query.cursor.as_deref(), query.limit)?;
    let (at, id) = part.after;
    let same = task::Column::CreatedAt.eq(at).and(task::Column::Id.lt(id));
    let mut rows =
        task::Entity::find().filter(Condition::any().add(task::Column::CreatedAt.lt(at)).add(same));
    if let Some(record) = query.record {
        rows = rows.filter(task::Column::RecordId.eq(record));
    }
    if let Some(assignee) = query.assignee {
        rows = rows.filter(task::Column::AssigneeId.eq(assignee));
    }
    if let Some(done) = query.done {
        rows = rows.filter(if done {
            task::Column::DoneAt.is_not_null()
        } else {
            task::Column::DoneAt.is_null()
        });
    }
    let rows = rows.order_by_desc(task::Column::CreatedAt).order_by_desc(task::Column::Id);
    let mut rows = rows.limit(part.fetch()).all(app.db.read()).await?;
    let next = part.cut(&mut rows, |row| (row.created_at, row.id));
    Ok(Json(page::page(told(app.db.read(), rows).await?, next)))
}

/// Makes a task. One that was made before is given again (200).
#[utoipa::path(post, path = "/api/tasks", tag = "tasks", request_body = NewTask,
    responses((status = 201, body = Task), (status = 200, description = "made before", body = Task)))]
async fn create(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<NewTask>,
) -> Result<(StatusCode, Json<Task>)> {
    check::client_key("key", &input.key)?;
    let title = check::name("title", &input.title)?;
    let digest = once::digest(who.user, &input)?;
    let mut tx = app.db.begin().await?;
    if let Some(known) =
        task::Entity::find().filter(task::Column::Key.eq(&input.key)).one(&tx).await?
    {
        once::same(&known.digest, &digest)?;
        return Ok((StatusCode::OK, one(&tx, known).await?));
    }
    check_plan(&tx, input.due_at, input.assignee).await?;
    let record = match input.record {
        Some(id) => Some(records::named(&tx, "record", id).await?),
        None => None,
    };
    let row = task::ActiveModel {
        key: Set(input.key),
        digest: Set(digest),
        record_id: Set(input.record),
        title: Set(title),
        due_at: Set(input.due_at),
        assignee_id: Set(input.assignee.or(who.user)),
        created_at: Set(now()),
        ..Default::default()
    };
    let row = row.insert(&tx).await.map_err(|error| unique(error, || Error::Busy))?;
    if let Some(record) = &record {
        timeline::put(&mut tx, record.id, row.created_at, timeline::Kind::Task, row.id).await?;
        records::tell(&mut tx, record, Change::Timeline);
    }
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, told))
}

/// Replaces what is known of a task.
#[utoipa::path(put, path = "/api/tasks/{id}", tag = "tasks", params(("id" = Id, Path, description = "the task")),
    request_body = TaskChange, responses((status = 200, body = Task)))]
async fn replace(
    State(app): State<App>,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<TaskChange>,
) -> Result<Json<Task>> {
    let title = check::name("title", &input.title)?;
    let mut tx = app.db.begin().await?;
    let old = task::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    check_plan(&tx, input.due_at, input.assignee).await?;
    let done_at = input.done.then(|| old.done_at.unwrap_or_else(now));
    let mut row = old.into_active_model();
    row.title = Set(title);
    row.due_at = Set(input.due_at);
    row.assignee_id = Set(input.assignee);
    row.done_at = Set(done_at);
    let row = row.update(&tx).await?;
    if let Some(id) = row.record_id
        && let Some(record) = record::Entity::find_by_id(id).one(&tx).await?
    {
        records::tell(&mut tx, &record, Change::Timeline);
    }
    let told = one(&tx, row).await?;
    tx.commit().await?;
    Ok(told)
}

async fn check_plan(
    db: &impl ConnectionTrait,
    due_at: Option<i64>,
    assignee: Option<Id>,
) -> Result<()> {
    if let Some(at) = due_at {
        check::at("due_at", at)?;
    }
    match assignee {
        Some(id) if !users::is_active(db, id).await? => {
            Err(Error::invalid("assignee", "There is no such user."))
        }
        _ => Ok(()),
    }
}

async fn one(db: &impl ConnectionTrait, row: task::Model) -> Result<Json<Task>> {
    told(db, vec![row]).await?.pop().map(Json).ok_or(Error::NotFound)
}

/// Tasks, in the order of their rows.
pub async fn told(db: &impl ConnectionTrait, rows: Vec<task::Model>) -> Result<Vec<Task>> {
    let people = users::people(db, rows.iter().filter_map(|row| row.assignee_id)).await?;
    let records = brief::briefs(db, rows.iter().filter_map(|row| row.record_id)).await?;
    let task = |row: task::Model| Task {
        id: row.id,
        record: row.record_id.and_then(|id| records.get(&id).cloned()),
        title: row.title,
        due_at: row.due_at,
        assignee: row.assignee_id.and_then(|id| people.get(&id).cloned()),
        done_at: row.done_at,
        created_at: row.created_at,
    };
    Ok(rows.into_iter().map(task).collect())
}
