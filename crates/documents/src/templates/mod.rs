//! Templates: what a document contains and in which order, as a person can edit it (minijinja).

mod faults;
mod filled;
mod limits;
mod marked;
mod names;
mod room;
mod shared;

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

use crate::decode::{self, Map};
use crate::diagnostics::{At, Diagnostic, Example, FileId, Level, Rule, Sources, Span};
use crate::document::Block;
use crate::document::links::Lost;
use crate::document::parse::{Parsed, parse};
use crate::locale::{Lang, LanguageTag, Text, words};
use crate::resolve::wording;
use crate::schema::{BRANDING_FILE as BRANDING, Wording};
use crate::stack::deep;
use crate::text;
use faults::{cannot_be_followed, explain, misnamed, texts_too_long, told, unclosed, unknown_word};
pub use filled::{blocks_value, inlines_value};
use marked::{Fillings, fill};
use names::WORDS;
pub use names::{SETTINGS, meant};
use room::SESSIONS;
pub use room::sessions_value;

/// The suffix of templates that become documents.
pub const DOCUMENT_SUFFIX: &str = ".md.j2";
/// The page around a document.
pub const PAGE: &str = "page.html.j2";
/// The same around a mail.
pub const MAIL: &str = "mail.html.j2";
/// Templates that become mails.
const MAILS: [&str; 4] = ["invitation", "cancellation", "turned-down", "poll"];

/// The templates that the program carries; those of a `templates` folder stand in for them by name.
pub static BUILT_IN: &[(&str, &str)] = &[
    ("agenda.md.j2", include_str!("../../../../templates/agenda.md.j2")),
    ("programme.md.j2", include_str!("../../../../templates/programme.md.j2")),
    ("concept-note.md.j2", include_str!("../../../../templates/concept-note.md.j2")),
    (PAGE, include_str!("../../../../templates/page.html.j2")),
    ("letter.md.j2", include_str!("../../../../templates/letter.md.j2")),
    ("invitation.md.j2", include_str!("../../../../templates/invitation.md.j2")),
    ("cancellation.md.j2", include_str!("../../../../templates/cancellation.md.j2")),
    ("turned-down.md.j2", include_str!("../../../../templates/turned-down.md.j2")),
    ("poll.md.j2", include_str!("../../../../templates/poll.md.j2")),
    (MAIL, include_str!("../../../../templates/mail.html.j2")),
    (WORDS, include_str!("../../../../templates/words.toml")),
    (BRANDING, include_str!("../../../../templates/branding.toml")),
];

pub static TEMPLATE: Rule = Rule {
    id: "template",
    level: Level::Error,
    summary: Text::fixed("templates can be followed", "las plantillas se pueden seguir"),
    documentation: Text::fixed(
        "A template in `templates/` says what a document contains. A variable that does not exist, a tag that is not closed or a\n\
         loop without end is reported at its line, and the document is not written.",
        "Una plantilla de `templates/` dice qué contiene un documento. Una variable que no existe, una etiqueta sin cerrar o un\n\
         ciclo sin fin se señalan en su renglón, y el documento no se escribe.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

/// The program's own words, read once they are asked for.
static BUILT_IN_WORDS: LazyLock<Vec<(String, Text)>> = LazyLock::new(|| {
    let texts = BUILT_IN.iter().filter(|(name, _)| *name == WORDS);
    let words = texts.flat_map(|(_, text)| read_words(FileId(u32::MAX), text, &mut Vec::new()));
    words.map(|(key, value)| (key.value, value)).collect()
});

fn read_words(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<(At<String>, Text)> {
    let map: Map<Wording> = decode::parse(file, text, Lang::ALL[0], findings, |table, findings| table.map(findings)).value;
    map.0.into_iter().map(|(key, value)| (key, wording(&Some(value)))).collect()
}

/// The templates of a run, with the places of those that a person wrote.
pub struct Templates {
    files: Vec<(String, FileId)>,
    /// Whether any of them is not as the program carries it.
    changed: bool,
    /// Those of the user's folder.
    words: Vec<(String, Text)>,
    /// All of them as templates see them, in each language.
    word_values: [OnceLock<Value>; 2],
    /// Writes documents: what a person typed is kept out of the Markdown.
    documents: Environment<'static>,
    /// Writes the pages around them.
    pages: Environment<'static>,
}

impl Templates {
    /// Takes the templates found in the user's folder, over those that the program carries.
    pub fn new(sources: &mut Sources, own: Vec<(String, String, String)>) -> (Templates, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let mut files = Vec::new();
        let is_changed = |name: &str, text: &str| name.ends_with(".j2") && !BUILT_IN.contains(&(name, text));
        let changed = own.iter().any(|(name, _, text)| is_changed(name, text));
        for (name, text) in BUILT_IN {
            if !own.iter().any(|(own, _, _)| own == name) {
                files.push(((*name).to_owned(), sources.add(format!("<convoca>/templates/{name}"), *text)));
            }
        }
        for (name, path, text) in own {
            let file = sources.add(path, text);
            if let Some(meant) = meant(&name) {
                findings.push(misnamed(file, &name, &meant));
            } else {
                files.push((name, file));
            }
        }
        files.sort();
        let mut words = Vec::new();
        for (_, file) in files.iter().filter(|(name, _)| name == WORDS) {
            let text = sources.get(*file).text.as_str();
            if BUILT_IN.contains(&(WORDS, text)) {
                continue;
            }
            let own = read_words(*file, text, &mut findings);
            let known: Vec<&str> = BUILT_IN_WORDS.iter().map(|(key, _)| key.as_str()).collect();
            findings.extend(own.iter().filter_map(|(key, _)| unknown_word(key, &known)));
            words.extend(own.into_iter().map(|(key, value)| (key.value, value)));
        }
        let pages = environment(&files, sources);
        let mut documents = pages.clone();
        documents.set_formatter(fill);
        let templates = Templates { files, changed, words, word_values: Default::default(), documents, pages };
        findings.extend(shared::names(&templates, sources));
        (templates, findings)
    }

    /// Whether somebody wrote any of them anew.
    pub fn are_changed(&self) -> bool {
        self.changed
    }

    /// Names of the templates that become documents, without mails and partials (`_name.md.j2`).
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        let names = self.files.iter().filter_map(|(name, _)| name.strip_suffix(DOCUMENT_SUFFIX));
        names.filter(|name| !name.starts_with('_') && !MAILS.contains(name))
    }

    /// A word of the documents in a language ("objective" -> "Objetivo").
    pub fn word(&self, key: &str, lang: Lang) -> Option<&str> {
        self.words().rev().find(|(name, _)| name == key).map(|(_, text)| text.get(lang))
    }

    /// What the files of a template are called, before their ending: "programa".
    pub fn file_name(&self, template: &str, lang: Lang) -> String {
        self.word(&format!("file-{template}"), lang).map_or_else(|| template.to_owned(), decode::slug)
    }

    /// The program's own words, then the user's: a file of theirs need only hold those that it changes.
    fn words(&self) -> impl DoubleEndedIterator<Item = &(String, Text)> {
        BUILT_IN_WORDS.iter().chain(&self.words)
    }

    fn words_value(&self, lang: Lang) -> Value {
        let of_language = match lang {
            Lang::En => &self.word_values[0],
            Lang::Es => &self.word_values[1],
        };
        let value = || {
            let words = self.words().map(|(key, text)| (key.replace('-', "_"), Value::from(text.get(lang))));
            Value::from(words.collect::<BTreeMap<String, Value>>())
        };
        of_language.get_or_init(value).clone()
    }

    /// The file that says how documents look.
    pub fn branding(&self) -> Option<FileId> {
        self.file(BRANDING)
    }

    /// All of them by name, with the words and the branding: what the look of documents depends on.
    pub fn texts<'t>(&'t self, sources: &'t Sources) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.files.iter().map(|(name, file)| (name.as_str(), sources.get(*file).text.as_str()))
    }

    fn file(&self, name: &str) -> Option<FileId> {
        self.files.iter().find(|(own, _)| own == name).map(|(_, file)| *file)
    }

    /// Renders a document's template and parses what it wrote.
    pub fn document(&self, sources: &Sources, name: &str, lang: Lang, context: Value) -> Result<Vec<Block>, Box<Diagnostic>> {
        let template = format!("{name}{DOCUMENT_SUFFIX}");
        self.run(sources, &template, || self.rendered(sources, &template, lang, context))
    }

    /// Runs a template: with a stack of its own where a person wrote any of them.
    fn run<T: Send>(
        &self,
        sources: &Sources,
        template: &str,
        work: impl FnOnce() -> Result<T, Box<Diagnostic>> + Send,
    ) -> Result<T, Box<Diagnostic>> {
        match self.changed {
            true => {
                deep(limits::STACK, work).unwrap_or_else(|| Err(Box::new(self.fault(sources, template, &limits::too_long()))))
            }
            false => work(),
        }
    }

    fn rendered(&self, sources: &Sources, template: &str, lang: Lang, context: Value) -> Result<Vec<Block>, Box<Diagnostic>> {
        let sessions = context.get_attr(SESSIONS).ok();
        let context = minijinja::context! { words => self.words_value(lang), lang => lang.code(), ..context };
        let rendered = self.documents.get_template(template).and_then(|template| template.render_captured(context));
        let rendered = rendered.map_err(|error| Box::new(self.stopped(sources, template, &error)))?;
        let (fillings, weight) = rendered
            .state()
            .get_extension::<Fillings>()
            .map_or((&[][..], 0), |fillings| (fillings.all.as_slice(), fillings.weight));
        let exceeds = |octets: usize| rendered.output().len() + weight > octets;
        if exceeds(limits::LARGEST_DOCUMENT) && exceeds(room::octets(sessions.as_ref())) {
            let is_of_texts = weight > rendered.output().len();
            return Err(Box::new(match is_of_texts {
                true => texts_too_long(sources),
                false => self.fault(sources, template, &limits::too_long()),
            }));
        }
        let Parsed { blocks, misplaced, lost } = parse(rendered.output(), fillings, room::steps(sessions.as_ref()));
        if let Some(near) = misplaced {
            return Err(Box::new(self.misplaced(sources, template, &near)));
        }
        match Lost::finding(&lost, sources, &self.parts(template)) {
            Some(finding) => Err(Box::new(finding)),
            None => Ok(blocks),
        }
    }

    /// Puts a document's body into the page around it ([`PAGE`] or [`MAIL`]).
    pub fn page(&self, sources: &Sources, page: &str, context: Value, tag: LanguageTag) -> Result<String, Box<Diagnostic>> {
        let context = minijinja::context! { words => self.words_value(tag.lang), lang => tag.to_string(), ..context };
        self.run(sources, page, || {
            let rendered = self.pages.get_template(page).and_then(|template| template.render(context));
            rendered.map_err(|error| Box::new(self.fault(sources, page, &error)))
        })
    }

    /// The files that a document's text may come from: its template and those that others take in.
    fn parts(&self, template: &str) -> Vec<FileId> {
        let parts = self.files.iter().filter(|(name, _)| name.starts_with('_')).map(|(_, file)| *file);
        self.file(template).into_iter().chain(parts).collect()
    }

    /// A table or prose within a line of text: it would be lost.
    fn misplaced(&self, sources: &Sources, template: &str, near: &str) -> Diagnostic {
        let message = Text::fixed(
            "a table or a text of several paragraphs stands within a line",
            "una tabla o un texto de varios párrafos está dentro de un renglón",
        );
        let finding = Diagnostic::new(&TEMPLATE, message);
        let Some(file) = self.file(template) else { return finding };
        let source = &sources.get(file).text;
        let line = source.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let word = near.split_whitespace().max_by_key(|word| word.len()).unwrap_or("{{");
        let (start, line) =
            line.filter(|(_, line)| line.contains("{{")).find(|(_, line)| line.contains(word)).unwrap_or((0, source));
        let end = start + line.lines().next().map_or(0, str::len);
        finding.at(Span::new(file, start..end), Text::default()).advice(Text::fixed(
            "put it on a line of its own, with empty lines around it",
            "póngalo en un renglón propio, con renglones vacíos alrededor",
        ))
    }

    /// A template that could not be followed to its end. One that nobody changed stops only where the texts that it
    /// takes up are too long.
    fn stopped(&self, sources: &Sources, template: &str, error: &Error) -> Diagnostic {
        let is_own = |file| !sources.get(file).path.starts_with('<');
        match innermost(error).kind() {
            ErrorKind::OutOfFuel if !self.file(template).is_some_and(is_own) => texts_too_long(sources),
            _ => self.fault(sources, template, error),
        }
    }

    fn fault(&self, sources: &Sources, template: &str, error: &Error) -> Diagnostic {
        let error = innermost(error);
        // One that was refused is what the error is about; any other error is in the template that it names.
        let names = [error.detail(), error.name()].into_iter().flatten();
        let name = names.into_iter().find(|name| self.file(name).is_some()).unwrap_or(template);
        let Some(file) = self.file(name) else {
            return Diagnostic::new(&TEMPLATE, text!("there is no template `{name}`", "no existe la plantilla `{name}`"));
        };
        let source = &sources.get(file).text;
        if let Some(exceeded) = limits::exceeded(file, source) {
            return exceeded;
        }
        // A template that was refused on loading is "not found" on use: say why it was refused.
        let parsed = Environment::new().template_from_named_str(name, source).err();
        let error = parsed.as_ref().unwrap_or(error);
        let line = error.line().unwrap_or(1);
        let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let end = source[start.min(source.len())..].find('\n').map_or(source.len(), |length| start + length);
        if let (ErrorKind::SyntaxError, Some(opening)) = (error.kind(), unclosed(source)) {
            let word =
                source[opening.clone()].trim_start_matches(['{', '%', '-', '+']).split_whitespace().next().unwrap_or_default();
            return cannot_be_followed()
                .at(Span::new(file, opening.clone()), text!("this `{word}` is not ended", "este `{word}` no se termina"))
                .advice(text!("write `{{% end{word} %}}` where it ends", "escriba `{{% end{word} %}}` donde termina"));
        }
        // Where the fuel ran out is chance within a loop: the line is what can be told.
        let exact = error.range().filter(|_| error.kind() != ErrorKind::OutOfFuel);
        let span = exact.filter(|range| range.end <= source.len() && !range.is_empty()).unwrap_or(start..end);
        let written = source.get(span.clone()).unwrap_or("");
        cannot_be_followed().at(Span::new(file, span), told(error, written)).advice(explain(error.kind()))
    }
}

/// Of an error within a template that another takes in, the one within.
fn innermost(error: &Error) -> &Error {
    let mut innermost = error;
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        innermost = cause.downcast_ref::<Error>().unwrap_or(innermost);
        next = cause.source();
    }
    innermost
}

fn environment(files: &[(String, FileId)], sources: &Sources) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(limits::fuel(sources)));
    environment.set_auto_escape_callback(|name| if name.contains(".html") { AutoEscape::Html } else { AutoEscape::None });
    environment.add_filter("roman", words::roman);
    // Compiled once they are asked for: a check of a programme whose templates nobody changed uses none.
    let templates = files.iter().filter(|(name, _)| name.ends_with(".j2"));
    let texts: HashMap<String, String> = templates.map(|(name, file)| (name.clone(), sources.get(*file).text.clone())).collect();
    environment.set_loader(move |name| match texts.get(name) {
        // The reason is told by [`Templates::fault`].
        Some(text) if limits::exceeded(FileId(u32::MAX), text).is_some() => {
            Err(Error::new(ErrorKind::SyntaxError, name.to_owned()))
        }
        text => Ok(text.cloned()),
    });
    environment
}
