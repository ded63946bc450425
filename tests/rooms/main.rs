//! The order of the rooms, as `docs/architecture.md` states it, against what the files use.

mod source;

use std::collections::BTreeSet;
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
