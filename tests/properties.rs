//! What must hold for any programme, not only for those somebody thought of.

mod common;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use convoca::decode::slug;
use convoca::diagnostics::{Diagnostic, Level, Sources, apply_fixes, has_errors};
use convoca::document::{Align, Block, Cell, Column, Document, Heading, Inline, Standing, Table};
use convoca::formats::{html, markdown, text};
use convoca::locale::{Lang, LanguageTag};
use convoca::time::{Reading, Zone};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 10, 3).unwrap()
}

fn sources<S: AsRef<str>>(files: &[(S, S)]) -> Sources {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(name.as_ref(), text.as_ref());
    }
    sources
}

/// The shipped files: name and text.
fn shipped() -> Vec<(String, String)> {
    let files = common::contents(&common::shipped()).into_iter();
    files.map(|(path, bytes)| (path.to_str().unwrap().to_owned(), String::from_utf8(bytes).unwrap())).collect()
}

fn errors(findings: &[Diagnostic]) -> Vec<&str> {
    findings.iter().filter(|finding| finding.counts_as(Level::Error)).map(|finding| finding.check).collect()
}

/// Checks, and holds that every finding can be shown in every format, at places that exist.
fn checked(sources: &Sources) -> Vec<Diagnostic> {
    let findings = convoca::check(sources, today()).findings;
    for finding in &findings {
        let edits = finding.mends.iter().flat_map(|mend| &mend.edits).map(|edit| edit.span);
        for span in finding.labels.iter().map(|label| label.span).chain(edits) {
            let text = &sources.get(span.file).text;
            assert!(text.get(span.range()).is_some(), "{finding:?} points outside its file");
        }
    }
    for lang in convoca::locale::Lang::ALL {
        use convoca::diagnostics::format;
        format::human::render(sources, &findings, lang);
        format::json::render(sources, &findings, lang);
        format::github::render(sources, &findings, lang);
        format::sarif::render(sources, &findings, &convoca::rules::all().collect::<Vec<_>>(), lang);
    }
    findings
}

/// The files after the certain mends of a run.
fn mended(sources: &Sources, findings: &[Diagnostic]) -> Vec<(String, String)> {
    let fixed = apply_fixes(sources, findings);
    let text =
        |id, own: &str| fixed.iter().find(|fixed| fixed.file == id).map_or_else(|| own.to_owned(), |fixed| fixed.text.clone());
    sources.iter().map(|(id, file)| (file.path.clone(), text(id, &file.text))).collect()
}

/// Pieces of which files are made, right and wrong.
fn toml_ish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[[slots]]\n".to_owned()),
        Just("[[sections]]\n".to_owned()),
        Just("[parties.a]\n".to_owned()),
        Just("title = { es = \"á\", en = \"b\" }\n".to_owned()),
        Just("waive = [{ check = \"slot-gap\", reason = \"\" }]\n".to_owned()),
        Just("speakers = [\"a\", { who = { es = \"x\" }, tbc = true }]\n".to_owned()),
        (0_u32..30, 0_u32..70, any::<bool>())
            .prop_map(|(h, m, end)| format!("{} = {h:02}:{m:02}\n", if end { "end" } else { "start" })),
        (0_u32..2000).prop_map(|n| format!("minutes = {n}\n")),
        "[a-z-]{1,8} = ([0-9.:]{1,6}|\"[a-zñ\\\\ ]{0,6}\"?|\\[|\\{|\\]|true)\n",
        "\\PC{0,12}",
        any::<Vec<char>>().prop_map(|chars| chars.into_iter().take(8).collect()),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Texts that would be marks in some format.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-*_|A-Za-z<>\\[\\]()`#&;:\\\\~!.=+{}%$@\"'/0-9 ]{1,40}",
        Just("*A|B_<b>[x](y)".to_owned()),
        Just("1. x".to_owned()),
        Just("https://example.org/a_b".to_owned()),
        Just("&lt;script&gt; <!-- --> </td> {{ 7*7 }}".to_owned()),
        "[ñáéíóúü—“”«»¿¡\u{202e}\u{200b}日本🎉 a-z]{1,20}",
    ]
    // A line of data has no space at its ends, nor rows of spaces that any format would keep.
    .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    .prop_filter("something to read", |text| !text.is_empty())
}

/// The text that a reader of the Markdown sees, by comrak.
fn read_markdown(written: &str) -> String {
    fn gather<'a>(node: &'a comrak::nodes::AstNode<'a>, out: &mut String) {
        use comrak::nodes::NodeValue;
        match &node.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::HtmlInline(html) => panic!("markup: {html}"),
            NodeValue::HtmlBlock(html) => panic!("markup: {}", html.literal),
            NodeValue::Link(link) => panic!("a link to {}", link.url),
            NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough => panic!("emphasis"),
            _ => {}
        }
        for child in node.children() {
            gather(child, out);
        }
    }
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = false;
    let mut out = String::new();
    gather(comrak::parse_document(&arena, written, &options), &mut out);
    out
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

/// The texts in every place where data stands.
fn places(text: &str) -> Vec<Block> {
    let column = Column { heading: vec![Inline::Text("a".to_owned())], align: Align::Start, width: 0 };
    vec![
        paragraph(text),
        Block::Heading(Heading { level: 2, number: None, anchor: String::new(), content: vec![Inline::Text(text.to_owned())] }),
        Block::List { start: None, items: vec![vec![paragraph(text)]] },
        Block::List { start: Some(3), items: vec![vec![paragraph(text)]] },
        Block::Quote(vec![paragraph(text)]),
        Block::Table(Table { caption: None, columns: vec![column], rows: vec![vec![Cell::text(text)]] }),
    ]
}

fn unescaped(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A session whose slots are at the given minutes after eight o'clock.
fn session_of(slots: &[(u32, u32)]) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", 8 + minutes / 60, minutes % 60);
    let slot = |(start, length): &(u32, u32)| {
        format!(
            "[[slots]]\nstart = {}\nend = {}\ntitle = {{ es = \"a\", en = \"b\" }}\nspeakers = [\"port\"]\n",
            clock(*start),
            clock(start + length)
        )
    };
    format!(
        "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = {{ es = \"S\", en = \"S\" }}\n{}",
        slots.iter().map(slot).collect::<String>()
    )
}

/// A session for double bookings: who moderates it, and slots with start, length, who speaks and who
/// facilitates each group; 0 is the capital, 1 the port.
#[derive(Clone, Debug)]
struct Booked {
    moderator: usize,
    slots: Vec<(u32, u32, usize, Vec<usize>)>,
}

fn booked_session() -> impl Strategy<Value = Booked> {
    let groups = proptest::collection::vec(0_usize..2, 0..3);
    let slots = proptest::collection::vec((0_u32..120, 1_u32..60, 0_usize..2, groups), 1..4);
    (0_usize..2, slots).prop_map(|(moderator, slots)| Booked { moderator, slots })
}

impl Booked {
    fn written(&self, index: usize) -> String {
        const PARTIES: [&str; 2] = ["capital", "port"];
        let mut text = format!(
            "id = \"s{index}\"\nnumber = {number}\ndate = 2027-03-02\nmoderator = \"{}\"\ntitle = {{ es = \"S\", en = \"S\" }}\n",
            PARTIES[self.moderator],
            number = index + 1
        );
        for (start, length, speaker, groups) in &self.slots {
            let (hour, minute, who) = (8 + start / 60, start % 60, PARTIES[*speaker]);
            text.push_str(&format!(
                "[[slots]]\nstart = {hour:02}:{minute:02}\nminutes = {length}\ntitle = {{ es = \"a\", en = \"b\" }}\nspeakers = [\"{who}\"]\n"
            ));
            for who in groups {
                let who = PARTIES[*who];
                text.push_str(&format!("[[slots.groups]]\ntitle = {{ es = \"a\", en = \"b\" }}\nfacilitators = [\"{who}\"]\n"));
            }
        }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_program_panic(group in toml_ish(), note in toml_ish(), session in toml_ish(), real in any::<bool>()) {
        let group = if real { shipped().into_iter().find(|(name, _)| name == "group.toml").unwrap().1 } else { group };
        checked(&sources(&[("1.toml", session.as_str()), ("concept-note.toml", &note), ("group.toml", &group)]));
    }

    #[test]
    fn no_change_to_real_files_makes_it_panic(
        file in 0_usize..5,
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        put in "\\PC{0,6}|\n|\"|\\[|\\]|=|\\{|10:|\u{0}",
    ) {
        let mut files = shipped();
        let text = &files[file].1;
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        let start = at.index(places.len());
        let end = (start + length).min(places.len() - 1);
        let changed = format!("{}{put}{}", &text[..places[start]], &text[places[end]..]);
        files[file].1 = changed;
        checked(&sources(&files));
    }

    /// Hours and minutes are changed at will; the mends held for certain never add an error, and after
    /// them there is nothing left of theirs to do.
    #[test]
    fn certain_mends_never_do_harm(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u32..24, 0_u32..12), 0..4),
    ) {
        let mut files = shipped();
        for (line, hour, minute) in &changes {
            for (name, text) in files.iter_mut().filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_digit())) {
                let timed: Vec<usize> = text.lines().enumerate()
                    .filter(|(_, line)| ["start = ", "end = ", "minutes = "].iter().any(|key| line.starts_with(key)))
                    .map(|(index, _)| index).collect();
                let chosen = timed[line.index(timed.len())];
                let changed = text.lines().enumerate().map(|(index, line)| match line.split_once(" = ") {
                    Some(("minutes", _)) if index == chosen => format!("minutes = {}\n", 5 * (1 + minute)),
                    Some((key, _)) if index == chosen => format!("{key} = {:02}:{:02}\n", 9 + hour % 4, minute * 5),
                    _ => format!("{line}\n"),
                });
                *text = changed.collect();
                if name.starts_with('1') { break; }
            }
        }
        let before = sources(&files);
        let faulty = checked(&before);
        let once = mended(&before, &faulty);
        let after = sources(&once);
        let left = checked(&after);
        if changes.is_empty() {
            prop_assert!(!has_errors(&faulty));
            prop_assert_eq!(&once, &files);
        }
        prop_assert!(errors(&left).len() <= errors(&faulty).len(), "{:?} became {:?}", errors(&faulty), errors(&left));
        // Mends that waited for others are made by later runs, and then it rests.
        let mut files = once;
        for _ in 0..8 {
            let again = sources(&files);
            let next = mended(&again, &checked(&again));
            if next == files { return Ok(()); }
            files = next;
        }
        prop_assert!(false, "--fix never rests");
    }

    #[test]
    fn markdown_is_read_as_the_text_that_was_put_in(text in hostile()) {
        for block in places(&text) {
            let written = markdown::render(&document(vec![block.clone()]));
            let read = read_markdown(&written);
            let read = read.strip_prefix('a').filter(|_| matches!(block, Block::Table(_))).unwrap_or(&read);
            prop_assert_eq!(read, &text, "{:?}", written);
        }
        let emphatic = Block::Paragraph(vec![Inline::Text("x ".into()), Inline::Code(text.clone()), Inline::Text(" y".into())]);
        let written = markdown::render(&document(vec![emphatic]));
        prop_assert_eq!(read_markdown(&written), format!("x {text} y"), "{:?}", written);
    }

    #[test]
    fn html_shows_the_text_that_was_put_in(text in hostile()) {
        for block in places(&text) {
            let written = html::render(&document(vec![block]));
            prop_assert!(unescaped(&written).contains(&text), "{}", written);
        }
    }

    #[test]
    fn plain_text_shows_every_word_that_was_put_in(text in hostile()) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = text::render(&document(vec![paragraph(&text)]));
        prop_assert_eq!(words(&written), words(&text));
    }

    #[test]
    fn a_slug_is_an_id_and_its_own_slug(name in "\\PC{0,80}") {
        let id = slug(&name);
        prop_assert!(id.len() <= 64 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
        prop_assert_eq!(slug(&id), id);
    }

    /// The sweep tells of an overlap if, and only if, some two slots overlap.
    #[test]
    fn the_sweep_agrees_with_comparing_all_pairs(slots in proptest::collection::vec((0_u32..300, 1_u32..90), 0..7)) {
        let clash = |a: &(u32, u32), b: &(u32, u32)| a.0 < b.0 + b.1 && b.0 < a.0 + a.1;
        let expected = (0..slots.len()).any(|i| (0..i).any(|j| clash(&slots[i], &slots[j])));
        let (_, findings) = convoca::examples::check_files(&[("session.toml", &session_of(&slots))]);
        let told = findings.iter().any(|finding| finding.check == "slot-overlap");
        prop_assert_eq!(told, expected, "{:?}", slots);
        // Every slot that overlaps an earlier one is named, or counted behind those named.
        let booked = findings.iter().any(|finding| finding.check == "double-booking");
        prop_assert!(!booked || expected);
    }

    /// Somebody is told to be booked twice if, and only if, two of all pairs of their bookings clash.
    #[test]
    fn double_bookings_are_those_of_comparing_all_pairs(sessions in proptest::collection::vec(booked_session(), 1..3)) {
        let mut bookings = Vec::new();
        for (index, session) in sessions.iter().enumerate() {
            let window = (session.slots.iter().map(|slot| slot.0).min(), session.slots.iter().map(|slot| slot.0 + slot.1).max());
            // Of hours that contradict each other nobody knows when the session as a whole is.
            let holds = session.slots.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0);
            let window = window.0.zip(window.1).filter(|_| holds);
            bookings.extend(window.map(|window| (session.moderator, window, [Some(index), None, None])));
            for (place, (start, length, speaker, groups)) in session.slots.iter().enumerate() {
                let time = (*start, start + length);
                bookings.push((*speaker, time, [Some(index), Some(place), None]));
                let group = |(at, who): (usize, &usize)| (*who, time, [Some(index), Some(place), Some(at)]);
                bookings.extend(groups.iter().enumerate().map(group));
            }
        }
        // Places clash where they part ways before one of them ends.
        let apart = |a: &[Option<usize>; 3], b: &[Option<usize>; 3]| a.iter().zip(b)
            .take_while(|(one, other)| one.is_some() && other.is_some())
            .any(|(one, other)| one != other);
        let clash = |a: &(usize, (u32, u32), [Option<usize>; 3]), b: &(usize, (u32, u32), [Option<usize>; 3])|
            a.0 == b.0 && a.1.0 < b.1.1 && b.1.0 < a.1.1 && apart(&a.2, &b.2);
        let files: Vec<(String, String)> = sessions.iter().enumerate()
            .map(|(index, session)| (["session.toml", "2.toml"][index].to_owned(), session.written(index))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let (_, findings) = convoca::examples::check_files(&files);
        let told = |name: &str| findings.iter().any(|finding| {
            finding.check == "double-booking" && finding.message.get(convoca::locale::Lang::En).starts_with(name)
        });
        for (who, name) in ["Capital", "Port"].into_iter().enumerate() {
            let expected = bookings.iter().enumerate()
                .any(|(index, a)| a.0 == who && bookings[..index].iter().any(|b| clash(a, b)));
            prop_assert_eq!(told(name), expected, "{}: {:?}", name, files);
        }
    }

    /// jiff's rules, read through `time`, and chrono-tz's agree on the past, where no rule has changed.
    #[test]
    fn hours_of_the_past_are_those_of_another_implementation(
        zone in prop::sample::select(vec![
            "America/Guatemala", "America/Costa_Rica", "America/Tegucigalpa", "America/Panama", "America/New_York",
            "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo", "UTC",
        ]),
        minutes in 0_i64..(52 * 366 * 24 * 60),
    ) {
        let (ours, theirs) = (Zone::named(zone).unwrap(), zone.parse::<chrono_tz::Tz>().unwrap());
        let local: NaiveDateTime = NaiveDate::from_ymd_opt(1972, 1, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes);
        let instant = local.and_utc();
        prop_assert_eq!(ours.local(instant).time, instant.with_timezone(&theirs).naive_local());
        let expected = theirs.from_local_datetime(&local);
        match ours.instant(local).unwrap() {
            Reading::Once(instant) => prop_assert_eq!(expected.single().map(|t| t.to_utc()), Some(instant)),
            Reading::Twice(first, second) => {
                prop_assert_eq!(expected.earliest().map(|t| t.to_utc()), Some(first));
                prop_assert_eq!(expected.latest().map(|t| t.to_utc()), Some(second));
            }
            Reading::Skipped(..) => prop_assert!(matches!(expected, chrono::LocalResult::None)),
        }
    }
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        tag: LanguageTag::new(Lang::En, None),
        title: "Title".to_owned(),
        author: "Author".to_owned(),
        standing: Standing::Final,
        blocks,
    }
}
