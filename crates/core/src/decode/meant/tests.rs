use super::*;

fn parsed(text: &str) -> (String, Vec<String>) {
    let (_, parsed, findings) = read(FileId(0), (Lang::Es, |_| None), text);
    (parsed, findings.into_iter().map(|finding| finding.message.en.to_string()).collect())
}

#[test]
fn what_has_one_reading_is_parsed_as_it_was_meant() {
    for (written, meant) in [
        ("start = 10:00 a.m.\n", "start = \"10:00\"\n"),
        ("start = 9:30 # abre\n", "start = \"09:30\" # abre\n"),
        ("date = 27/10/2027", "date = 2027-10-27"),
        ("date = martes 2 de marzo de 2027\r\n", "date = 2027-03-02\r\n"),
        ("date = 2027–03–02", "date = 2027-03-02"),
        ("title = { es = “Hola”, en = \"Hi “x”\" }", "title = { es = \"Hola\", en = \"Hi “x”\" }"),
        ("speakers = [“a”, «b»]", "speakers = [\"a\", \"b\"]"),
        ("title\u{a0}= \"a\u{a0}b\"", "title = \"a\u{a0}b\""),
        ("// nota", "# nota"),
        ("minutes = 40 // más o menos", "minutes = 40 # más o menos"),
        ("minutes = 40 min", "minutes = 40"),
        ("duracion = 1 h 30 min", "duracion = 90"),
        ("start = 0930", "start = \"09:30\""),
        ("break = sí", "break = true"),
        ("[slots]", "[[slots]]"),
        ("hora = 9:00 a 9:30", "hora = \"09:00\"\nfin = \"09:30\""),
        ("start = 10:00 a.m. - 12:00 m.", "start = \"10:00\"\nend = \"12:00\""),
        ("hora = 9:00 a 9:30", "hora = \"09:00\"\nfin = \"09:30\""),
        ("start = 10:00 a.m. - 12:00 m.", "start = \"10:00\"\nend = \"12:00\""),
        ("[slots.items] # dentro", "[[slots.items]] # dentro"),
    ] {
        let (parsed, told) = parsed(written);
        assert_eq!(parsed, meant);
        assert_eq!(told.len(), (if written.contains('«') { 2 } else { 1 }), "{written}: {told:?}");
    }
    for plain in [
        "start = 10:05",
        "start = \"10:05\"",
        "date = 2027-03-02",
        "minutes = 40",
        "link = \"https://example.org\" # //",
        "[slots.title]",
        "start = 10.05",
        "# “a”",
        "x = '''\nstart = 9:30\n'''\n",
    ] {
        assert_eq!(parsed(plain), (plain.to_owned(), vec![]));
    }
}

#[test]
fn places_lead_back_to_the_file() {
    let text = "date = 2 de marzo de 2027\ntitle = { es = “Hola” }\nminutes = 5\n";
    let (forms, parsed, _) = read(FileId(0), (Lang::Es, |_| None), text);
    let place = |word: &str| {
        let at = parsed.find(word).unwrap();
        &text[forms.span(at..at + word.len()).range()]
    };
    assert_eq!(place("2027-03-02"), "2 de marzo de 2027");
    assert_eq!(place("\"Hola\""), "“Hola”");
    assert_eq!(place("minutes"), "minutes");
    assert_eq!(place("es"), "es");
}
