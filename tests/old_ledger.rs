//! A ledger of an earlier version, which kept a hash of the calendar, is read, and causes no mail.

mod support;

use serde_json::Value;
use support::World;

fn world() -> World {
    let world = World::new();
    world.write("group.toml", include_str!("fixtures/old-ledger/group.toml"));
    world.write("1.toml", include_str!("fixtures/old-ledger/1.toml"));
    // The program that wrote it worded calendars otherwise.
    let ledger = include_str!("fixtures/old-ledger/invitations.jsonl");
    world.write("invitations.jsonl", &ledger.replace("\"text\":\"", "\"text\":\"of-other-words-"));
    world
}

/// What is done for each recipient, and why.
fn items(world: &World) -> Vec<(String, Vec<String>)> {
    let plan = world.plan(&[]);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let item = |item: &Value| {
        let why = item["why"].as_array().unwrap().iter().map(|why| word(&why["reason"])).collect();
        (word(&item["action"]), why)
    };
    plan["sessions"][0]["recipients"].as_array().unwrap().iter().map(item).collect()
}

#[test]
fn another_wording_of_calendars_is_no_change() {
    assert_eq!(items(&world()), vec![("unchanged".to_owned(), Vec::new()); 3]);
}

#[test]
fn what_people_changed_is_told() {
    for (from, to, action, why) in [
        ("Grupo uno", "Grupo primero", "cosmetic", "text"),
        ("Sala virtual", "Sala grande", "update", "place"),
        ("status = \"confirmed\"", "status = \"tentative\"", "update", "status"),
    ] {
        let world = world();
        world.edit("1.toml", from, to);
        let told = (action.to_owned(), vec![why.to_owned()]);
        assert_eq!(items(&world)[0], told, "{from}");
    }
}
