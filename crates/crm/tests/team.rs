//! To whom a call is passed on from a list that changes by itself.

use ringdock_api::presence::{Agent, PresenceState};
use ringdock_crm::team::Highlight;

fn list(names: &[&str]) -> Vec<Agent> {
    let agent = |name: &&str| Agent {
        user: name.bytes().map(i64::from).sum(),
        name: (*name).to_owned(),
        extension: Some("1002".to_owned()),
        state: PresenceState::Idle,
        since: 0,
    };
    names.iter().map(agent).collect()
}

fn on(highlight: Highlight, list: &[Agent]) -> Option<&str> {
    highlight.on(list).map(|agent| agent.name.as_str())
}

#[test]
fn the_highlight_stays_with_the_colleague_when_others_come_and_go() {
    let highlight = Highlight::first(&list(&["Ben", "Chloe"]));
    assert_eq!(on(highlight, &list(&["Adam", "Ben", "Chloe"])), Some("Ben"));
    let highlight = highlight.next(&list(&["Adam", "Ben", "Chloe"]));
    assert_eq!(on(highlight, &list(&["Chloe"])), Some("Chloe"));
}

#[test]
fn nobody_takes_the_place_of_one_who_is_gone() {
    let highlight = Highlight::first(&list(&["Ben", "Chloe"]));
    let without = list(&["Chloe", "Dora"]);
    assert_eq!(on(highlight, &without), None);
    assert_eq!(on(highlight.next(&without), &without), Some("Chloe"));
    assert_eq!(on(highlight.previous(&without), &without), Some("Dora"));
}

#[test]
fn arrows_go_round() {
    let all = list(&["Adam", "Ben", "Chloe"]);
    let first = Highlight::default().next(&all);
    assert_eq!(on(first, &all), Some("Adam"));
    assert_eq!(on(first.previous(&all), &all), Some("Chloe"));
    assert_eq!(on(first.previous(&all).next(&all), &all), Some("Adam"));
    assert_eq!(on(Highlight::default().next(&[]), &all), None);
    assert_eq!(on(Highlight::default(), &all), None);
}
