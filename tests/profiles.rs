//! The profiles of `Cargo.toml`.

use std::path::Path;

use toml::de::{DeTable, DeValue};

fn table<'t, 'a>(table: &'t DeTable<'a>, name: &str) -> &'t DeTable<'a> {
    match table[name].get_ref() {
        DeValue::Table(table) => table,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn what_people_download_is_optimised_throughout() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest = DeTable::parse(&manifest).unwrap().into_inner();
    let profiles = table(&manifest, "profile");
    let packages = |profile: &str| table(table(profiles, profile), "package");
    // `dist` inherits each line of `release`, so what is named there is named here.
    for name in packages("release").keys() {
        let level = table(packages("dist"), name.get_ref())["opt-level"].get_ref();
        assert!(matches!(level, DeValue::Integer(level) if level.as_str() == "3"), "{name:?}");
    }
}
