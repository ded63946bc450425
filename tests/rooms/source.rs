//! The modules of a crate as its files show them: what each names, and where that is defined.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of the crate: the names from its root.
pub(crate) type Name = Vec<String>;

#[derive(Debug, Default)]
pub(crate) struct Module {
    pub file: PathBuf,
    /// The paths that it uses, written out: `crate::a::{b, c}` is two.
    uses: Vec<Name>,
    /// What it hands on under which name.
    handed_on: BTreeMap<String, Name>,
}

/// All modules of a crate, without tests.
pub(crate) struct Source(pub BTreeMap<Name, Module>);

impl Source {
    pub(crate) fn read(folder: &Path) -> Source {
        let mut modules = BTreeMap::new();
        gather(folder, &mut Vec::new(), &mut modules);
        Source(modules)
    }

    /// The modules that a module names, itself not among them.
    pub(crate) fn named_by(&self, name: &Name) -> Vec<Name> {
        let named = self.0[name].uses.iter().filter_map(|path| self.defines(name, path, 0));
        named.filter(|other| other != name).collect()
    }

    /// The module in which a path ends, seen from a module; `None` for what is of another crate.
    fn defines(&self, from: &Name, path: &[String], depth: usize) -> Option<Name> {
        let (first, rest) = path.split_first()?;
        let (start, rest) = match first.as_str() {
            "crate" => (Vec::new(), rest),
            "self" => (from.clone(), rest),
            "super" => (from[..from.len().checked_sub(1)?].to_vec(), rest),
            _ => (from.clone(), path),
        };
        let mut at = start;
        for (index, part) in rest.iter().enumerate() {
            let child = [&at[..], std::slice::from_ref(part)].concat();
            if part == "super" {
                at.pop()?;
            } else if self.0.contains_key(&child) {
                at = child;
            } else if let Some(target) = self.0.get(&at)?.handed_on.get(part).filter(|_| depth < 9) {
                // What is handed on from another crate ends here.
                return self.defines(&at, target, depth + 1);
            } else if index == 0 && !matches!(first.as_str(), "crate" | "self" | "super") {
                return None;
            } else {
                break;
            }
        }
        self.0.contains_key(&at).then_some(at)
    }
}

fn gather(folder: &Path, name: &mut Name, modules: &mut BTreeMap<Name, Module>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_root = matches!(stem.as_str(), "mod" | "lib" | "main");
        if matches!(stem.as_str(), "tests" | "main") {
            continue;
        }
        if !is_root {
            name.push(stem);
        }
        if path.is_dir() {
            gather(&path, name, modules);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            modules.insert(name.clone(), module(path));
        }
        if !is_root {
            name.pop();
        }
    }
}

fn module(file: PathBuf) -> Module {
    let text = fs::read_to_string(&file).unwrap();
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("mod "));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut module = Module { file, ..Module::default() };
    let mut rest = text.as_str();
    let mut body = String::new();
    while let Some((before, after)) = next_use(rest) {
        let (tree, behind) = after.split_once(';').unwrap();
        body.push_str(before);
        let paths = written_out(&tree.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_handed_on = before.trim_end().ends_with("pub") || before.trim_end().ends_with(')');
        for path in paths {
            let (path, alias) = match path.split_once(" as ") {
                Some((path, alias)) => (path.to_owned(), Some(alias.to_owned())),
                None => (path, None),
            };
            let parts: Name = path.trim_start_matches("::").split("::").map(str::to_owned).collect();
            let Some(last) = parts.last() else { continue };
            match is_handed_on {
                true => drop(module.handed_on.insert(alias.unwrap_or_else(|| last.clone()), parts)),
                false => module.uses.push(parts),
            }
        }
        rest = behind;
    }
    body.push_str(rest);
    // What is named where it is used, from the root, from here or by the name of a module below.
    for path in body.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '$'))) {
        if path.contains("::") && !path.starts_with([':', '$']) {
            module.uses.push(path.trim_end_matches(':').split("::").map(str::to_owned).collect());
        }
    }
    module
}

/// What stands before the next `use` and behind it.
fn next_use(text: &str) -> Option<(&str, &str)> {
    let at = text.match_indices("use ").map(|(at, _)| at).find(|at| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default().trim();
        line.is_empty() || line == "pub" || line.starts_with("pub(") && line.ends_with(')')
    })?;
    Some((&text[..at], &text[at + "use ".len()..]))
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let Some((head, inner)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = &inner[..inner.rfind('}').unwrap()];
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts
        .flat_map(written_out)
        .map(|path| if path == "self" { head.trim_end_matches("::").to_owned() } else { format!("{}{path}", head.trim_start()) })
        .collect()
}
