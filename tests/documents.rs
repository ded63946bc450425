//! Documents as files: Word and PDF, branding, and what is put into them to break them.

mod common;

use std::fs;
use std::io::{Cursor, Read};

use common::{Run, Workspace, convoca, run, shipped};

const LOGO: &str =
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#7a1f4b"/></svg>"##;

/// Builds the shipped programme with templates of its own.
fn build(templates: &[(&str, &[u8])]) -> (Workspace, Run) {
    let workspace = Workspace::of(&shipped());
    let folder = workspace.path().join("templates");
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in templates {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let mut command = convoca("en");
    command.current_dir(workspace.path());
    let told = run(command.args(["build", "--today", "2022-10-03", "--templates", "templates", "--out", "out"]));
    (workspace, told)
}

fn part(docx: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(docx)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn note(workspace: &Workspace, extension: &str) -> Vec<u8> {
    fs::read(workspace.path().join("out/en/concept-note").with_extension(extension)).unwrap()
}

#[test]
fn the_same_programme_gives_the_same_bytes() {
    let (first, second) = (build(&[]).0, build(&[]).0);
    for extension in [
        "docx",
        "html",
        "md",
        "txt",
        #[cfg(feature = "pdf")]
        "pdf",
    ] {
        assert_eq!(note(&first, extension), note(&second, extension), "{extension}");
    }
}

#[test]
fn a_logo_a_colour_and_a_paper_reach_every_format() {
    let branding = "paper = 'a4'\naccent = '#7a1f4b'\nfooter = { es = 'Pie', en = 'Foot' }\n\
                    [[logos]]\nfile = 'logo.svg'\nalt = { es = 'Escudo', en = 'Arms' }\n";
    let (workspace, told) = build(&[("branding.toml", branding.as_bytes()), ("logo.svg", LOGO.as_bytes())]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let page = String::from_utf8(note(&workspace, "html")).unwrap();
    assert!(page.contains("#7a1f4b") && page.contains("alt=\"Arms\"") && page.contains("size: a4") && page.contains("Foot"));
    let docx = note(&workspace, "docx");
    assert!(part(&docx, "word/header2.xml").contains("descr=\"Arms\""));
    assert!(part(&docx, "word/styles.xml").contains("7a1f4b"));
    assert!(part(&docx, "word/document.xml").contains("w:w=\"11906\""));
    assert!(part(&docx, "word/footer1.xml").contains("Foot"));
}

#[test]
fn what_cannot_be_a_logo_is_told_where_it_is_named() {
    let huge = vec![b'x'; 17 * 1024 * 1024];
    for (file, bytes, why) in [
        ("other.png", &b""[..], "there is no such file"),
        ("logo.png", b"GIF89a", "it is not a PNG, JPEG or SVG image"),
        ("logo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x7f\xff\0\0\x7f\xff", "larger than 4096 pixels"),
        ("logo.png", &huge, "larger than 16 MiB"),
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='5'/>", "it is not a PNG, JPEG or SVG image"),
    ] {
        let branding = "[[logos]]\nfile = 'logo.png'\nalt = { es = 'a', en = 'a' }\n";
        let (workspace, told) = build(&[("branding.toml", branding.as_bytes()), (file, bytes)]);
        assert_eq!(told.status, Some(1), "{told:?}");
        assert!(told.stdout.contains(why) && told.stdout.contains("branding.toml:2:8"), "{told:?}");
        assert!(!workspace.path().join("out").exists());
    }
}

#[test]
fn word_counts_the_sections_and_the_others_are_told() {
    let (workspace, _) = build(&[]);
    let docx = note(&workspace, "docx");
    let body = part(&docx, "word/document.xml");
    assert!(body.contains(">Background</w:t>") && !body.contains("I. "));
    assert!(part(&docx, "word/styles.xml").contains("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"));
    let numbers = part(&docx, "word/numbering.xml");
    assert!(numbers.contains("<w:numFmt w:val=\"upperRoman\"/><w:pStyle w:val=\"Heading1\"/>"));
    for (extension, heading) in [("md", "\n## II. Key Topics"), ("txt", "\nII. Key Topics"), ("html", ">II. Key Topics")] {
        assert!(String::from_utf8(note(&workspace, extension)).unwrap().contains(heading), "{extension}");
    }

    // A heading without a number among numbered ones, and numbers that Word would not come to.
    let template = "# T\n\n## I. One\n\n### 1.1 Part\n\n## Aside\n\n## II. Two\n\n### 2.1 Part\n\n## V. Five\n\n## III. Three\n";
    let (workspace, _) = build(&[("own.md.j2", template.as_bytes())]);
    let docx = fs::read(workspace.path().join("out/en/own.docx")).unwrap();
    let body = part(&docx, "word/document.xml");
    assert_eq!(body.matches("<w:numId w:val=\"0\"/>").count(), 2, "what has no number, and what is out of turn");
    assert!(body.contains(">V. </w:t>"));
}

#[test]
fn notes_and_links_within_are_those_of_each_format() {
    let template = "# T\n\n## 1. Start {{ 1 }}\n\nSee [the end](#the-end) and a note[^a], in a table too.\n\n| a |\n|---|\n| b[^b] |\n\n\
                    ## The end\n\n[Start](#start-1)\n\n[^a]: First, with [a page](https://example.org/x).\n\n[^b]: Second.\n";
    let (workspace, told) = build(&[("own.md.j2", template.as_bytes())]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let own = |extension: &str| fs::read(workspace.path().join("out/en/own").with_extension(extension)).unwrap();
    let docx = own("docx");
    let (body, notes) = (part(&docx, "word/document.xml"), part(&docx, "word/footnotes.xml"));
    assert!(body.contains("<w:hyperlink w:anchor=\"_3_the_end\"") && body.contains("w:name=\"_3_the_end\""));
    assert!(body.contains("<w:footnoteReference w:id=\"2\"/>") && notes.contains("Second."));
    let id = notes.split("<w:hyperlink r:id=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(part(&docx, "word/_rels/footnotes.xml.rels").contains(&format!("Id=\"{id}\"")));
    let page = String::from_utf8(own("html")).unwrap();
    assert!(page.contains("href=\"#the-end\"") && page.contains("<h2 id=\"the-end\">") && page.contains("href=\"#note-1-back\""));
    let text = String::from_utf8(own("txt")).unwrap();
    assert!(text.contains("a note [1], in a table too") && text.contains("\n[2] Second."));
    let markdown = String::from_utf8(own("md")).unwrap();
    assert!(markdown.contains("[the end](#the-end)") && markdown.contains("[Start](#1-start-1)"), "{markdown}");
    assert!(markdown.contains("a note[^1], in") && markdown.contains("\n[^2]: Second."), "{markdown}");
}

#[test]
fn a_link_that_leads_nowhere_is_told_where_it_is_written() {
    let (_, told) = build(&[("own.md.j2", b"# T\n\nSee [there](#nowhere).\n")]);
    assert!(told.status == Some(1) && told.stdout.contains("own.md.j2:3:13"), "{told:?}");
    let workspace = Workspace::of(&shipped());
    let file = workspace.path().join("sessions/concept-note.toml");
    let text = fs::read_to_string(&file).unwrap();
    let prose = |link: &str| text.replacen("en = \"\"\"\n", &format!("en = \"\"\"\nSee [below]({link}). "), 1);
    let mut command = convoca("en");
    command.current_dir(workspace.path()).args(["build", "--today", "2022-10-03", "--out", "out"]);
    fs::write(&file, prose("#key-topics")).unwrap();
    assert_eq!(run(&mut command).status, Some(0));
    assert!(fs::read_to_string(workspace.path().join("out/en/concept-note.html")).unwrap().contains("href=\"#key-topics\""));
    fs::write(&file, prose("#key-topic")).unwrap();
    let told = run(&mut command);
    assert!(told.status == Some(1) && told.stdout.contains("no heading is called `key-topic`"), "{told:?}");
    assert!(told.stdout.contains("concept-note.toml:"), "{told:?}");
}

#[test]
fn a_word_template_keeps_its_own_and_takes_the_document() {
    let (plain, _) = build(&[]);
    // The program's own file with a name of its own for a style is a template as good as any.
    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    let bytes = note(&plain, "docx");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        entries.push((file.name().unwrap().into_owned(), content));
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut content) in entries {
        if name == "word/styles.xml" {
            content = String::from_utf8(content).unwrap().replace("\"Heading1\"", "\"Ttulo1\"").into_bytes();
        }
        if name == "word/footer1.xml" {
            content =
                String::from_utf8(content).unwrap().replace("MIRPS Local Governance", "Letterhead of the town").into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, &content).unwrap();
    }
    let template = writer.finish().unwrap().into_inner();
    let (workspace, told) = build(&[("branding.toml", b"word-template = 'town.docx'"), ("town.docx", &template)]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let docx = note(&workspace, "docx");
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("w:val=\"Ttulo1\"") && !body.contains("w:val=\"Heading1\""));
    assert_eq!(body.matches("Background").count(), 1, "the template's own text is gone");
    assert!(part(&docx, "word/footer1.xml").contains("Letterhead of the town"));

    let (_, told) = build(&[("branding.toml", b"word-template = 'town.docx'"), ("town.docx", b"PK no")]);
    assert!(told.status == Some(1) && told.stdout.contains("it is not a Word file"), "{told:?}");
}

/// Text that is markup somewhere, and scripts that the usual fonts lack.
const HOSTILE: &str = r##"*A|B_[x](y) #panic("x") $math$ <b> </w:t> {{ 7*7 }} \\ العربية e\u0301 👩‍🏫 ﷽"##;

#[test]
fn whatever_a_title_holds_is_literal_in_every_format() {
    let workspace = Workspace::of(&shipped());
    let file = workspace.path().join("sessions/1-global-initiatives.toml");
    let text = fs::read_to_string(&file).unwrap();
    let title = HOSTILE.replace('"', "\\\"");
    let hostile = text.replace("Global Fund for Cities Development", &title);
    assert_ne!(hostile, text);
    fs::write(&file, hostile).unwrap();
    let mut command = convoca("en");
    command.current_dir(workspace.path());
    let told = run(command.args(["build", "--today", "2022-10-03", "--out", "out"]));
    assert_eq!(told.status, Some(0), "{told:?}");
    let agenda = workspace.path().join("out/en/agenda-1-global-initiatives");
    let docx = part(&fs::read(agenda.with_extension("docx")).unwrap(), "word/document.xml");
    assert!(docx.contains("*A|B_[x](y) #panic(&quot;x&quot;) $math$ &lt;b&gt; &lt;/w:t&gt; {{ 7*7 }}"));
    #[cfg(feature = "pdf")]
    assert!(fs::read(agenda.with_extension("pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_long_table_and_a_long_section_are_set() {
    let rows: String = (0..3000).map(|n| format!("| {n} | text of row {n} |\n")).collect();
    let long = "word ".repeat(200_000);
    let template = format!("# Long\n\n| No | What |\n|---|---|\n{rows}\n\n## Section\n\n{long}\n");
    let (workspace, told) = build(&[("long.md.j2", template.as_bytes())]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let docx = fs::read(workspace.path().join("out/en/long.docx")).unwrap();
    assert_eq!(part(&docx, "word/document.xml").matches("<w:tr>").count(), 3001);
}
