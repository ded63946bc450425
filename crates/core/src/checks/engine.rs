//! Running every check, then what the group has to say of the findings: levels and waivers.

use std::collections::HashMap;

use super::{ALL, Context, Findings, waiver};
use crate::cores;
use crate::diagnostics::{At, Diagnostic, Example, FileId, Level, Rule, Span};
use crate::locale::Text;
use crate::resolve;
use crate::schema::{Waiver, Written, WrittenSlot, list};
use crate::text;

pub static NOT_CHECKED: Rule = Rule {
    id: crate::diagnostics::NOT_CHECKED,
    level: Level::Note,
    summary: Text::fixed("what could not be checked is told", "se dice lo que no se pudo verificar"),
    documentation: Text::fixed(
        "A check that cannot run somewhere, because a date or an hour is missing there, has not passed: it is named with the\n\
         place. Mend the errors above first.",
        "Una verificación que no puede ejecutarse en algún lugar, porque ahí falta una fecha o una hora, no está aprobada: se\n\
         nombra con el lugar. Corrija primero los errores.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\nweekday = \"martes\"\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\nweekday = \"martes\"\n",
        )],
    },
};

/// Rules about what is known beside the texts, such as the answers to invitations: their findings come from elsewhere,
/// and have levels and waivers like all others.
pub static TOLD_BESIDE: [&str; 3] = ["empty-seat", "lost-quorum", "renamed-session"];

/// Whether the findings of a rule can be waived, and given another level.
pub fn is_waivable(rule: &str) -> bool {
    own().chain(TOLD_BESIDE).any(|known| known == rule)
}

fn own() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|check| check.rule.id)
}

/// What a check could not look at.
struct NotChecked {
    check: &'static str,
    span: Span,
    why: Text,
}

/// What could not be checked: a note a place, with the checks that could not run there.
fn not_checked_notes(mut places: Vec<NotChecked>) -> Vec<Diagnostic> {
    places.sort_by(|a, b| (a.span, &a.why, a.check).cmp(&(b.span, &b.why, b.check)));
    places.dedup_by(|a, b| (a.span, &a.why, a.check) == (b.span, &b.why, b.check));
    places
        .chunk_by(|a, b| a.span == b.span && a.why == b.why)
        .map(|same| {
            let checks = same.iter().map(|place| place.check).collect::<Vec<_>>().join(", ");
            Diagnostic::new(&NOT_CHECKED, text!("not checked here: {checks}", "sin verificar aquí: {checks}"))
                .at(same[0].span, same[0].why.clone())
        })
        .collect()
}

/// Every finding of every check, on every core, with the group's levels and waivers applied.
pub fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let reports = cores::map(context.written.sessions.len(), ALL, |check| {
        let mut findings = Findings::new(check.rule);
        (check.run)(context, &mut findings);
        findings
    });
    let mut findings = Vec::new();
    let mut unchecked = Vec::new();
    for report in reports {
        findings.extend(report.findings);
        let check = report.rule.id;
        unchecked.extend(report.not_checked.into_iter().map(|(span, why)| NotChecked { check, span, why }));
    }
    let known: Vec<&'static str> = own().chain(TOLD_BESIDE).collect();
    let mut faults = Vec::new();
    let levels = resolve::levels(context.written, &known, &mut faults);
    for finding in &mut findings {
        apply_level(finding, &levels);
    }
    let here: Vec<&'static str> = own().collect();
    waive(context.written, (&known, &here), &mut findings, &mut faults);
    findings.extend(faults);
    findings.extend(not_checked_notes(unchecked));
    findings
}

/// The group's levels and waivers for findings that were told beside the texts.
pub fn settle(written: &Written, findings: &mut Vec<Diagnostic>) {
    // Names that are wrong are told by `run`.
    let mut told = Vec::new();
    let levels = resolve::levels(written, &TOLD_BESIDE, &mut told);
    for finding in findings.iter_mut() {
        finding.level = levels.get(finding.check).copied().unwrap_or(finding.level);
    }
    waive(written, (&TOLD_BESIDE, &TOLD_BESIDE), findings, &mut told);
}

/// A check that grades its findings itself keeps its notes as notes.
fn apply_level(finding: &mut Diagnostic, levels: &HashMap<&'static str, Level>) {
    let own = ALL.iter().find(|check| check.rule.id == finding.check).map(|check| check.rule.level);
    if let Some(level) = levels.get(finding.check)
        && (finding.level != Level::Note || own == Some(Level::Note))
    {
        finding.level = *level;
    }
}

/// A waiver and the stretch of the file in which it holds.
struct Scope<'a> {
    extent: Span,
    waiver: &'a At<Waiver>,
}

/// Waivers name what is `known`; those of what is `here` are applied, and told where they waive nothing.
fn waive(
    written: &Written,
    (known, here): (&[&'static str], &[&'static str]),
    findings: &mut Vec<Diagnostic>,
    faults: &mut Vec<Diagnostic>,
) {
    let mut unused = Vec::new();
    let scopes = scopes(written);
    // By check and file, so that a thousand waivers do not each look through every finding.
    let mut places: HashMap<(&str, FileId), Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|_| !scopes.is_empty()) {
        for label in &finding.labels {
            let known = places.entry((finding.check, label.span.file)).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    for scope in scopes {
        let (Some(check), Some(reason)) = (&scope.waiver.check, &scope.waiver.reason) else { continue };
        let id = resolve::known_check(&check.0, check.span, known, faults);
        let Some(id) = id.filter(|id| here.contains(id)) else { continue };
        if reason.0.is_empty() {
            unused.push(waiver::without_reason(reason.span));
            continue;
        }
        let mut used = false;
        for index in places.get(&(id, scope.extent.file)).into_iter().flatten() {
            let finding = &mut findings[*index];
            if finding.labels.iter().any(|label| scope.extent.contains(label.span)) {
                finding.waived = Some(reason.0.clone());
                used = true;
            }
        }
        // What it accepts may be of a file that could not be read to its end.
        if !used && written.whole {
            unused.push(waiver::unused(id, scope.waiver.span));
        }
    }
    findings.extend(unused);
}

fn scopes(written: &Written) -> Vec<Scope<'_>> {
    fn add_slots<'a>(scopes: &mut Vec<Scope<'a>>, slots: &'a Option<At<Vec<At<WrittenSlot>>>>) {
        for slot in list(slots) {
            add(scopes, slot.extent, &slot.waive);
            add_slots(scopes, &slot.items);
            add_slots(scopes, &slot.groups);
        }
    }
    fn add<'a>(scopes: &mut Vec<Scope<'a>>, extent: Span, waivers: &'a Option<At<Vec<At<Waiver>>>>) {
        scopes.extend(list(waivers).iter().map(|waiver| Scope { extent, waiver }));
    }
    let whole = |file| Span { file, start: 0, end: u32::MAX };
    let mut scopes = Vec::new();
    if let Some((file, group)) = &written.group {
        add(&mut scopes, whole(*file), &group.waive);
    }
    if let Some((file, note)) = &written.concept_note {
        add(&mut scopes, whole(*file), &note.waive);
    }
    for (file, session) in &written.sessions {
        add(&mut scopes, whole(*file), &session.waive);
        add_slots(&mut scopes, &session.slots);
    }
    scopes
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::diagnostics::Sources;

    #[test]
    fn a_waiver_is_not_empty_because_a_file_could_not_be_read() {
        let told = |session: &str| {
            let mut sources = Sources::default();
            let waived = "[[waive]]\ncheck = 'unused-party'\nreason = 'va en la tercera'\n";
            let group = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }\n";
            sources.add("group.toml", format!("{group}{waived}"));
            sources.add("1.toml", session);
            let checked = check(&sources, chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
            checked.findings.iter().any(|finding| finding.check == "waiver")
        };
        let session = "id = 's'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'S', en = 'S' }\n";
        assert!(told(session));
        assert!(!told(&format!("{session}[[slots\n")));
    }
}
