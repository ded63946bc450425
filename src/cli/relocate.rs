//! `convoca move` and `convoca reflow`: the change is shown, checked, and written only when asked.

use std::io::Write;
use std::ops::Range;
use std::path::Path;

use super::args::{Format, Move, Options};
use super::{Failure, Outcome, agenda, check, output};
use crate::diagnostics::{Diagnostic, Edit, Sources, Span, apply_edits, has_errors};
use crate::locale::{Lang, Text};
use crate::scheduling::{Layout, lay_out};
use crate::text;

pub fn run(options: &Options, command: &Move) -> Result<Outcome, Failure> {
    let (sources, checked) = check::load(options)?;
    let Some(programme) = &checked.programme else {
        return Err(Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo")));
    };
    let session = agenda::find(programme, &command.session)?;
    let Some((_, written)) = checked.written.sessions.iter().find(|(file, _)| *file == session.file) else {
        return Err(Failure::new(Text::fixed("the session could not be read", "no se pudo leer la sesión")));
    };
    let own = session.time().map(|(start, _)| session.zone.local(start).time);
    let to = match (command.to, own) {
        ((None, None), _) => None,
        ((day, hour), Some(own)) => Some(day.unwrap_or(own.date()).and_time(hour.unwrap_or(own.time()))),
        ((Some(day), Some(hour)), None) => Some(day.and_time(hour)),
        (_, None) => None,
    };
    let Layout { mut edits, misfits } = lay_out(&sources, written, session, to, options.today);
    edits.sort();
    let path = sources.get(session.file).path.clone();
    let after = apply_edits(&sources.get(session.file).text, &edits);
    let mut out = anstream::stdout().lock();
    if !edits.is_empty() {
        write!(out, "{}", change(&sources, &edits, &path))?;
    }
    for misfit in &misfits {
        let (line, _) = sources.get(misfit.span.file).position(misfit.span.range().start);
        writeln!(out, "{path}:{line}: {}", misfit.text.get(options.lang))?;
    }
    out.flush()?;
    drop(out);
    let say = |text: Text| writeln!(anstream::stderr(), "{}", text.get(options.lang));
    if !misfits.is_empty() {
        say(Text::fixed("this does not fit, so nothing is written", "esto no cabe, así que no se escribe nada"))?;
        return Ok(Outcome::Findings);
    }
    if edits.is_empty() {
        say(Text::fixed("nothing to change", "nada que cambiar"))?;
        return Ok(Outcome::Clean);
    }
    let (changed, new) = new_findings(options, &sources, &checked.findings, &path, &after);
    if !new.is_empty() {
        check::show(&changed, &new, Format::Human, options.lang)?;
    }
    if command.write {
        output::replace(Path::new(&path), &after)?;
        say(text!("written: {path}", "escrito: {path}"))?;
    } else {
        say(Text::fixed("nothing is written yet: add `--write`", "aún no se escribe nada: agregue `--write`"))?;
    }
    Ok(if has_errors(&new) { Outcome::Findings } else { Outcome::Clean })
}

/// The lines that change, before and after.
fn change(sources: &Sources, edits: &[Edit], path: &str) -> String {
    let (red, green) = (anstyle::AnsiColor::Red.on_default(), anstyle::AnsiColor::Green.on_default());
    let mut shown = format!("{path}\n");
    for edits in edits.chunk_by(|a, b| line_of(sources, a) == line_of(sources, b)) {
        let Range { start, end } = line_of(sources, &edits[0]);
        let before = &sources.get(edits[0].span.file).text[start..end];
        let within = |at: u32| at - u32::try_from(start).unwrap_or(at);
        let moved = |edit: &Edit| Edit {
            span: Span { start: within(edit.span.start), end: within(edit.span.end), ..edit.span },
            text: edit.text.clone(),
        };
        let after = apply_edits(before, &edits.iter().map(moved).collect::<Vec<_>>());
        if after == before {
            continue;
        }
        shown.push_str(&format!("{red}- {before}{red:#}\n"));
        after.lines().for_each(|line| shown.push_str(&format!("{green}+ {line}{green:#}\n")));
    }
    shown
}

/// The line of the file that an edit stands in; none of ours reaches over two.
fn line_of(sources: &Sources, edit: &Edit) -> Range<usize> {
    let text = &sources.get(edit.span.file).text;
    let start = text[..edit.span.range().start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[edit.span.range().end..].find('\n').map_or(text.len(), |at| edit.span.range().end + at);
    start..end
}

/// What the checks find in the changed programme and did not find before.
fn new_findings(
    options: &Options,
    sources: &Sources,
    before: &[Diagnostic],
    path: &str,
    after: &str,
) -> (Sources, Vec<Diagnostic>) {
    let mut changed = Sources::default();
    for (_, file) in sources.iter() {
        changed.add(file.path.clone(), if file.path == path { after.to_owned() } else { file.text.clone() });
    }
    let known = |finding: &Diagnostic| {
        before.iter().any(|old| old.check == finding.check && old.message.get(Lang::En) == finding.message.get(Lang::En))
    };
    let findings = crate::check(&changed, options.today).findings;
    (changed, findings.into_iter().filter(|finding| !known(finding)).collect())
}
