//! Runs on one line put together, and what stands at the head and the foot of every page left out.

use std::collections::BTreeMap;

use super::reader::{Page, Run};
use crate::grammar::folded;

/// A line of a page, from left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub base: f32,
    pub size: f32,
    pub runs: Vec<Run>,
}

impl Line {
    pub(crate) fn left(&self) -> f32 {
        self.runs.first().map_or(0.0, |run| run.left)
    }

    pub(crate) fn right(&self) -> f32 {
        self.runs.iter().map(|run| run.right).fold(0.0, f32::max)
    }

    pub(crate) fn text(&self) -> String {
        text(&self.runs)
    }

    /// Parts with wide blanks between them, each with where it begins.
    pub(crate) fn segments(&self) -> Vec<(f32, String)> {
        let mut parts: Vec<Vec<Run>> = Vec::new();
        for run in &self.runs {
            match parts.last_mut() {
                Some(part) if part.last().is_some_and(|last| run.left - last.right < self.size * 0.9) => part.push(run.clone()),
                _ => parts.push(vec![run.clone()]),
            }
        }
        parts.iter().map(|part| (part[0].left, text(part))).filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// Runs of one line as a text.
pub(crate) fn text(runs: &[Run]) -> String {
    let mut out = String::new();
    let mut right = None;
    for run in runs {
        if right.is_some_and(|right| run.left - right > run.size * 0.15) && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&run.text);
        right = Some(run.right);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of runs, from the top down.
pub(crate) fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|one, other| other.base.total_cmp(&one.base).then(one.left.total_cmp(&other.left)));
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some(line) if line.base - run.base < line.size.min(run.size) * 0.5 => line.runs.push(run),
            _ => lines.push(Line { base: run.base, size: run.size, runs: vec![run] }),
        }
    }
    for line in &mut lines {
        line.runs.sort_by(|one, other| one.left.total_cmp(&other.left));
        line.size = line.runs.iter().map(|run| run.size).fold(0.0, f32::max);
    }
    lines
}

/// Takes away the heads and feet: what stands at the edge of several pages alike but for its numbers.
pub(crate) fn without_margins(pages: &mut [Page]) {
    let edges = |page: &Page| -> Vec<Line> {
        let height = (page.top - page.bottom).max(1.0);
        let near = |run: &Run| run.base > page.top - height * 0.1 || run.base < page.bottom + height * 0.1;
        lines(page.runs.iter().filter(|run| near(run)).cloned().collect())
    };
    let key = |line: &Line| {
        let text: String = line.text().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        folded(&text)
            .split(' ')
            .map(|word| if word.bytes().all(|c| c == b'0') { "0" } else { word }.to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        for line in edges(page) {
            *counts.entry(key(&line)).or_default() += 1;
        }
    }
    for page in pages.iter_mut() {
        page.runs.retain(|run| !run.aside);
        let gone: Vec<f32> = edges(page)
            .iter()
            .filter(|line| {
                let key = key(line);
                let last = !page.runs.iter().any(|run| run.base < line.base - 2.0)
                    || !page.runs.iter().any(|run| run.base > line.base + 2.0);
                let number = last
                    && key.contains('0')
                    && key
                        .split(' ')
                        .all(|word| matches!(word, "0" | "page" | "pagina" | "pag" | "p" | "de" | "of" | "sur" | ""));
                let timed = crate::grammar::marks(&line.text()).iter().any(is_hours);
                !timed && (number || counts.get(&key).is_some_and(|count| *count >= 2))
            })
            .map(|line| line.base)
            .collect();
        page.runs.retain(|run| !gone.iter().any(|base| (run.base - base).abs() < 2.0));
    }
}

fn is_hours(mark: &crate::grammar::Mark) -> bool {
    matches!(mark.meaning, crate::grammar::Meaning::Hours { .. })
}
