//! A front end whole: the programme in memory, an hour changed, what that does to the findings, a page as it
//! would be, and back again. `cargo run --example front_end` in the project's folder; it is a test too.

use std::{error::Error, fs, io::Write, io::stdout};

use convoca::edit::{Bound::End, Operation::SetHour, plan};
use convoca::{formats::Format, locale::Lang, papers::Materials, project::Project};

fn main() -> Result<(), Box<dyn Error>> {
    let mut project = Project::default();
    for entry in fs::read_dir("sessions")?.chain(fs::read_dir("templates")?) {
        let path = entry?.path();
        project.set(&path.to_string_lossy(), fs::read(&path)?);
    }
    let (loaded, today) = (project.clone(), "2022-10-03".parse()?);
    let before = project.snapshot(today);
    let end = SetHour { session: "global-initiatives".into(), slot: 1.into(), bound: End, to: "11:45".parse()? };
    let change = plan(&before, &end)?;
    project.apply(&change)?;
    let materials = Materials::new(project.snapshot(today));
    for finding in materials.snapshot().since(&before).appeared {
        writeln!(stdout(), "{}: {}", finding.subject.mention().es, finding.message.es)?;
    }
    let edition = materials.edition(true).ok_or("sin grupo")?;
    let agenda = edition.output("agenda", Some("global-initiatives"), Lang::Es).ok_or("sin agenda")?;
    let page = String::from_utf8(edition.make(&agenda, Format::Html)?.artifact.ok_or("sin página")?.bytes)?;
    writeln!(stdout(), "{}", page.lines().find(|line| line.contains("11:45")).ok_or("sin la hora nueva")?)?;
    project.apply(&change.inverse())?;
    (project == loaded).then_some(()).ok_or_else(|| "lo deshecho no es como era".into())
}
