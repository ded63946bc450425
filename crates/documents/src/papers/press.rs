//! Making one file, or all that was asked for on every core.

use std::convert::Infallible;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::many::{each, once_each};
use super::output::{Output, Paper};
use super::{Artifact, Edition, Key};
use crate::calendar;
use crate::diagnostics::Diagnostic;
use crate::formats::{Format, Rendered, json, renderer};
use crate::locale::Text;
use crate::paths::FilePath;
use crate::schema::subjects;
use crate::text;

/// An output made in one format.
#[derive(Debug)]
pub struct Made {
    /// `None` for a calendar in which nothing stands yet.
    pub artifact: Option<Artifact>,
    pub warnings: Vec<Diagnostic>,
    /// What is to be told of it.
    pub notes: Vec<Text>,
}

/// Why an output could not be made.
#[derive(Debug)]
pub enum Fault {
    /// Something in the templates, the branding or the prose.
    Finding(Box<Diagnostic>),
    /// A calendar that does not say what was meant when it is read back.
    Calendar(calendar::Error),
    /// It cannot be had in that format, or not from this program (PDF is optional).
    Format(Format),
}

impl Fault {
    pub fn message(&self) -> Text {
        match self {
            Fault::Finding(finding) => finding.message.clone(),
            Fault::Calendar(error) => error.message(),
            Fault::Format(format) => {
                let format = format.extension();
                text!("it cannot be had as .{format} here", "aquí no se puede obtener como .{format}")
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().both())
    }
}

impl std::error::Error for Fault {}

/// Where files go as they are made. It is asked from several threads at once.
pub trait Outlet: Sync {
    /// Why nothing more can be taken, or is wanted.
    type Error: Send;

    /// Told before each output how many are done; an error stops the making.
    fn progress(&self, done: usize, of: usize) -> Result<(), Self::Error> {
        let _ = (done, of);
        Ok(())
    }

    /// Whether the file at a path is at hand already, made of the very same: then it is not made again.
    fn holds(&self, path: &FilePath, key: &Key) -> bool {
        let _ = (path, key);
        false
    }

    /// Takes a file; `key` stands for what it was made of, where that is worth remembering.
    fn take(&self, artifact: Artifact, key: Option<Key>) -> Result<(), Self::Error>;
}

/// What came of a making.
#[derive(Debug, Default)]
pub struct Report {
    /// The files that there are now, in the order of their names: those made and those at hand already.
    pub paths: Vec<FilePath>,
    /// Those that could not be made.
    pub missing: Vec<FilePath>,
    /// Those of calendars in which nothing stands yet.
    pub empty: Vec<FilePath>,
    pub faults: Vec<Diagnostic>,
    /// What is to be told beside.
    pub notes: Vec<Text>,
}

/// Why a making ended before its end.
#[derive(Debug)]
pub enum Stopped<E> {
    /// A calendar does not say what was meant: nothing of this edition may go out.
    Calendar(calendar::Error),
    /// The outlet wants no more.
    Outlet(E),
}

/// Files in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Artifact>>);

impl Memory {
    /// In the order of their names.
    pub fn artifacts(self) -> Vec<Artifact> {
        let mut artifacts = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        artifacts
    }
}

impl Outlet for Memory {
    type Error = Infallible;

    fn take(&self, artifact: Artifact, _key: Option<Key>) -> Result<(), Infallible> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(artifact);
        Ok(())
    }
}

impl Edition<'_> {
    /// One output in one format, whatever else there is.
    ///
    /// # Errors
    /// Where its template cannot be followed, or where it cannot be set or written.
    pub fn make(&self, output: &Output<'_>, format: Format) -> Result<Made, Fault> {
        let artifact = |bytes| Some(Artifact { path: self.path(output, format), bytes });
        match output {
            Output::Paper(paper) => {
                let render = renderer(format).ok_or(Fault::Format(format))?;
                let document = self.document(paper).map_err(Fault::Finding)?;
                let Rendered { bytes, warnings } = render(&self.setting(paper, &document)).map_err(Fault::Finding)?;
                Ok(Made { artifact: artifact(bytes), warnings, notes: Vec::new() })
            }
            Output::Calendar(calendar) if format == Format::Ics => {
                let published = calendar.published(self);
                let bytes = match published.events.is_empty() {
                    true => None,
                    false => Some(published.bytes().map_err(Fault::Calendar)?),
                };
                Ok(Made { artifact: bytes.and_then(artifact), warnings: Vec::new(), notes: published.notes })
            }
            Output::Data if format == Format::Json => {
                Ok(Made { artifact: artifact(json::file(&self.public)), warnings: Vec::new(), notes: Vec::new() })
            }
            _ => Err(Fault::Format(format)),
        }
    }

    /// Makes outputs in those of the formats that each can be had in, and hands every file to the outlet as
    /// it is made: none is held until the last. One that cannot be made does not lose the others.
    ///
    /// # Errors
    /// Where the outlet stops it, or where a calendar is not what was meant.
    pub fn make_all<O: Outlet>(
        &self,
        outputs: &[Output<'_>],
        formats: &[Format],
        outlet: &O,
    ) -> Result<Report, Stopped<O::Error>> {
        let done = AtomicUsize::new(0);
        let stopped = AtomicBool::new(false);
        let work = |output: &Output<'_>| {
            if stopped.load(Ordering::Relaxed) {
                return Ok(Report::default());
            }
            let told = outlet.progress(done.load(Ordering::Relaxed), outputs.len()).map_err(Stopped::Outlet);
            let made = told.and_then(|()| self.make_in(output, formats, outlet));
            done.fetch_add(1, Ordering::Relaxed);
            stopped.fetch_or(made.is_err(), Ordering::Relaxed);
            made
        };
        let (mut report, mut faults, mut notes) = (Report::default(), Vec::new(), Vec::new());
        for made in each(outputs, work) {
            let made = made?;
            report.paths.extend(made.paths);
            report.missing.extend(made.missing);
            report.empty.extend(made.empty);
            faults.push(made.faults);
            notes.push(made.notes);
        }
        report.paths.sort();
        let mut faults = once_each(faults);
        subjects::assign(self.sources, &mut faults);
        Ok(Report { faults, notes: once_each(notes), ..report })
    }

    /// One output in several formats.
    fn make_in<O: Outlet>(&self, output: &Output<'_>, formats: &[Format], outlet: &O) -> Result<Report, Stopped<O::Error>> {
        let mut report = Report::default();
        let wanted: Vec<Format> = output.formats().filter(|format| formats.contains(format)).collect();
        match output {
            _ if wanted.is_empty() => {}
            Output::Paper(paper) => self.make_paper(paper, &wanted, outlet, &mut report).map_err(Stopped::Outlet)?,
            _ => {
                for format in wanted {
                    match self.make(output, format) {
                        Ok(Made { artifact: Some(artifact), notes, .. }) => {
                            report.paths.push(artifact.path.clone());
                            report.notes.extend(notes);
                            outlet.take(artifact, None).map_err(Stopped::Outlet)?;
                        }
                        Ok(Made { artifact: None, notes, .. }) => {
                            report.empty.push(self.path(output, format));
                            report.notes.extend(notes);
                        }
                        Err(Fault::Calendar(error)) => return Err(Stopped::Calendar(error)),
                        Err(Fault::Finding(fault)) => report.faults.push(*fault),
                        Err(Fault::Format(_)) => {}
                    }
                }
            }
        }
        Ok(report)
    }

    /// The document is written once for all its formats.
    fn make_paper<O: Outlet>(
        &self,
        paper: &Paper<'_>,
        formats: &[Format],
        outlet: &O,
        report: &mut Report,
    ) -> Result<(), O::Error> {
        let output = Output::Paper(paper.clone());
        let document = match self.document(paper) {
            Ok(document) => document,
            Err(fault) => {
                report.faults.push(*fault);
                report.missing.extend(formats.iter().map(|format| self.path(&output, *format)));
                return Ok(());
            }
        };
        let setting = self.setting(paper, &document);
        let digest = self.digest(&setting);
        for (format, render) in formats.iter().filter_map(|format| renderer(*format).map(|render| (*format, render))) {
            let path = self.path(&output, format);
            let key = digest.in_format(format);
            if outlet.holds(&path, &key) {
                report.paths.push(path);
                continue;
            }
            match render(&setting) {
                Ok(Rendered { bytes, warnings }) => {
                    // What is not as it should be is made, and told, each time.
                    let key = warnings.is_empty().then_some(key);
                    report.faults.extend(warnings);
                    report.paths.push(path.clone());
                    outlet.take(Artifact { path, bytes }, key)?;
                }
                Err(fault) => {
                    report.faults.push(*fault);
                    report.missing.push(path);
                }
            }
        }
        Ok(())
    }
}
