//! The programme as `build` writes it in JSON: every session a table.

use chrono::{DateTime, Utc};
use convoca_core::locale::Text;
use convoca_core::time::Zone;
use serde_json::Value;

use super::Document;
use super::blocks::{Blocks, Style};

/// Whether a text is that file.
pub(crate) fn is_programme(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"sessions\"") && text.contains("\"zoneRules\"")
}

pub(crate) fn read(text: &str) -> Result<Document, Text> {
    let damaged = |_| {
        Text::fixed(
            "it is a programme in JSON that is damaged or cut off: make it anew with `convoca build --format json`",
            "es un programa en JSON dañado o incompleto: hágalo de nuevo con `convoca construir --formato json`",
        )
    };
    let programme: Value = serde_json::from_str(text).map_err(damaged)?;
    let code = if said(&programme["group"]["name"], "es").is_some() { "es" } else { "en" };
    let mut reader = Reader { blocks: Blocks::default(), code, programme: &programme };
    reader.heading(1, said(&programme["group"]["name"], code).unwrap_or_default());
    for session in programme["sessions"].as_array().into_iter().flatten() {
        reader.session(session);
    }
    Ok(reader.blocks.document())
}

/// A text in a language, unless nothing is said in it.
fn said<'v>(words: &'v Value, code: &str) -> Option<&'v str> {
    words[code].as_str().filter(|text| !text.trim().is_empty())
}

struct Reader<'v> {
    blocks: Blocks,
    code: &'static str,
    programme: &'v Value,
}

impl Reader<'_> {
    fn words<'w>(&self, words: &'w Value) -> &'w str {
        said(words, self.code).or_else(|| said(words, "es")).or_else(|| said(words, "en")).unwrap_or_default()
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.blocks.gap();
        self.blocks.paragraph(text, Style { heading: level, ..Style::default() });
    }

    fn session(&mut self, session: &Value) {
        let spanish = self.code == "es";
        let word = if spanish { "Sesión" } else { "Session" };
        let number = session["number"].as_u64().unwrap_or(1);
        let date = session["date"].as_str().map(|date| format!(" – {date}")).unwrap_or_default();
        let title = self.words(&session["title"]);
        self.heading(2, &format!("{word} {number}: {title}{date}"));
        for (key, label) in [("objective", ["Objective", "Objetivo"]), ("place", ["Place", "Lugar"])] {
            let words = self.words(&session[key]);
            if !words.is_empty() {
                let label = label[usize::from(spanish)];
                self.blocks.paragraph(&format!("{label}: {}", words.replace('\n', " ")), Style::default());
            }
        }
        if !session["moderator"].is_null() {
            let label = if spanish { "Modera" } else { "Moderator" };
            let who = self.who(&session["moderator"]);
            self.blocks.paragraph(&format!("{label}: {who}"), Style::default());
        }
        self.blocks.open_table();
        let head = if spanish {
            ["Hora", "Duración", "Actividad", "Responsables"]
        } else {
            ["Time", "Duration", "Activity", "Speakers"]
        };
        self.blocks.row(head.map(str::to_owned).to_vec());
        let zone = session["timeZone"].as_str().and_then(Zone::named);
        for slot in session["slots"].as_array().into_iter().flatten() {
            self.slot(slot, "", zone.as_ref());
        }
        self.blocks.gap();
    }

    /// A row; `sign` stands before the title of what is inside another item, as in the agendas that `build` writes.
    fn slot(&mut self, slot: &Value, sign: &str, zone: Option<&Zone>) {
        let clock = |key: &str| {
            let instant = slot[key].as_str()?.parse::<DateTime<Utc>>().ok()?;
            let local = zone.map_or_else(|| instant.naive_utc(), |zone| zone.local(instant).time);
            Some(local.format("%H:%M").to_string())
        };
        let hours = match (clock("start"), clock("end")) {
            (Some(start), Some(end)) => format!("{start}–{end}"),
            (start, _) => start.unwrap_or_default(),
        };
        let minutes = slot["minutes"].as_u64().map(|minutes| format!("{minutes} min")).unwrap_or_default();
        let mut speakers: Vec<String> = slot["roles"].as_array().into_iter().flatten().map(|role| self.who(role)).collect();
        if slot["everyone"] == true {
            speakers.insert(0, if self.code == "es" { "Todas las personas" } else { "All participants" }.to_owned());
        }
        let title = format!("{sign}{}", self.words(&slot["title"]));
        self.blocks.row(vec![hours, minutes, title, speakers.join("\n")]);
        for inner in slot["items"].as_array().into_iter().flatten() {
            self.slot(inner, "– ", zone);
        }
        // A break-out group has the hours of its item, which it does not say again.
        for group in slot["groups"].as_array().into_iter().flatten() {
            let bare = serde_json::json!({ "title": group["title"], "roles": group["roles"], "items": group["items"] });
            self.slot(&bare, "", zone);
        }
    }

    /// Somebody with a role, with what marks it.
    fn who(&self, role: &Value) -> String {
        let party = role["party"].as_str().map(|id| {
            let parties = self.programme["group"]["parties"].as_array().into_iter().flatten();
            let own = parties.into_iter().find(|party| party["id"] == *id);
            own.map_or(id, |party| self.words(&party["name"]))
        });
        let name = role["person"].as_str().or(party).unwrap_or_else(|| self.words(&role["who"]));
        let label = match (role["role"].as_str(), self.code) {
            (Some("moderator"), "es") => "Modera: ",
            (Some("moderator"), _) => "Moderator: ",
            (Some("facilitator"), "es") => "Facilita: ",
            (Some("facilitator"), _) => "Facilitator: ",
            _ => "",
        };
        let tbc = match (role["toBeConfirmed"] == true, self.code) {
            (true, "es") => " (por confirmar)",
            (true, _) => " (TBC)",
            _ => "",
        };
        format!("{label}{name}{tbc}")
    }
}
