//! A programme where there is none yet.

use convoca_core::locale::Text;
use convoca_core::project::{Change, Step};
use convoca_core::schema::GROUP_FILE;
use convoca_core::text;
use convoca_core::time::{Zone, country};

use crate::draft::{Draft, free};
use crate::refused::Refused;

/// Writes the file of a group.
pub(crate) fn group(draft: &mut Draft<'_>, name: &Text, zone: &str, countries: &[String]) -> Result<Text, Refused> {
    let said: Vec<(&str, &str)> =
        [("es", &*name.es), ("en", &*name.en)].into_iter().filter(|(_, name)| !name.is_empty()).collect();
    let id = free(&[&name.es, &name.en], |_| false)?;
    let zone =
        Zone::named(zone).ok_or_else(|| Refused::from(text!("there is no zone `{zone}`", "no existe la zona `{zone}`")))?;
    let codes: Vec<&str> = countries.iter().filter_map(|code| Some(country(code)?.code)).collect();
    let languages: Vec<&str> = said.iter().map(|(lang, _)| *lang).collect();
    // What is quoted for JSON is quoted for TOML, without what neither shows.
    let quoted = |text: &str| serde_json::json!(text.replace(char::is_control, " ")).to_string();
    let names: Vec<String> = said.iter().map(|(lang, name)| format!("{lang} = {}", quoted(name))).collect();
    let text = format!(
        "id = {}\nlanguages = {}\ntime-zone = {}\ncountries = {}\n\n[name]\n{}\n",
        quoted(&id),
        serde_json::json!(languages),
        quoted(zone.name()),
        serde_json::json!(codes),
        names.join("\n"),
    );
    let folder = draft.snapshot().folder().to_owned();
    let path = if folder.is_empty() { GROUP_FILE.to_owned() } else { format!("{folder}/{GROUP_FILE}") };
    draft.apply(Change::of(Step::File { path, before: None, after: Some(text) }))?;
    Ok(text!(l, name = name.get(l).to_owned(); "begin the group “{name}”", "comenzar el grupo «{name}»"))
}
