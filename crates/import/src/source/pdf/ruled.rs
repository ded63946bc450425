//! Tables that are drawn: the lines around their cells, or only those between their rows.

use std::collections::HashSet;

use super::joined::join;
use super::lines::{Line, lines};
use super::reader::{Page, Rule, Run};

/// A table of one page.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub top: f32,
    pub bottom: f32,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell with what it reaches from and to.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub left: f32,
    pub right: f32,
    pub text: String,
}

/// How far off a line may be, in points.
const NEAR: f32 = 2.5;

fn is_level(rule: &Rule) -> bool {
    rule.to.1 - rule.from.1 < 1.0
}

fn near(one: f32, other: f32) -> bool {
    (one - other).abs() <= NEAR
}

/// The tables of a page. Their runs are taken from it.
pub(crate) fn tables(page: &mut Page, words: &HashSet<String>) -> Vec<Table> {
    let mut found = Vec::new();
    for group in groups(&page.rules) {
        if let Some(grid) = Grid::of(&group) {
            found.extend(grid.table(page, words));
        }
    }
    found.extend(banded(page, words));
    found.sort_by(|one, other| other.top.total_cmp(&one.top));
    found
}

/// Lines that touch each other.
fn groups(rules: &[Rule]) -> Vec<Vec<Rule>> {
    // A drawing of thousands of lines is no table.
    let rules = &rules[..rules.len().min(3_000)];
    let touch = |one: &Rule, other: &Rule| {
        one.from.0 - NEAR <= other.to.0
            && other.from.0 - NEAR <= one.to.0
            && one.from.1 - NEAR <= other.to.1
            && other.from.1 - NEAR <= one.to.1
    };
    let mut group: Vec<usize> = (0..rules.len()).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for one in 0..rules.len() {
        for other in one + 1..rules.len() {
            if touch(&rules[one], &rules[other]) {
                let (one, other) = (root(&mut group, one), root(&mut group, other));
                group[one.max(other)] = one.min(other);
            }
        }
    }
    let mut found: Vec<(usize, Vec<Rule>)> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let root = root(&mut group, at);
        match found.iter_mut().find(|(own, _)| *own == root) {
            Some((_, list)) => list.push(*rule),
            None => found.push((root, vec![*rule])),
        }
    }
    found.into_iter().map(|(_, list)| list).collect()
}

/// Values of which those that lie near each other are one.
fn distinct(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values.dedup_by(|one, other| near(*one, *other));
    values
}

/// Columns from the left, rows from the top.
struct Grid {
    edges: Vec<f32>,
    levels: Vec<f32>,
    rules: Vec<Rule>,
}

impl Grid {
    fn of(rules: &[Rule]) -> Option<Grid> {
        let edges = distinct(rules.iter().filter(|rule| !is_level(rule)).map(|rule| rule.from.0).collect());
        let mut levels = distinct(rules.iter().filter(|rule| is_level(rule)).map(|rule| rule.from.1).collect());
        levels.reverse();
        let is_grid = edges.len() >= 2 && levels.len() >= 2 && edges.len() <= 40 && levels.len() <= 400;
        is_grid.then(|| Grid { edges, levels, rules: rules.to_vec() })
    }

    fn rows(&self) -> usize {
        self.levels.len() - 1
    }

    fn columns(&self) -> usize {
        self.edges.len() - 1
    }

    /// Whether a line stands left of a column, beside a row.
    fn has_edge(&self, column: usize, row: usize) -> bool {
        let middle = (self.levels[row] + self.levels[row + 1]) / 2.0;
        self.rules.iter().any(|rule| {
            !is_level(rule) && near(rule.from.0, self.edges[column]) && rule.from.1 - NEAR <= middle && middle <= rule.to.1 + NEAR
        })
    }

    /// Whether a line lies above a row, over a column.
    fn has_level(&self, column: usize, row: usize) -> bool {
        let middle = (self.edges[column] + self.edges[column + 1]) / 2.0;
        self.rules.iter().any(|rule| {
            is_level(rule) && near(rule.from.1, self.levels[row]) && rule.from.0 - NEAR <= middle && middle <= rule.to.0 + NEAR
        })
    }

    /// For each cell the row and the column of the one that it is merged into.
    fn merged(&self) -> Vec<Vec<(usize, usize)>> {
        let mut found = vec![vec![(0, 0); self.columns()]; self.rows()];
        for row in 0..self.rows() {
            for column in 0..self.columns() {
                found[row][column] = if column > 0 && !self.has_edge(column, row) {
                    found[row][column - 1]
                } else if row > 0 && !self.has_level(column, row) {
                    found[row - 1][column]
                } else {
                    (row, column)
                };
            }
        }
        found
    }

    fn table(&self, page: &mut Page, words: &HashSet<String>) -> Option<Table> {
        let (left, right) = (self.edges[0], self.edges[self.columns()]);
        let (top, bottom) = (self.levels[0], self.levels[self.rows()]);
        let inside = |run: &Run| {
            let (x, y) = ((run.left + run.right) / 2.0, run.base + run.size * 0.3);
            left - NEAR <= x && x <= right + NEAR && bottom - NEAR <= y && y <= top + NEAR
        };
        let runs: Vec<Run> = page.runs.iter().filter(|run| inside(run)).cloned().collect();
        if runs.is_empty() {
            return None;
        }
        if self.columns() == 1 {
            // A frame around text is no table.
            return None;
        }
        let merged = self.merged();
        let mut cells: Vec<Vec<Vec<Run>>> = vec![vec![Vec::new(); self.columns()]; self.rows()];
        for run in runs {
            let y = run.base + run.size * 0.3;
            // By where it begins: a long text may be drawn over its cell's edge.
            let column = self.edges[1..self.columns()].iter().filter(|edge| run.left + run.size * 0.3 > **edge).count();
            let row = self.levels[1..self.rows()].iter().filter(|level| y < **level).count();
            let (row, column) = merged[row][column];
            cells[row][column].push(run);
        }
        page.runs.retain(|run| !inside(run));
        let mut rows = Vec::new();
        for (row, own) in cells.into_iter().enumerate() {
            let texts: Vec<String> = own.into_iter().map(|runs| flowed(&lines(runs), words)).collect();
            let mut cells: Vec<Cell> = Vec::new();
            for (column, text) in texts.into_iter().enumerate() {
                let (from_row, from) = merged[row][column];
                match cells.last_mut() {
                    Some(cell) if from < column && from_row == row => cell.right = self.edges[column + 1],
                    _ => cells.push(Cell { left: self.edges[column], right: self.edges[column + 1], text }),
                }
            }
            rows.push(cells);
        }
        Some(Table { top, bottom, rows })
    }
}

/// Lines of a cell as one text; what begins anew stands on its own line.
pub(crate) fn flowed(lines: &[Line], words: &HashSet<String>) -> String {
    let mut out = String::new();
    let mut last: Option<&Line> = None;
    for line in lines {
        let text = line.text();
        let apart = last.is_some_and(|last| last.base - line.base > last.size.max(line.size) * 1.75);
        if apart || text.starts_with(['•', '◦', '▪', '●']) {
            out.push('\n');
            out.push_str(&text);
        } else {
            join(&mut out, &text, words);
        }
        last = Some(line);
    }
    out.trim().to_owned()
}

/// Rows between level lines of one width, their columns where nothing is written from top to bottom.
fn banded(page: &mut Page, words: &HashSet<String>) -> Vec<Table> {
    let mut bands: Vec<Vec<Rule>> = Vec::new();
    for rule in page.rules.iter().filter(|rule| is_level(rule) && rule.to.0 - rule.from.0 > 150.0) {
        match bands.iter_mut().find(|band| near(band[0].from.0, rule.from.0) && near(band[0].to.0, rule.to.0)) {
            Some(band) => band.push(*rule),
            None => bands.push(vec![*rule]),
        }
    }
    let mut found = Vec::new();
    for band in bands.into_iter().filter(|band| band.len() >= 3) {
        let mut levels = distinct(band.iter().map(|rule| rule.from.1).collect());
        levels.reverse();
        let (Some(top), Some(bottom)) = (levels.first().copied(), levels.last().copied()) else { continue };
        let (left, right) = (band[0].from.0, band[0].to.0);
        let inside = |run: &Run| {
            let y = run.base + run.size * 0.3;
            run.left >= left - NEAR && run.right <= right + 20.0 && y <= top && y >= bottom
        };
        let runs: Vec<Run> = page.runs.iter().filter(|run| inside(run)).cloned().collect();
        let edges = gaps(&runs, left, right);
        if levels.len() < 3 || edges.len() < 3 {
            continue;
        }
        let mut rows: Vec<Vec<Vec<Run>>> = vec![vec![Vec::new(); edges.len() - 1]; levels.len() - 1];
        for run in runs {
            let row = levels[1..levels.len() - 1].iter().filter(|level| run.base + run.size * 0.3 < **level).count();
            let column = edges[1..edges.len() - 1].iter().filter(|edge| run.left + run.size * 0.2 > **edge).count();
            rows[row][column].push(run);
        }
        page.runs.retain(|run| !inside(run));
        let cells = |row: Vec<Vec<Run>>| {
            let texts = row.into_iter().map(|runs| flowed(&lines(runs), words));
            texts.zip(edges.windows(2)).map(|(text, edges)| Cell { left: edges[0], right: edges[1], text }).collect()
        };
        found.push(Table { top, bottom, rows: rows.into_iter().map(cells).collect() });
    }
    found
}

/// The edges of columns: from left to right where hardly a line of text crosses.
fn gaps(runs: &[Run], left: f32, right: f32) -> Vec<f32> {
    let all = lines(runs.to_vec());
    let segments: Vec<Vec<(f32, f32)>> = all
        .iter()
        .map(|line| {
            let mut parts: Vec<(f32, f32)> = Vec::new();
            for run in &line.runs {
                match parts.last_mut() {
                    Some(part) if run.left - part.1 < line.size * 0.9 => part.1 = run.right,
                    _ => parts.push((run.left, run.right)),
                }
            }
            parts
        })
        .collect();
    let mut edges = vec![left];
    let starts = distinct(segments.iter().flatten().map(|(start, _)| *start).collect());
    for start in starts.into_iter().filter(|start| *start > left + 12.0) {
        let begin = segments.iter().filter(|parts| parts.iter().any(|(own, _)| near(*own, start))).count();
        let cross =
            segments.iter().filter(|parts| parts.iter().any(|(own, end)| *own < start - NEAR && *end > start - 1.0)).count();
        if begin >= 2 && cross * 8 <= segments.len() {
            edges.push(start - NEAR);
        }
    }
    edges.push(right);
    edges
}
