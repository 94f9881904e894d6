//! The calls of each day, as columns: answered below, the others on top.

use leptos::prelude::*;
use ringdock_api::statistics::{Day, Tally};

use crate::words;

/// The size of the drawing, in its own units. It is stretched to the width that there is.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 200;

/// A year of days becomes weeks, so that each column can be seen.
const MOST_COLUMNS: usize = 120;

pub fn days(days: &[Day], total: Tally) -> AnyView {
    let columns = columns(days);
    let top = nice_top(columns.iter().map(|day| day.tally.calls).max().unwrap_or(0));
    let count = i64::try_from(columns.len()).unwrap_or(1).max(1);
    let height = |calls: i64| calls * HEIGHT / top;
    let bars = columns.iter().zip(0..).map(|(day, at)| {
        // Thousandths of the width keep whole numbers exact enough.
        let (left, right) = (at * WIDTH / count, (at + 1) * WIDTH / count);
        let gap = ((right - left) / 5).max(1);
        let (x, width) = (left + gap / 2, (right - left - gap).max(1));
        let Tally { calls, answered, .. } = day.tally;
        let (all, below) = (height(calls), height(answered));
        view! {
            <g>
                <title>{words::day_bar(&words::axis_day(day.at), day.tally)}</title>
                <rect class="hit" x=left y="0" width=right - left height=HEIGHT></rect>
                <rect class="bar-rest" x=x y=HEIGHT - all width=width height=all - below></rect>
                <rect class="bar-main" x=x y=HEIGHT - below width=width height=below></rect>
            </g>
        }
    });
    let lines = [0, 1, 2].map(|part| {
        let y = part * HEIGHT / 2;
        view! { <line x1="0" x2=WIDTH y1=y y2=y></line> }
    });
    let labels = [top, top / 2, 0].map(|count| view! { <span>{count}</span> });
    let axis = [columns.first(), columns.get(columns.len() / 2), columns.last()]
        .map(|day| day.map(|day| view! { <span>{words::axis_day(day.at)}</span> }));
    let box_ = ["0 0 ", &WIDTH.to_string(), " ", &HEIGHT.to_string()].concat();
    view! {
        <section class="card chart" aria-labelledby="by-day">
            <div class="card-top">
                <h2 id="by-day">{words::BY_DAY}</h2>
                <p class="legend" aria-hidden="true">
                    <span><span class="key main"></span>{words::ANSWERED}</span>
                    <span><span class="key rest"></span>{words::NOT_ANSWERED}</span>
                </p>
            </div>
            <div class="plot" aria-hidden="true">
                <div class="plot-scale number">{labels.collect_view()}</div>
                <svg viewBox=box_ preserveAspectRatio="none">
                    <g class="lines">{lines.collect_view()}</g>
                    {bars.collect_view()}
                </svg>
                <div class="plot-axis">{axis.collect_view()}</div>
            </div>
            <p class="unseen">{words::days_chart(days.len(), total)}</p>
            {table(days)}
        </section>
    }
    .into_any()
}

fn columns(days: &[Day]) -> Vec<Day> {
    if days.len() <= MOST_COLUMNS {
        return days.to_vec();
    }
    let week = |days: &[Day]| {
        let mut sum = days.first()?.clone();
        for day in days.get(1..)? {
            sum.tally.calls += day.tally.calls;
            sum.tally.answered += day.tally.answered;
        }
        Some(sum)
    };
    days.chunks(7).filter_map(week).collect()
}

/// The least even number of the form 2, 4, 10, 20, 40, 100 ... that is not below `most`, so that half of it is whole.
fn nice_top(most: i64) -> i64 {
    let mut top = 2;
    while top < most {
        top = match first_digit(top) {
            2 => top * 2,
            4 => top / 4 * 10,
            _ => top * 2,
        };
    }
    top
}

fn first_digit(mut number: i64) -> i64 {
    while number >= 10 {
        number /= 10;
    }
    number
}

fn table(days: &[Day]) -> AnyView {
    let rows = days.iter().rev().map(|day| {
        let Tally { calls, incoming, answered, talk_seconds } = day.tally;
        view! {
            <tr>
                <th scope="row">{words::axis_day(day.at)}</th>
                <td class="end number">{calls}</td>
                <td class="end number">{incoming}</td>
                <td class="end number">{answered}</td>
                <td class="end number">{words::talk(talk_seconds)}</td>
            </tr>
        }
    });
    view! {
        <details class="figures">
            <summary>{words::AS_TABLE}</summary>
            <div class="figures-scroll" tabindex="0" role="region" aria-label=words::BY_DAY><table class="table">
                <thead><tr>
                    <th scope="col">{words::DAY}</th>
                    <th scope="col" class="end">{words::COUNT}</th>
                    <th scope="col" class="end">{words::INCOMING}</th>
                    <th scope="col" class="end">{words::ANSWERED}</th>
                    <th scope="col" class="end">{words::TALK_TIME}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{columns, nice_top};
    use ringdock_api::statistics::{Day, Tally};

    #[test]
    fn the_scale_ends_at_a_round_number() {
        let tops = [0, 3, 5, 11, 25, 99, 101].map(nice_top);
        assert_eq!(tops, [2, 4, 10, 20, 40, 100, 200]);
    }

    #[test]
    fn a_year_is_drawn_by_weeks() {
        let tally = Tally { calls: 1, incoming: 1, answered: 1, talk_seconds: 1 };
        let year: Vec<Day> = (0..365).map(|at| Day { at, tally }).collect();
        let weeks = columns(&year);
        assert_eq!((weeks.len(), weeks[0].tally.calls, weeks[52].tally.calls), (53, 7, 1));
    }
}
