//! What the files of the folder of templates are called.

use crate::schema::BRANDING_FILE as BRANDING;

pub(super) const WORDS: &str = "words.toml";
/// The files of a `templates` folder that are read as text, beside the templates themselves.
pub const SETTINGS: [&str; 2] = [WORDS, BRANDING];

/// What a file is to be called that is called almost as one that is read, and would go unused: Windows hides the second
/// ending of `branding.toml.txt`. Copies that editors and people put by are none.
pub fn meant(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if name.starts_with('.') || name.ends_with(".j2") || SETTINGS.contains(&name) || lower == "readme.md" {
        return None;
    }
    let is_put_by = ["~", "bak", "old", "orig", "rej", "swp", "tmp"].iter().any(|ending| lower.ends_with(ending));
    let setting = || SETTINGS.into_iter().find(|own| lower.starts_with(own)).map(str::to_owned);
    let up_to = |ending: &str, whole: &str| lower.find(ending).map(|at| format!("{}{whole}", &name[..at]));
    let template = || up_to(".md.j2", ".md.j2").or_else(|| up_to(".j2", ".j2"));
    let prose = || lower.strip_suffix(".md").map(|own| format!("{}.md.j2", &name[..own.len()]));
    if is_put_by { None } else { setting().or_else(template).or_else(prose) }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_would_go_unused_is_called_as_it_was_meant() {
        for (name, expected) in [
            ("branding.toml.txt", Some("branding.toml")),
            ("Branding.TOML", Some("branding.toml")),
            ("words.toml.docx", Some("words.toml")),
            ("anexo.md", Some("anexo.md.j2")),
            ("Anexo técnico.MD", Some("Anexo técnico.md.j2")),
            ("anexo.MD.J2", Some("anexo.md.j2")),
            ("anexo.md.j2.txt", Some("anexo.md.j2")),
            ("page.html.j2.txt", Some("page.html.j2")),
            ("anexo.md.j2", None),
            ("page.html.j2", None),
            ("branding.toml", None),
            ("branding.toml.bak", None),
            ("anexo.md.j2~", None),
            (".anexo.md.j2.swp", None),
            ("README.md", None),
            ("logo.png", None),
            ("notas.txt", None),
        ] {
            assert_eq!(meant(name).as_deref(), expected, "{name}");
        }
    }
}
