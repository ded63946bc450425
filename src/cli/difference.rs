//! The lines in which two texts differ, as they are shown before and after a change.

use similar::{ChangeTag, TextDiff};

/// The lines in which two texts differ.
pub(super) fn difference(path: &str, before: &str, after: &str) -> String {
    let (red, green) = (anstyle::AnsiColor::Red.on_default(), anstyle::AnsiColor::Green.on_default());
    let mut shown = format!("{path}\n");
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        let line = change.value().trim_end_matches(['\r', '\n']);
        match change.tag() {
            ChangeTag::Delete => shown.push_str(&format!("{red}- {line}{red:#}\n")),
            ChangeTag::Insert => shown.push_str(&format!("{green}+ {line}{green:#}\n")),
            ChangeTag::Equal => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_the_lines_that_change_and_no_other() {
        let shown = anstream::adapter::strip_str(&difference("1.toml", "a\nb\nc\n", "a\nB\nc\nd\n")).to_string();
        assert_eq!(shown, "1.toml\n- b\n+ B\n+ d\n");
    }
}
