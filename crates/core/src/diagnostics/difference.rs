//! What came and what went between the findings of two states of a programme.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Diagnostic, Level, Subject};
use crate::locale::Text;

/// What tells one finding from another, whatever it says and wherever its text has moved to.
///
/// Findings of one rule at one key of one subject share it: that two speakers of a slot are both to be
/// confirmed, for instance, where the slot was written in a way that gives their places no key of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    pub check: &'static str,
    pub subject: Subject,
    pub field: Option<String>,
}

impl Diagnostic {
    pub fn identity(&self) -> Identity {
        Identity { check: self.check, subject: self.subject.clone(), field: self.field.clone() }
    }
}

/// What a change of the programme does to its findings.
#[derive(Debug, Default)]
pub struct Difference<'a> {
    /// In the order of the later findings.
    pub appeared: Vec<&'a Diagnostic>,
    /// Those that are there still and say something else: the earlier and the later.
    pub changed: Vec<(&'a Diagnostic, &'a Diagnostic)>,
    pub gone: Vec<&'a Diagnostic>,
}

impl<'a> Difference<'a> {
    /// What a person has to read anew, in the order of the later findings.
    pub fn news(&self, after: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
        let later = self.changed.iter().map(|(_, later)| *later);
        let news: Vec<&Diagnostic> = self.appeared.iter().copied().chain(later).collect();
        after.iter().filter(|finding| news.iter().any(|new| std::ptr::eq(*new, *finding))).collect()
    }
}

/// Compares the findings of two states of one programme by what they are about. A finding about a slot that
/// only stands elsewhere in its agenda, as another was put in before it, is the same.
///
/// ```
/// use convoca_core::{diagnostics::difference, examples::check_files};
/// let slots = |end: &str| format!(
///     "id = 's'\nnumber = 1\ndate = 2027-03-02\nmoderator = 'capital'\ntitle = {{ es = 'Sesión', en = 'Session' }}\n\
///      slots = [{{ start = '10:05', end = '{end}', title = {{ es = 'Uno', en = 'One' }}, speakers = ['port'] }},\n\
///      {{ start = '10:45', minutes = 20, title = {{ es = 'Dos', en = 'Two' }}, speakers = ['capital'] }}]");
/// let (_, before) = check_files(&[("session.toml", &slots("10:45"))]);
/// let (_, after) = check_files(&[("session.toml", &slots("11:00"))]);
/// let difference = difference(&before, &after);
/// assert_eq!(difference.appeared[0].check, "slot-overlap");
/// assert!(difference.changed.is_empty() && difference.gone.is_empty());
/// ```
pub fn difference<'a>(before: &'a [Diagnostic], after: &'a [Diagnostic]) -> Difference<'a> {
    let mut old: Vec<&Diagnostic> = before.iter().collect();
    let mut new: Vec<&Diagnostic> = after.iter().collect();
    pair(&mut old, &mut new, |finding| (finding.identity(), says(finding)));
    pair(&mut old, &mut new, |finding| {
        let Identity { check, subject, field } = finding.identity();
        ((check, without_place(subject), field), says(finding))
    });
    let changed = pair(&mut old, &mut new, Diagnostic::identity);
    Difference { appeared: new, changed, gone: old }
}

/// All that a finding tells, apart from where it stands.
fn says(finding: &Diagnostic) -> (Level, &Text, Vec<&Text>, Option<&str>) {
    let told = finding.labels.iter().map(|label| &label.text).chain(&finding.notes);
    (finding.level, &finding.message, told.collect(), finding.waived.as_deref())
}

/// The subject in its session, wherever in the agenda it stands.
fn without_place(subject: Subject) -> Subject {
    match subject {
        Subject::Slot { session, .. } => Subject::Slot { session, slot: 0 },
        Subject::Item { session, items, .. } => Subject::Item { session, slot: 0, items: vec![0; items.len()] },
        Subject::BreakOut { session, .. } => Subject::BreakOut { session, slot: 0, group: 0 },
        other => other,
    }
}

/// Takes out of both lists what agrees by a key, each with one, in their order.
fn pair<'a, K: Hash + Eq>(
    old: &mut Vec<&'a Diagnostic>,
    new: &mut Vec<&'a Diagnostic>,
    key: impl Fn(&'a Diagnostic) -> K,
) -> Vec<(&'a Diagnostic, &'a Diagnostic)> {
    let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
    for (index, finding) in old.iter().enumerate().rev() {
        waiting.entry(key(finding)).or_default().push(index);
    }
    let mut taken = vec![false; old.len()];
    let mut pairs = Vec::new();
    new.retain(|finding| match waiting.get_mut(&key(finding)).and_then(Vec::pop) {
        Some(index) => {
            taken[index] = true;
            pairs.push((old[index], *finding));
            false
        }
        None => true,
    });
    let mut index = 0;
    old.retain(|_| {
        index += 1;
        !taken[index - 1]
    });
    pairs
}
