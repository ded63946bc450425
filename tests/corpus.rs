//! Every input that ever ended or hung the program, or had it take more than a machine has: each is opened
//! within limits of time and memory, and what is said of it is kept. `tests/corpus` holds them by what they
//! are; the larger ones are grown here. One that fuzzing finds is put there as it is.

mod common;

use std::fs;
use std::io::{Cursor, Write};
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
    bounded_by(folder, arguments, MOST_MEMORY, LONGEST)
}

fn bounded_by(folder: &Path, arguments: &[&str], most_memory: &str, longest: Duration) -> Run {
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -v {most_memory}; exec \"$0\" \"$@\""), BIN]);
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
        if start.elapsed() > longest {
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
        (
            "line-wider-than-all.svg",
            svg(&format!(
                "<path stroke='red' stroke-width='1e9' stroke-linejoin='round' d='M0 0{}'/>",
                "A9 9 0 1 1 5 5 ".repeat(2000)
            )),
        ),
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
        ("headings.md.j2", "# T\n\n{% for n in range(20000) %}\n## Head {{ n }}\n\n{% endfor %}".to_owned()),
        ("rows.md.j2", "# T\n\n| a | b |\n|---|---|\n{% for n in range(50000) %}\n| {{ n }} | b |\n{% endfor %}".to_owned()),
        ("items.md.j2", "# T\n\n{% for n in range(90000) %}\n-\n{% endfor %}".to_owned()),
        ("paragraphs.md.j2", "{% for n in range(90000) %}a\n\n{% endfor %}".to_owned()),
        ("breaks.md.j2", "{% for n in range(90000) %}a\\\n{% endfor %}b".to_owned()),
        ("marks.md.j2", "{% for n in range(90000) %}*{{ n }}* {% endfor %}".to_owned()),
        ("its-own-marks.md.j2", format!("# T\n\n{}", "\u{fdd0}0\u{fdd1} ".repeat(100_000))),
        ("number-of-many-parts.md.j2", format!("# T\n\n## {}\n", "CCCXCIX.".repeat(200_000))),
        ("wide-head.md.j2", format!("| {} |\n|---|\n{}", "a".repeat(200_000), "| b |\n".repeat(10_000))),
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
        ("headings-without-number.md", "## Head\n".repeat(20_000)),
        ("rows-without-number.md", format!("| a |\n|---|\n{}", "| b |\n".repeat(50_000))),
        ("a-note-said-again.md", format!("{}\n\n[^a]: {}\n", "x[^a] ".repeat(20_000), "word ".repeat(100_000))),
        ("links-without-number.md", (0..40_000).map(|n| format!("[a](https://example.org/{n}) ")).collect()),
        ("a-label-without-end.md", format!("{}\n\n{}", "label ".repeat(50_000), ": a\n\n".repeat(20_000))),
        ("a-head-without-end.md", format!("| {} | b |\n|---|---|\n{}", "word ".repeat(20_000), "| c | d |\n".repeat(5_000))),
    ];
    let told = told(&inputs("prose", grown), put);
    for (words, place) in [
        ("no page has room for this table", "concept-note.toml:9:"),
        ("a document shows no pictures", "concept-note.toml:10:1"),
        ("no heading is called `nowhere`", "concept-note.toml:10:9"),
        ("this text is longer than a document can be", "concept-note.toml:100"),
    ] {
        assert!(told.contains(words) && told.contains(place), "{words}: {told}");
    }
    assert_eq!(told.matches("this text is longer than a document can be").count(), 3, "{told}");
    assert!(told.contains("the texts of a document are more than it can hold"), "{told}");
}

/// A container with its parts, each of some octets over and over.
fn container(parts: &[(&str, Vec<(&str, usize)>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, pieces) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        for (piece, times) in pieces {
            let many = piece.repeat((*times).min(100_000));
            for _ in 0..times.div_ceil(100_000) {
                zip.write_all(many.as_bytes()).unwrap();
            }
        }
    }
    zip.finish().unwrap().into_inner()
}

/// A PDF of a page with this content.
fn pdf(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font \
         /Subtype /Type1 /BaseFont /Courier >> >> >> >>\nendobj\n4 0 obj\n<< /Length {} {dictionary} >>\nstream\n",
        content.len()
    );
    let trailer = b"\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
    [head.as_bytes(), content, trailer].concat()
}

fn zeros(mebibytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..mebibytes {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

/// What people send to be imported.
#[test]
fn documents_of_others() {
    const DOCX: &str = "word/document.xml";
    let word = |pieces: Vec<(&'static str, usize)>| container(&[(DOCX, pieces)]);
    let body = ("<w:document xmlns:w='w'><w:body>", 1);
    let book = |sheet: Vec<(&'static str, usize)>| {
        container(&[
            (
                "xl/workbook.xml",
                vec![(
                    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='A' sheetId='1' r:id='r1'/></sheets></workbook>",
                    1,
                )],
            ),
            (
                "xl/_rels/workbook.xml.rels",
                vec![(
                    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
                    1,
                )],
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    };
    let sheet = ("<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>", 1);
    let table = |rows: &'static str| {
        container(&[
            ("mimetype", vec![("application/vnd.oasis.opendocument.spreadsheet", 1)]),
            (
                "META-INF/manifest.xml",
                vec![("<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>", 1)],
            ),
            (
                "content.xml",
                vec![
                    (
                        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet><table:table table:name='A'>",
                        1,
                    ),
                    (rows, 1),
                    ("</table:table></office:spreadsheet></office:body></office:document-content>", 1),
                ],
            ),
        ])
    };
    let packed = |data: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    };
    let flate = "/Filter /FlateDecode";
    for (name, bytes) in [
        ("spaces.docx", word(vec![body, (" ", 60_000_000)])),
        ("elements.docx", word(vec![body, ("<w:p/>", 1_000_000)])),
        ("attributes.docx", word(vec![body, ("<w:p ", 1), ("a='' ", 1_000_000), ("/>", 1)])),
        ("depth.docx", word(vec![body, ("<w:p>", 200_000)])),
        (
            "corners.xlsx",
            book(vec![
                sheet,
                (
                    "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>",
                    1,
                ),
            ]),
        ),
        ("spaces.xlsx", book(vec![sheet, (" ", 60_000_000)])),
        (
            "repeated.ods",
            table(
                "<table:table-row table:number-rows-repeated='1000000'><table:table-cell office:value-type='string' table:number-columns-repeated='16000'><text:p>9:00</text:p></table:table-cell></table:table-row>",
            ),
        ),
        (
            "gap.ods",
            table(
                "<table:table-row><table:table-cell office:value-type='string' table:number-columns-repeated='60'><text:p>9:00</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated='1000000'><table:table-cell/></table:table-row><table:table-row><table:table-cell office:value-type='string'><text:p>9:00</text:p></table:table-cell></table:table-row>",
            ),
        ),
        ("zeros.pdf", pdf(flate, &zeros(64))),
        ("zeros-twice.pdf", pdf("/Filter [/FlateDecode /FlateDecode]", &packed(&zeros(64)))),
        ("letters.pdf", pdf(flate, &packed("BT /F 9 Tf (a)Tj ET\n".repeat(1_000_000).as_bytes()))),
        ("brackets.pdf", pdf("", "[".repeat(2_000_000).as_bytes())),
    ] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        let start = Instant::now();
        let told = bounded_by(folder.path(), &["import", name, "--dry-run"], "700000", LONGEST);
        assert!(matches!(told.status, Some(1 | 2)) && !told.stderr.is_empty(), "{name} after {:?}: {told:?}", start.elapsed());
        assert!(!told.said().contains("panicked"), "{name}: {told:?}");
    }
}

/// Texts and lists that people send: a thousand of something is no reason to wait, and what is longer than any agenda
/// is told.
#[test]
fn long_texts_and_lists_of_others() {
    let many = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let agenda = "10:00 - 10:20 Apertura de la jornada\n";
    let too_long = "it is longer than any agenda";
    let groups = "id = 'g'\nlanguages = ['es']\ntime-zone = 'America/Guatemala'\nname = { es = 'G' }\n";
    for (name, text, told) in [
        (
            "alike.txt",
            many(3_000, &|n| format!("Sesión {n}\n27 de octubre de 2027\n10:00 Apertura\n10:30 Cierre\n")),
            "3000 sessions",
        ),
        (
            "quoted.vcf",
            format!("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:{}\nEND:VCARD\n", "=41=\n".repeat(1_000_000)),
            "1 person",
        ),
        (
            "cards.vcf",
            many(1_000, &|n| format!("BEGIN:VCARD\nFN:Persona {n}\nORG:Organización {n}\nEMAIL:p{n}@example.org\nEND:VCARD\n")),
            "1000 people",
        ),
        ("lines.txt", agenda.repeat(20_001), too_long),
        ("letters.txt", format!("10:00 {}", "a ".repeat(1_100_000)), too_long),
        ("rows.csv", format!("Hora,Tema\n{}", "10:00,Apertura\n".repeat(1_000_000)), too_long),
        ("open.csv", format!("Hora,Tema\n10:00,\"{}", "a\n".repeat(1_000_000)), too_long),
        ("blank.txt", format!("{agenda}{}", "\n".repeat(1_000_000)), too_long),
        ("octets.txt", agenda.repeat(500_000), too_long),
        ("rows.html", format!("<table>{}</table>", "<tr><td>10:00</td><td>Apertura</td></tr>".repeat(20_001)), too_long),
    ] {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("sessions")).unwrap();
        if name.ends_with(".vcf") {
            fs::write(folder.path().join("sessions/group.toml"), groups).unwrap();
        }
        fs::write(folder.path().join(name), text).unwrap();
        let start = Instant::now();
        let run = bounded_by(folder.path(), &["import", name], "700000", LONGEST);
        assert!(
            matches!(run.status, Some(0..=2)) && run.said().contains(told),
            "{name} after {:?}: {:?} {}",
            start.elapsed(),
            run.status,
            run.said().chars().take(400).collect::<String>()
        );
    }
}
