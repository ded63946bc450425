//! Each rule of RFC 5545 §3.1 and §3.3, and hostile text against all of them at once.

use super::super::clean;
use super::*;
use icalendar::parser::{read_calendar, unfold};
use proptest::prelude::*;

fn line(params: &[(&'static str, &str)], value: Value<'_>) -> Result<String, Error> {
    let mut writer = Writer::new(Vec::new());
    writer.line("SUMMARY", params, value)?;
    Ok(String::from_utf8(writer.finish().unwrap()).unwrap())
}

fn text(value: &str) -> String {
    line(&[], Value::Text(value)).unwrap()
}

#[test]
fn lines_hold_75_octets_with_the_space_of_the_fold() {
    let folded = text(&"a".repeat(300));
    let lengths: Vec<usize> = folded.trim_end().split("\r\n").map(str::len).collect();
    assert_eq!(lengths, [75, 75, 75, 75, 12]);
    assert!(folded.split("\r\n").skip(1).all(|line| line.is_empty() || line.starts_with(' ')));
}

#[test]
fn a_line_of_75_octets_is_not_folded_and_one_of_76_is() {
    assert_eq!(text(&"a".repeat(75 - "SUMMARY:".len())).matches("\r\n").count(), 1);
    assert_eq!(text(&"a".repeat(76 - "SUMMARY:".len())).matches("\r\n").count(), 2);
}

#[test]
fn no_code_point_is_torn() {
    for before in 0..8 {
        let value = format!("{}{}", "a".repeat(before), "ñ€🎉".repeat(60));
        let folded = text(&value);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
    }
}

#[test]
fn no_escape_is_torn() {
    for before in 55..75 {
        let folded = text(&format!("{},;\\\n", "a".repeat(before)));
        assert!(
            folded
                .split("\r\n")
                .all(|line| line.len() <= 75 && line.matches('\\').count() % 2 == line.matches([',', ';', 'n']).count() % 2)
        );
    }
}

#[test]
fn lines_end_in_crlf_and_the_file_has_no_bom() {
    let file = text("x");
    assert!(file.starts_with('S') && file.ends_with("\r\n"));
}

#[test]
fn text_is_escaped() {
    assert_eq!(text("a\\b;c,d:e\"f"), "SUMMARY:a\\\\b\\;c\\,d:e\"f\r\n");
}

#[test]
fn every_line_end_becomes_an_escaped_newline() {
    assert_eq!(text("a\nb\r\nc\rd\u{2028}e\u{2029}f"), "SUMMARY:a\\nb\\nc\\nd\\ne\\nf\r\n");
}

#[test]
fn control_characters_are_dropped_and_tabs_are_spaces() {
    assert_eq!(text("a\0b\u{7}c\u{7f}d\u{85}e\tf\u{1b}"), "SUMMARY:abcde f\r\n");
}

#[test]
fn several_texts_keep_their_commas_apart() {
    let texts = ["a,b".to_owned(), "c".to_owned()];
    assert_eq!(line(&[], Value::Texts(&texts)).unwrap(), "SUMMARY:a\\,b,c\r\n");
}

#[test]
fn parameters_are_quoted_where_they_must_be() {
    let written = line(&[("CN", "Upala, Costa Rica"), ("X-A", "a:b"), ("X-B", "plain"), ("X-C", "")], Value::Text("x")).unwrap();
    assert_eq!(written, "SUMMARY;CN=\"Upala, Costa Rica\";X-A=\"a:b\";X-B=plain:x\r\n");
}

#[test]
fn quotes_in_a_parameter_become_typographic() {
    assert_eq!(line(&[("CN", "Ana \"La Jefa\" (\"A\")")], Value::Text("")).unwrap(), "SUMMARY;CN=Ana “La Jefa” (“A”):\r\n");
}

#[test]
fn no_caret_of_a_parameter_is_decoded_as_in_rfc_6868() {
    assert_eq!(line(&[("CN", "a^nb^'c^^d^e^\"f")], Value::Text("")).unwrap(), "SUMMARY;CN=aˆnbˆ'cˆ^d^eˆ”f:\r\n");
}

#[test]
fn no_backslash_of_a_parameter_is_taken_for_an_escape() {
    assert_eq!(line(&[("CN", "a\\b")], Value::Text("")).unwrap(), "SUMMARY;CN=a/b:\r\n");
}

#[test]
fn line_ends_in_a_parameter_become_spaces() {
    assert_eq!(line(&[("CN", "a\r\nATTENDEE:b\0")], Value::Text("")).unwrap(), "SUMMARY;CN=\"a ATTENDEE:b\":\r\n");
}

#[test]
fn addresses_are_not_escaped() {
    let uri = "https://example.org/a;b,c?d=\\e";
    assert_eq!(line(&[], Value::Uri(uri)).unwrap(), format!("SUMMARY:{uri}\r\n"));
    assert_eq!(line(&[], Value::Mail("ana+b@example.org")).unwrap(), "SUMMARY:mailto:ana+b@example.org\r\n");
}

#[test]
fn addresses_with_line_ends_or_control_characters_are_refused() {
    for uri in ["", "a\nb", "a\rb", "a\0b", "a b", "a\u{85}b", "a\u{2028}b"] {
        assert!(matches!(line(&[], Value::Uri(uri)), Err(Error::Refused(_))), "{uri:?}");
        assert!(line(&[], Value::Token(uri)).is_err());
    }
    for mail in ["", "ana", "@example.org", "ana@", "a@b@c", "a@b.org?bcc=c@d.org", "a@b\r\nX:y", "<a@b.org>", "a@b.org,c@d.org"]
    {
        assert!(line(&[], Value::Mail(mail)).is_err(), "{mail:?}");
    }
}

#[test]
fn a_refused_line_leaves_nothing_behind() {
    let mut writer = Writer::new(Vec::new());
    assert!(writer.line("URL", &[("X-A", "b")], Value::Uri("a\nb")).is_err());
    writer.line("SUMMARY", &[], Value::Text("x")).unwrap();
    assert_eq!(writer.finish().unwrap(), b"SUMMARY:x\r\n");
}

#[test]
fn times_and_offsets() {
    let instant: DateTime<Utc> = "2022-10-27T16:05:09Z".parse().unwrap();
    assert_eq!(line(&[], Value::Utc(instant)).unwrap(), "SUMMARY:20221027T160509Z\r\n");
    assert_eq!(line(&[], Value::Local(instant.naive_utc())).unwrap(), "SUMMARY:20221027T160509\r\n");
    let offset = |seconds| line(&[], Value::Offset(seconds)).unwrap();
    assert_eq!(offset(-6 * 3600), "SUMMARY:-0600\r\n");
    assert_eq!(offset(5 * 3600 + 45 * 60), "SUMMARY:+0545\r\n");
    assert_eq!(offset(-36), "SUMMARY:-000036\r\n");
    assert!(line(&[], Value::Utc(DateTime::<Utc>::MAX_UTC)).is_err(), "a year of more than four digits");
}

#[test]
fn memory_does_not_grow_with_the_number_of_lines() {
    let mut writer = Writer::new(std::io::sink());
    let room = writer.buffer.capacity();
    for _ in 0..100_000 {
        writer.line("SUMMARY", &[], Value::Text("Palabras de apertura, y más")).unwrap();
    }
    assert_eq!(writer.buffer.capacity(), room);
}

/// What breaks other writers: line ends, controls, quotes, text that looks like the next property.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-zA-Z ,;:\\\\\"^=]{0,90}",
        "[áéíóúñü¿¡–—“”🎉👩‍👩‍👧]{0,40}",
        "[\u{200f}\u{202e}\u{2066}אבגدمر]{0,40}",
        "[\r\n\t\0\u{b}\u{c}\u{1b}\u{7f}\u{85}\u{2028}\u{2029}\u{feff}]{0,9}",
        Just("\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.org".to_owned()),
        Just("\nMETHOD:CANCEL\n ".to_owned()),
        Just("\\n\\N\\;\\,\\\\".to_owned()),
        "a{2000,10000}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The rule for TEXT once more, in the simplest words: what a reader must get back.
fn expected(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

proptest! {
    #[test]
    fn hostile_text_keeps_every_rule_and_its_value(value in hostile(), name in hostile()) {
        let mut writer = Writer::new(Vec::new());
        writer.begin("VCALENDAR").unwrap();
        writer.begin("VEVENT").unwrap();
        writer.line("SUMMARY", &[("CN", &name)], Value::Text(&value)).unwrap();
        writer.end("VEVENT").unwrap();
        writer.end("VCALENDAR").unwrap();
        let file = String::from_utf8(writer.finish().unwrap()).unwrap();
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(char::is_control)));

        let unfolded = unfold(&file);
        prop_assert_eq!(unfolded.matches("\r\n").count(), 5, "one property went in");
        let calendar = read_calendar(&unfolded).unwrap();
        let event = &calendar.components[0];
        prop_assert_eq!((calendar.components.len(), event.properties.len(), event.components.len()), (1, 1, 0));
        prop_assert_eq!(event.properties[0].val.as_str(), expected(&value));
        prop_assert_eq!(clean(&value), expected(&value));
        let read = event.properties[0].params.first().and_then(|param| Some(param.val.as_ref()?.as_str()));
        let plain = |text: &str| text.replace(['"', '“', '”', '^', 'ˆ'], "").replace('\n', " ").replace('\\', "/");
        prop_assert_eq!(plain(read.unwrap_or("")), plain(&expected(&name)));
    }

    #[test]
    fn hostile_addresses_are_refused_or_whole(value in hostile()) {
        for value in [Value::Uri(&value), Value::Mail(&value), Value::Token(&value)] {
            if let Ok(line) = line(&[], value) {
                let line = line.replace("\r\n ", "");
                prop_assert!(line.ends_with("\r\n") && !line.trim_end_matches("\r\n").contains(char::is_control));
            }
        }
    }
}
