//! The order of the rooms, as `docs/architecture.md` states it, against what the files use; within a room, no file uses
//! another that uses it.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use source::{Name, Source};

/// The rooms of a crate or of a room in it, from the top down; those of one floor do not use each other.
struct Order {
    folder: PathBuf,
    within: Name,
    floors: Vec<Vec<String>>,
}

impl Order {
    /// `convoca-core a > b | c`, or `convoca::cli a > b` for the rooms within one.
    fn of(line: &str) -> Order {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (name, rooms) = line.split_once(' ').unwrap();
        let mut within: Name = name.split("::").map(str::to_owned).collect();
        let folder = match within.remove(0).strip_prefix("convoca-") {
            Some(name) => root.join("crates").join(name).join("src"),
            None => root.join("src"),
        };
        let floor = |floor: &str| floor.split('|').map(|room| room.trim().to_owned()).collect();
        Order { folder, within, floors: rooms.split('>').map(floor).collect() }
    }

    fn room<'n>(&self, name: &'n Name) -> Option<&'n String> {
        name.strip_prefix(self.within.as_slice())?.first()
    }

    fn floor(&self, room: &String) -> Option<usize> {
        self.floors.iter().position(|floor| floor.contains(room))
    }
}

fn stated() -> Vec<Order> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md")).unwrap();
    let block = text.split("```rooms\n").nth(1).unwrap().split("```").next().unwrap();
    block.lines().map(Order::of).collect()
}

#[test]
fn every_room_is_stated() {
    for order in stated() {
        let source = Source::read(&order.folder);
        let found: BTreeSet<&String> = source.0.keys().filter_map(|name| order.room(name)).collect();
        assert_eq!(found, order.floors.iter().flatten().collect(), "docs/architecture.md and {}", order.folder.display());
    }
}

#[test]
fn a_room_uses_only_those_below_it() {
    let mut wrong = Vec::new();
    for order in stated() {
        let source = Source::read(&order.folder);
        for (name, module) in &source.0 {
            for other in source.named_by(name) {
                let (Some(own), Some(used)) = (order.room(name), order.room(&other)) else { continue };
                if own != used && order.floor(used) <= order.floor(own) {
                    wrong.push(format!("{} uses {}", module.file.display(), other.join("::")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that do not run down:\n{}", wrong.join("\n"));
}

/// What the head of a folder has for all in it (`mod.rs`) they may use, though it names them.
#[test]
fn files_do_not_use_each_other_in_a_circle() {
    let mut circles = BTreeSet::new();
    for folder in stated().into_iter().map(|order| order.folder).collect::<BTreeSet<_>>() {
        let source = Source::read(&folder);
        let used = |name: &Name| source.named_by(name).into_iter().filter(|other| !name.starts_with(other)).collect();
        let arrows: BTreeMap<&Name, BTreeSet<Name>> = source.0.keys().map(|name| (name, used(name))).collect();
        for name in source.0.keys() {
            let below = reached(&arrows, name);
            let around = below.iter().filter(|other| *other == name || reached(&arrows, other).contains(name));
            if below.contains(name) {
                let names = around.map(|other| other.join("::")).collect::<Vec<_>>().join(", ");
                circles.insert(format!("{}: {names}", folder.display()));
            }
        }
    }
    assert!(circles.is_empty(), "files that use each other:\n{}", circles.into_iter().collect::<Vec<_>>().join("\n"));
}

/// All that a module uses, directly or through others.
fn reached(arrows: &BTreeMap<&Name, BTreeSet<Name>>, from: &Name) -> BTreeSet<Name> {
    let (mut found, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(name) = next.pop() {
        next.extend(arrows[name].iter().filter(|other| found.insert((*other).clone())));
    }
    found
}
