//! The table of a list, a row for each entry.

use leptos::prelude::*;

use crate::words;

/// A row: its name, its other cells, and what can be done with it.
pub struct Row {
    name: String,
    cells: Vec<AnyView>,
    actions: AnyView,
}

/// A row of a table.
pub fn row(name: &str, cells: Vec<AnyView>, actions: AnyView) -> Row {
    Row { name: name.to_owned(), cells, actions }
}

/// A table of the columns `heads`; each row begins with its name.
pub fn table(heads: &[&'static str], rows: Vec<Row>) -> AnyView {
    let head = |head: &&'static str| view! { <th scope="col">{*head}</th> };
    let rows = rows.into_iter().map(|row| draw(heads.get(1..).unwrap_or_default(), row));
    view! {
        <table class="table stacked">
            <thead><tr>
                {heads.iter().map(head).collect_view()}
                <th scope="col"><span class="unseen">{words::ACTIONS}</span></th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn draw(heads: &[&'static str], row: Row) -> AnyView {
    // In a narrow window the heads are not there, and each cell says its own.
    let cells = row.cells.into_iter().zip(heads).map(|(cell, head)| {
        view! { <td data-head=*head>{cell}</td> }
    });
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            {cells.collect_view()}
            <td class="end"><div class="row-actions">{row.actions}</div></td>
        </tr>
    }
    .into_any()
}
