//! Every input that ever ended or hung the program, or had it take more than a machine has: each is opened
//! within limits of time and memory, and what is said of it is kept. `tests/corpus` holds them by what they
//! are; the larger ones are grown here. One that fuzzing finds is put there as it is.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::programme;
use common::{BIN, ROOT, Run};
use tempfile::TempDir;

/// A hundred times what any of them takes, on a machine that does much else.
const LONGEST: Duration = Duration::from_secs(60);
/// Of address space, in KiB: a build of PDF in several threads keeps a third of it in reserve.
const MOST_MEMORY: &str = "2097152";

/// Runs the program within the limits. What is larger or slower is ended, and has failed.
fn bounded(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -v {MOST_MEMORY}; exec \"$0\" \"$@\""), BIN]);
        shell
    } else {
        Command::new(BIN)
    };
    let (out, err) = (folder.join("said"), folder.join("warned"));
    let file = |path: &Path| Stdio::from(fs::File::create(path).unwrap());
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "en").env("NO_COLOR", "1");
    let mut child = command.args(arguments).stdin(Stdio::null()).stdout(file(&out)).stderr(file(&err)).spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            break child.wait().unwrap();
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |path: &Path| String::from_utf8(fs::read(path).unwrap()).unwrap();
    Run { status: status.code(), stdout: read(&out), stderr: read(&err) }
}

/// The inputs of one kind: name and octets, those in the folder and those that are grown.
fn inputs(kind: &str, grown: Vec<(&str, String)>) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(ROOT).join("tests/corpus").join(kind);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut inputs: Vec<(String, Vec<u8>)> =
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect();
    inputs.extend(grown.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())));
    inputs.sort();
    inputs
}

/// Checks and builds a small programme with each, and gives what is said of them.
fn told(inputs: &[(String, Vec<u8>)], put: impl Fn(&Path, &str, &[u8])) -> String {
    let mut told = String::new();
    for (name, octets) in inputs {
        let folder = TempDir::new().unwrap();
        programme::write(&folder.path().join("sessions"), 1, 2, &["en"]);
        fs::create_dir(folder.path().join("templates")).unwrap();
        put(folder.path(), name, octets);
        let checked = bounded(folder.path(), &["check", "--today", "2022-10-03"]);
        assert!(matches!(checked.status, Some(0..=2)), "check of {name} was ended: {checked:?}");
        let built = bounded(folder.path(), &["build", "--draft", "--today", "2022-10-03"]);
        assert!(matches!(built.status, Some(0..=2)), "build of {name} was ended: {built:?}");
        let said: String =
            checked.said().lines().map(|line| format!("{}\n", line.chars().take(160).collect::<String>())).collect();
        told.push_str(&format!("== {name} ({:?})\n{said}\n", checked.status.unwrap()));
    }
    told
}

#[test]
fn drawings_and_pictures() {
    let branding = |folder: &Path, name: &str, octets: &[u8]| {
        fs::write(folder.join("templates").join(name), octets).unwrap();
        let branding = format!("[[logos]]\nfile = \"{name}\"\nalt = {{ es = 'Escudo', en = 'Arms' }}\n");
        fs::write(folder.join("templates/branding.toml"), branding).unwrap();
    };
    let svg = |inner: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'>{inner}</svg>");
    let grown = vec![
        ("letters-without-number.svg", svg(&format!("<text>{}</text>", "a".repeat(200_000)))),
        (
            "blurs-without-number.svg",
            svg(&"<filter id='f'><feGaussianBlur stdDeviation='9'/></filter><g filter='url(#f)'/>".repeat(3000)),
        ),
        (
            "attributes-without-number.svg",
            svg(&format!("<rect {}/>", (0..50_000).map(|n| format!("a{n}='1' ")).collect::<String>())),
        ),
        ("arcs-that-lead-nowhere.svg", svg(&format!("<path d='M0 0{}'/>", "A9 9 0 1 1 5 5".repeat(5000)))),
        ("arcs-without-number.svg", svg(&format!("<path d='M0 0{}'/>", "A9 9 0 1 1 5 5".repeat(50_000)))),
        ("layers-without-number.svg", svg(&"<g opacity='.9'><rect width='90' height='40'/></g>".repeat(10_000))),
    ];
    insta::assert_snapshot!(told(&inputs("logos", grown), branding));
}

#[test]
fn templates() {
    let put = |folder: &Path, name: &str, octets: &[u8]| {
        let name = if name.starts_with('_') { name } else { "own.md.j2" };
        fs::write(folder.join("templates").join(name), octets).unwrap();
        fs::write(folder.join("templates/_self.md.j2"), "{% include \"_self.md.j2\" %}").unwrap();
    };
    let grown = vec![
        ("not-not.md.j2", format!("{{{{ {}1 }}}}", "not ".repeat(100_000))),
        ("minus-minus.md.j2", format!("# T\n{{{{ {}1 }}}}", "-".repeat(200_000))),
        ("plus.md.j2", format!("{{{{ 1{} }}}}", " + 1".repeat(50_000))),
        ("elif.md.j2", format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(15_000))),
        ("long.md.j2", "a ".repeat(1_500_000)),
        ("columns.md.j2", format!("|{}\n|{}\n{}", "a|".repeat(3000), "-|".repeat(3000), "|a\n".repeat(3000))),
    ];
    insta::assert_snapshot!(told(&inputs("templates", grown), put));
}

#[test]
fn fonts() {
    let put = |folder: &Path, name: &str, octets: &[u8]| {
        fs::write(folder.join("templates").join(name), octets).unwrap();
        fs::write(folder.join("templates/branding.toml"), "font = \"Broken\"\n").unwrap();
    };
    // Without PDF nothing is set in a font, and one that is not at hand is no matter.
    let told = told(&inputs("fonts", Vec::new()), put);
    assert!(told.contains("cannot use `four-billion-fonts.ttf`") && told.contains("templates/branding.toml:1:8"), "{told}");
}

#[test]
fn prose_of_the_note() {
    let put = |folder: &Path, _: &str, octets: &[u8]| {
        let text = String::from_utf8(octets.to_vec()).unwrap();
        let note = format!(
            "date = 2022-09-30\ntitle = {{ en = 'Note' }}\n[[sections]]\nid = 'a'\ntitle = {{ en = 'A' }}\n[sections.text]\nen = '''\n{text}\n'''\n"
        );
        fs::write(folder.join("sessions/concept-note.toml"), note).unwrap();
    };
    let grown = vec![
        ("forty-quotes.md", format!("{} deep\n", "> ".repeat(40))),
        ("lists-within-lists.md", (0..30).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect()),
        ("picture.md", "Map:\n\n![the map](map.png)\n".to_owned()),
        ("the-same-link-twice.md", "`[a](#nowhere)`\n\nand [a](#nowhere)\n".to_owned()),
    ];
    let told = told(&inputs("prose", grown), put);
    for (words, place) in [
        ("no page has room for this table", "concept-note.toml:9:"),
        ("a document shows no pictures", "concept-note.toml:10:1"),
        ("no heading is called `nowhere`", "concept-note.toml:10:9"),
    ] {
        assert!(told.contains(words) && told.contains(place), "{words}: {told}");
    }
}
