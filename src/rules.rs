//! Every rule that a finding can be an instance of, from all rooms.

use crate::checks;
use crate::diagnostics::Rule;
use crate::following;
use crate::templates::TEMPLATE;

/// The rules about texts, those about documents, and those about answers, in the order in which `convoca explain` lists them.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    checks::rules()
        .chain([&TEMPLATE])
        .chain(convoca_documents::rules::ALL.iter().copied())
        .chain(following::RULES.iter().copied())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_rule_is_documented_in_both_languages() {
        for rule in super::all() {
            for text in [&rule.summary, &rule.documentation] {
                assert!(!text.es.is_empty() && !text.en.is_empty() && text.es != text.en, "{}", rule.id);
            }
        }
    }
}
