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

/// A Word file with its parts changed.
fn changed(docx: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = String::new();
        file.read_to_string(&mut content).unwrap();
        writer.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, change(&name, content).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn note(workspace: &Workspace, extension: &str) -> Vec<u8> {
    fs::read(workspace.path().join("out/public/en/concept-note").with_extension(extension)).unwrap()
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
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='5'/>", "it does not say how large it is"),
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
    let docx = fs::read(workspace.path().join("out/public/en/own.docx")).unwrap();
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
    let own = |extension: &str| fs::read(workspace.path().join("out/public/en/own").with_extension(extension)).unwrap();
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
    assert!(
        fs::read_to_string(workspace.path().join("out/public/en/concept-note.html")).unwrap().contains("href=\"#key-topics\"")
    );
    fs::write(&file, prose("#key-topic")).unwrap();
    let told = run(&mut command);
    assert!(told.status == Some(1) && told.stdout.contains("no heading is called `key-topic`"), "{told:?}");
    assert!(told.stdout.contains("concept-note.toml:"), "{told:?}");
}

#[test]
fn a_note_that_would_be_lost_is_told_where_it_is_written() {
    for (text, place, message) in [
        ("See[^1].\n\nAnd that[^2] there.\n\n[^1]: One.\n", "own.md.j2:5:9", "the note `[^2]` is not written"),
        ("| a |\n|---|\n| b[^2] |\n", "own.md.j2:5:4", "the note `[^2]` is not written"),
        ("See[^1].\n\n[^1]: One.\n\n[^2]: Two.\n", "own.md.j2:7:1", "no text refers to the note `[^2]`"),
        ("See[^1].\n\n[^1]: One, as in[^1].\n", "own.md.j2:3:4", "the note `[^1]` is not written"),
    ] {
        let (_, told) = build(&[("own.md.j2", format!("# T\n\n{text}").as_bytes())]);
        assert!(told.status == Some(1) && told.stdout.contains(message), "{told:?}");
        assert!(told.stdout.contains(place) || text.contains("as in"), "{told:?}");
    }
    let (workspace, told) = build(&[("own.md.j2", b"# T\n\nEscaped \\[^1], coded `[^1]`, [^ no note].\n")]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let text = fs::read_to_string(workspace.path().join("out/public/en/own.txt")).unwrap();
    assert!(text.contains("Escaped [^1], coded [^1], [^ no note]."), "{text}");
}

#[test]
fn a_tall_table_breaks_between_rows_and_leaves_no_page_behind() {
    let table = |rows: usize| format!("| No |\n|---|\n{}", "| n |\n".repeat(rows));
    let template = format!("# T\n\nlead:\n\n- one\n- two\n- three\n- four\n\n{}\nbetween\n\n---\n\n{}", table(4), table(20));
    let (workspace, _) = build(&[("own.md.j2", template.as_bytes())]);
    let body = part(&fs::read(workspace.path().join("out/public/en/own.docx")).unwrap(), "word/document.xml");
    let tables: Vec<Vec<bool>> = body
        .split("<w:tbl>")
        .skip(1)
        .map(|table| table.split("<w:tr>").skip(1).map(|row| row.contains("<w:keepNext/>")).collect())
        .collect();
    assert_eq!(tables[0], [true, true, true, true, false], "a short one stays whole, with its head");
    let rows = [vec![true; 2], vec![false; 17], vec![true, false]].concat();
    assert_eq!(tables[1], rows, "two rows on each side, and the head");
    let kept = |text: &str| {
        let before = body.split(&format!(">{text}</w:t>")).next().unwrap();
        before.rsplit("<w:p>").next().unwrap().contains("<w:keepNext/>")
    };
    assert_eq!(["lead:", "one", "two", "three", "four"].map(kept), [true, true, false, true, false], "no item stands alone");
    let end = body.rsplit_once("</w:tbl>").unwrap().1;
    assert!(end.contains("w:line=\"20\" w:lineRule=\"exact\"") && end.contains("<w:sz w:val=\"2\"/>"), "{end}");
    assert!(body.split("<w:tr>").nth(1).unwrap().contains("<w:color w:val=\"ffffff\"/>"), "our head is white by itself");
}

#[test]
fn a_letter_in_word_is_signed_on_the_page_of_its_last_words_and_no_heading_is_divided() {
    let (workspace, _) = build(&[]);
    let body = part(&fs::read(workspace.path().join("out/private/es/cartas/upala.docx")).unwrap(), "word/document.xml");
    let paragraphs: Vec<&str> = body.split("<w:p>").collect();
    let kept: Vec<bool> =
        paragraphs[paragraphs.len() - 3..].iter().map(|paragraph| paragraph.contains("<w:keepNext/>")).collect();
    assert_eq!(kept, [true, true, false], "{body}");
    let agenda =
        part(&fs::read(workspace.path().join("out/public/es/agenda-1-global-initiatives.docx")).unwrap(), "word/document.xml");
    let widths: Vec<u32> =
        agenda.split("<w:gridCol w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
    assert!(widths[3] >= 1250, "“Duración” fits in a wide font: {widths:?}");
}

#[test]
fn a_word_template_keeps_its_own_and_takes_the_document() {
    let (plain, _) = build(&[]);
    // The program's own file with a name of its own for a style is a template as good as any.
    let template = changed(&note(&plain, "docx"), |name, text| match name {
        "word/styles.xml" => text.replace("\"Heading1\"", "\"Ttulo1\""),
        "word/footer1.xml" => text.replace("MIRPS Local Governance", "Letterhead of the town"),
        _ => text,
    });
    let (workspace, told) = build(&[("branding.toml", b"word-template = 'town.docx'"), ("town.docx", &template)]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let docx = note(&workspace, "docx");
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("w:val=\"Ttulo1\"") && !body.contains("w:val=\"Heading1\""));
    assert_eq!(body.matches("Background").count(), 1, "the template's own text is gone");
    assert!(part(&docx, "word/footer1.xml").contains("Letterhead of the town"));
    let mark = "Version with points to be confirmed";
    assert!(
        part(&note(&plain, "docx"), "word/footer1.xml").contains(mark) && body.contains(mark),
        "in the text, without a footer"
    );

    let (_, told) = build(&[("branding.toml", b"word-template = 'town.docx'"), ("town.docx", b"PK no")]);
    assert!(told.status == Some(1) && told.stdout.contains("it is not a Word file"), "{told:?}");
    assert!(told.stdout.contains("save it as a Word document") && !told.stdout.contains("put the file"), "{told:?}");
}

#[test]
fn a_word_template_gives_its_tables_and_takes_the_word_of_a_draft() {
    let (plain, _) = build(&[]);
    let template = changed(&note(&plain, "docx"), |name, text| match name {
        "word/styles.xml" => {
            let own = |id: &str, name: &str| {
                format!("<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>")
            };
            let others: String = (0..9).map(|n| own(&format!("Grid{n}"), &format!("Grid Table {n}"))).collect();
            let styles = own("TablaUno", "Tabla Uno") + &own("TablaDos", "Tabla Dos") + &others;
            text.replace("AgendaTable", "TablaCero")
                .replace("Agenda Table", "Tabla Cero")
                .replace("</w:styles>", &(styles + "</w:styles>"))
        }
        // The first page has no header of its own.
        "word/document.xml" => {
            let start = text.find("<w:headerReference w:type=\"first\"").unwrap();
            let end = start + text[start..].find("/>").unwrap() + 2;
            format!("{}{}", &text[..start], &text[end..])
        }
        _ => text,
    });
    let built = |branding: &str, arguments: &[&str]| {
        let workspace = Workspace::of(&shipped());
        let folder = workspace.path().join("templates");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("branding.toml"), format!("word-template = 'town.docx'\n{branding}")).unwrap();
        fs::write(folder.join("town.docx"), &template).unwrap();
        let mut command = convoca("en");
        command.current_dir(workspace.path()).args([
            "build",
            "--today",
            "2022-10-03",
            "--templates",
            "templates",
            "--out",
            "out",
        ]);
        let told = run(command.args(arguments));
        (workspace, told)
    };
    let (workspace, told) = built("", &["--draft"]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let docx = note(&workspace, "docx");
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("<w:tblStyle w:val=\"TablaCero\"/>"), "the first of the template's own");
    for header in ["word/header1.xml", "word/header-first.xml"] {
        assert!(part(&docx, header).contains("string=\"DRAFT\""), "{header}");
    }
    assert!(
        body.contains("<w:headerReference w:type=\"first\"")
            && part(&docx, "[Content_Types].xml").contains("/word/header-first.xml")
    );

    let (workspace, told) = built("table-style = 'tabla dos'", &[]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let docx = note(&workspace, "docx");
    assert!(part(&docx, "word/document.xml").contains("<w:tblStyle w:val=\"TablaDos\"/>"));
    assert!(!part(&docx, "word/header1.xml").contains("DRAFT"));

    let (_, told) = built("table-style = 'Tabla Tres'", &[]);
    assert!(told.stdout.contains("; and ") && !told.stdout.contains("Grid Table"), "{told:?}");
    assert!(
        told.status == Some(1) && told.stdout.contains("branding.toml:2:15") && told.stdout.contains("Tabla Dos"),
        "{told:?}"
    );
}

/// A PNG of a few pixels, whole.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 64, 64);
    encoder.set_color(png::ColorType::Rgb);
    let pixels: Vec<u8> = (0..64 * 64 * 3_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

#[test]
fn a_logo_that_is_cut_off_or_damaged_is_told_where_it_is_named() {
    let branding = "[[logos]]\nfile = 'logo.png'\nalt = { es = 'a', en = 'a' }\n";
    let told = |bytes: &[u8]| build(&[("branding.toml", branding.as_bytes()), ("logo.png", bytes)]).1;
    for whole in [png(), include_bytes!("fixtures/logo.jpeg").to_vec()] {
        assert_eq!(told(&whole).status, Some(0));
        let cut = told(&whole[..whole.len() / 2]);
        assert!(cut.status == Some(1) && cut.stdout.contains("it is cut off or damaged"), "{cut:?}");
        assert!(cut.stdout.contains("branding.toml:2:8"), "{cut:?}");
        assert!(cut.stdout.contains("export the image again") && !cut.stdout.contains("put the file"), "{cut:?}");
    }
    let mut damaged = png();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert_eq!(told(&damaged).status, Some(1));
}

#[test]
fn a_letter_is_in_the_language_of_whom_it_is_to() {
    let workspace = Workspace::of(&shipped());
    let file = workspace.path().join("sessions/group.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("[parties.upala]\n") && text.contains("[parties.esquipulas]\n"));
    fs::write(&file, text.replace("[parties.upala]\n", "[parties.upala]\nlanguage = \"es\"\n")).unwrap();
    let mut command = convoca("en");
    command.current_dir(workspace.path());
    let told = run(command.args(["build", "--today", "2022-10-03", "--out", "out"]));
    assert_eq!(told.status, Some(0), "{told:?}");
    let is_there = |path: &str| workspace.path().join("out").join(path).exists();
    assert!(is_there("private/es/cartas/upala.docx") && !is_there("private/en/letters/upala.docx"));
    assert!(is_there("private/es/cartas/los-chiles.docx") && is_there("private/en/letters/los-chiles.docx"));
}

/// What the letters of the shipped programme say, after a change to the second session.
fn letters(change: impl Fn(String) -> String) -> impl Fn(&str) -> Option<String> {
    let workspace = Workspace::of(&shipped());
    let file = workspace.path().join("sessions/2-cities-of-solidarity.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, change(text)).unwrap();
    let mut command = convoca("en");
    command.current_dir(workspace.path());
    run(command.args(["build", "--today", "2022-10-03", "--out", "out"]));
    move |path| fs::read_to_string(workspace.path().join("out").join(path)).ok()
}

#[test]
fn a_letter_lists_the_sessions_to_which_its_reader_is_invited() {
    let read = letters(|text| text);
    let sessions = |path: &str| {
        let text = read(path).unwrap();
        (1..=3).filter(|number| text.contains(&format!("| Session {number} – "))).collect::<Vec<_>>()
    };
    assert_eq!(sessions("private/en/letters/uclg.md"), [1, 2]);
    assert_eq!(sessions("private/en/letters/upala.md"), [1, 2, 3]);
}

#[test]
fn members_of_every_kind_have_a_letter_and_are_listed() {
    let panel = "[parties.net]\nkind = \"network\"\nmember = true\ntime-zone = \"Europe/Madrid\"\n\
                 name = { es = \"Red de Ciudades\", en = \"Cities Network\" }\nacronym = { es = \"RC\", en = \"CN\" }\n\n[parties.upala]";
    let workspace = Workspace::of(&shipped());
    let path = workspace.path().join("sessions/group.toml");
    let group = fs::read_to_string(&path).unwrap();
    fs::write(&path, group.replace("[parties.upala]", panel)).unwrap();
    let mut command = convoca("en");
    run(command.current_dir(workspace.path()).args(["build", "--today", "2022-10-03", "--out", "out"]));
    let letter = fs::read_to_string(workspace.path().join("out/private/en/letters/net.md")).unwrap();
    assert!(letter.contains("Cities Network (CN)"), "{letter}");
    let note = String::from_utf8(note(&workspace, "md")).unwrap();
    assert!(note.contains("| Country | Members |") && note.contains("| — | Cities Network |"), "{note}");
}

#[test]
fn nobody_is_invited_in_their_own_name() {
    let read = letters(|text| text);
    assert_eq!(read("private/es/cartas/esquipulas.md"), None);
    assert_eq!(read("private/es/cartas/mirps-secretariat.md"), None);
}

#[test]
fn a_session_that_is_not_firm_says_so_in_tables_of_sessions() {
    let as_status = |status: &'static str| letters(move |text| format!("status = \"{status}\"\n{}", without_status(&text)));
    let told = |text: &str, word: &str| text.lines().any(|line| line.starts_with("| Sesión 2 – ") && line.contains(word));
    for (status, word) in [("draft", "BORRADOR"), ("tentative", "Provisional")] {
        let read = as_status(status);
        for file in ["public/es/programa.md", "private/es/cartas/upala.md"] {
            assert!(told(&read(file).unwrap(), word), "{file}: {status}");
        }
    }
    let read = as_status("cancelled");
    assert!(told(&read("public/es/programa.md").unwrap(), "CANCELADA"));
    assert!(!told(&read("private/es/cartas/upala.md").unwrap(), ""));
}

fn without_status(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("status")).map(|line| format!("{line}\n")).collect()
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
    let agenda = workspace.path().join("out/public/en/agenda-1-global-initiatives");
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
    let docx = fs::read(workspace.path().join("out/public/en/long.docx")).unwrap();
    assert_eq!(part(&docx, "word/document.xml").matches("<w:tr>").count(), 3001);
}

#[test]
fn a_check_tells_what_would_keep_a_document_from_being_written() {
    let logo = "[[logos]]\nfile = 'no.svg'\nalt = { es = 'a', en = 'a' }\n";
    for (file, text, place) in [
        ("branding.toml", logo, "branding.toml:2:8"),
        ("own.md.j2", "# T\n\n{{ group.nam }}\n", "own.md.j2:3:4"),
        ("own.md.j2", "# T\n\nSee [there](#nowhere).\n", "own.md.j2:3:13"),
        ("page.html.j2", "{{ titel }}", "page.html.j2:1:4"),
    ] {
        let (workspace, built) = build(&[(file, text.as_bytes())]);
        let told = workspace.convoca("en", &["check", "--today", "2022-10-03"]);
        assert!(told.status == Some(1) && built.status == Some(1) && told.stdout.contains(place), "{told:?}");
        let told = workspace.convoca("en", &["check", "--today", "2022-10-03", "--templates", "sessions"]);
        assert_eq!(told.status, Some(0), "{told:?}");
    }
}

#[test]
fn what_was_not_written_is_named_and_an_earlier_one_does_not_stay() {
    let (workspace, told) = build(&[("own.md.j2", b"# T\n")]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(workspace.path().join("out/public/en/own.docx").exists() && !told.stdout.contains("not written"), "{told:?}");
    fs::write(workspace.path().join("templates/own.md.j2"), "# T {{ nobody }}\n").unwrap();
    fs::write(workspace.path().join("templates/letter.md.j2"), "# T {{ nobody }}\n").unwrap();
    let told = workspace.convoca("en", &["build", "--today", "2022-10-03", "--out", "out"]);
    assert_eq!(told.status, Some(1), "{told:?}");
    let names = "out/public/es/own.*, out/private/en/letters/*, out/public/en/own.*";
    assert!(told.stdout.contains("not written, and no longer there") && told.stdout.contains(names), "{told:?}");
    assert!(
        !workspace.path().join("out/public/en/own.docx").exists()
            && !workspace.path().join("out/private/en/letters/upala.md").exists()
    );
}

#[test]
fn a_printed_page_keeps_a_heading_with_its_table() {
    let rows = "| b |\n".repeat(30);
    let template = format!(
        "# T\n\n## Short\n\nline\n\n| a |\n|---|\n| b |\n\nbehind\n\n## Tall\n\nlead\n\n| a |\n|---|\n{rows}\nSigned,\n\nName\n"
    );
    let (workspace, _) = build(&[("own.md.j2", template.as_bytes())]);
    let page = fs::read_to_string(workspace.path().join("out/public/en/own.html")).unwrap();
    let held = |class: &str| -> Vec<String> {
        let open = format!("<div class=\"{class}\">");
        page.split(&open).skip(1).filter_map(|rest| rest.split("</div>").next().map(str::to_owned)).collect()
    };
    let ([short], [tall]) = (&held("whole")[..], &held("lead")[..]) else { panic!("{page}") };
    assert!(short.contains("Short") && short.contains("</table>") && !short.contains("behind"), "{short}");
    assert!(tall.contains("Tall") && tall.contains("lead") && !tall.contains("<table>"), "it may break: {tall}");
    assert!(page.contains("<p class=\"keep\">Signed,</p>") && page.contains("<p>Name</p>"), "{page}");
}

#[test]
fn a_tag_that_is_not_ended_is_told_where_it_opens() {
    for (template, place, message) in [
        ("# T\n\n{% if group.name %}\nA\n\n{% for s in sessions %}\n- {{ s.name }}\n{% endfor %}\n", "own.md.j2:3:1", "`if`"),
        (
            "# T\n\n{# {% if no %} #}\n{% for s in sessions %}\n{% if s.place %}\n- {{ s.name }}\n{% endfor %}\n",
            "own.md.j2:5:1",
            "`if`",
        ),
        ("# T\n\n{%- for s in sessions -%}\n{% if s.place %}\n- {{ s.name }}\n{% endif %}\n", "own.md.j2:3:1", "`for`"),
    ] {
        let (_, told) = build(&[("own.md.j2", template.as_bytes())]);
        assert!(told.status == Some(1) && told.stdout.contains(place), "{told:?}");
        assert!(told.stdout.contains(&format!("this {message} is not ended")), "{told:?}");
    }
}

#[test]
fn a_template_s_slips_are_told_in_words() {
    let fault = |text: &str| {
        let agenda = format!("{}\n{text}\n", include_str!("../templates/agenda.md.j2"));
        build(&[("agenda.md.j2", agenda.as_bytes())]).1.stdout
    };
    for (text, told) in [
        ("{{ session.name | shout }}", "there is no filter `shout`"),
        ("{% for n in range(1000000000) %}x{% endfor %}", "this range is too long"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "this calls itself without end"),
        ("{{ session.name", "something is opened and not closed before this"),
    ] {
        let said = fault(text);
        assert!(said.contains(told), "{text}: {said}");
    }
    let (_, misnamed) = build(&[("minutes.md", b"# Minutes")]);
    assert!(
        misnamed.stdout.contains("`minutes.md` is not used") && misnamed.stdout.contains("call it `minutes.md.j2`"),
        "{}",
        misnamed.stdout
    );
}

#[test]
fn what_a_template_keeps_shows_its_values() {
    let template = "# T\n\n{% set kept %}Of **{{ group.name }}**{% endset %}\nA: {{ kept }}\n\n{% macro said(what) %}<{{ what }}>{% endmacro %}\n\
                    B: {{ said(group.name) }}\n\n{% filter upper %}c {{ group.name }}{% endfilter %}.\n\n{{ kept }}\n";
    let (workspace, told) = build(&[("own.md.j2", template.as_bytes())]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let text = fs::read_to_string(workspace.path().join("out/public/en/own.txt")).unwrap();
    let name = "MIRPS Working Group on Local Governance";
    for line in [format!("A: Of **{name}**"), format!("B: <{name}>"), format!("C {name}")] {
        assert!(text.contains(&line), "{text}");
    }
    assert_eq!(text.matches(name).count(), 4, "{text}");
    assert!(!text.contains(['\u{fdd0}', '\u{fdd1}']), "{text}");
}

#[test]
fn a_word_template_without_page_numbers_is_told() {
    let (plain, _) = build(&[]);
    let branding = ("branding.toml", &b"word-template = 'town.docx'"[..]);
    let template = |without: &'static str| changed(&note(&plain, "docx"), move |_, text| text.replace(without, " DATE "));
    let (_, told) = build(&[branding, ("town.docx", &template(" PAGE "))]);
    assert_eq!(told.status, Some(0), "{told:?}");
    assert!(told.stdout.contains("the pages of Word documents have no numbers"), "{told:?}");
    let (_, told) = build(&[branding, ("town.docx", &template(" NUMPAGES "))]);
    assert!(!told.stdout.contains("have no numbers"), "{told:?}");
}

/// As programs see it that show no drawing.
#[cfg(feature = "pdf")]
#[test]
fn the_text_of_a_drawing_is_drawn() {
    let drawn = |inner: &str| {
        let logo = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 20'>{inner}</svg>");
        let branding = "[[logos]]\nfile = 'logo.svg'\nalt = { es = 'a', en = 'a' }\n";
        let (workspace, _) = build(&[("branding.toml", branding.as_bytes()), ("logo.svg", logo.as_bytes())]);
        let mut bytes = Vec::new();
        let docx = note(&workspace, "docx");
        let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
        archive.by_name("word/media/logo1.png").unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    for family in ["", " font-family='Georgia, serif'", " font-family='No Such'"] {
        assert_ne!(drawn(&format!("<text x='2' y='15'{family}>Town</text>")), drawn(""), "{family}");
    }
}
