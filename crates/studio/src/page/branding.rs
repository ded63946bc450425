//! How the documents look.

use convoca_core::diagnostics::FileId;
use convoca_core::project::Snapshot;
use convoca_core::schema::{self, BRANDING_FILE, Colour, Paper, list};
use serde_json::{Value as Json, json};

use super::wording;

/// What `branding.toml` says; nothing where the usual holds.
pub(super) fn branding(snapshot: &Snapshot) -> Json {
    let file = snapshot.templates().find(|(name, ..)| *name == BRANDING_FILE);
    let text = file.and_then(|(_, _, content)| content.as_text()).unwrap_or_default();
    // What is wrong in it is told by those who read the files that it names.
    let own = schema::branding(FileId::default(), text, &mut Vec::new());
    let logos = list(&own.logos).iter().map(|logo| {
        json!({
            "file": logo.file.as_ref().map(|file| &file.0),
            "alt": wording(logo.alt.as_ref()),
            "height": logo.height.as_ref().map(|height| height.0),
        })
    });
    json!({
        "paper": own.paper.as_ref().map(|paper| match paper.value {
            Paper::Letter => "letter",
            Paper::A4 => "a4",
        }),
        "accent": own.accent.as_ref().map(|accent| {
            let Colour([red, green, blue]) = accent.value;
            format!("#{red:02x}{green:02x}{blue:02x}")
        }),
        "font": own.font.as_ref().map(|font| &font.0),
        "header": wording(own.header.as_ref()),
        "footer": wording(own.footer.as_ref()),
        "wordTemplate": own.word_template.as_ref().map(|file| &file.0),
        "tableStyle": own.table_style.as_ref().map(|style| &style.0),
        "logos": logos.collect::<Json>(),
    })
}
