//! Whatever the text: no panic, no line with a time lost, and time that grows with its length.

#![allow(clippy::disallowed_methods, reason = "tests read their files")]

use std::time::{Duration, Instant};

use convoca_import::agenda::{Hints, read};
use convoca_import::source::plain;
use proptest::prelude::*;

/// What agendas are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "10:00",
        "9",
        "10.30",
        "h",
        "h30",
        " - ",
        " a ",
        "–",
        "am",
        " p. m.",
        "12:30",
        "(",
        ")",
        "[",
        "]",
        "*",
        "**",
        "_",
        "|",
        "\t",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "# ",
        "Lunes 5 de mayo",
        "2026",
        "6/5",
        "TBC",
        "por confirmar",
        "Ana Ruiz",
        "Día 1",
        "Sesión 2",
        "(45 min)",
        "15m",
        "Título de algo",
        "Modera: ",
        "🍽️",
        "ñ",
        "\u{301}",
        "99",
        "24:00",
        "0",
        "   ",
        "[x](y)",
        "&le;",
        "<br>",
        "~",
        "<=",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_to_its_end(text in prop_oneof![pieces(), any::<String>()]) {
        let imported = read(&plain(&text), &Hints::default());
        for item in imported.sessions.iter().flat_map(|session| &session.items) {
            prop_assert!(!item.lines.is_empty());
        }
    }
}

#[test]
fn long_and_hostile_texts_are_read_in_time() {
    let texts = [
        "10:00 - 10:30 Título de un punto con palabras (Ana Ruiz)\n".repeat(2_000),
        "[".repeat(15_000),
        "[a](".repeat(15_000),
        "*a ".repeat(25_000),
        "_a".repeat(25_000),
        "1".repeat(100_000),
        "(".repeat(25_000) + "10 min" + &")".repeat(25_000),
        "10:00 ".repeat(15_000),
        "- 5 min a\n  - b\n".repeat(1_500),
        "&".repeat(25_000),
        "Lunes ".repeat(15_000),
        "1, 2, ".repeat(15_000),
        "|10:00|a".repeat(10_000),
    ];
    for text in texts {
        let start = Instant::now();
        let _ = read(&plain(&text), &Hints::default());
        let took = start.elapsed();
        // Unoptimised, on a busy machine; what grows with the square takes minutes.
        assert!(took < Duration::from_secs(30), "{:?}… took {took:?}", text.chars().take(20).collect::<String>());
    }
}
