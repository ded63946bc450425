//! What mails and chats put before the lines of others: marks of quoting, and who wrote when.

/// Lines without the marks of quoting, where several in a row have them, and without what a chat puts before a message.
pub(super) fn unquoted(lines: Vec<&str>) -> Vec<&str> {
    let is_quoted = |line: &str| line.trim_start().starts_with('>');
    let quoted: Vec<bool> = (0..lines.len())
        .map(|at| {
            let beside =
                at.checked_sub(1).is_some_and(|at| is_quoted(lines[at])) || lines.get(at + 1).is_some_and(|next| is_quoted(next));
            is_quoted(lines[at]) && beside
        })
        .collect();
    // A list whose sign is ">" has no blank one among its items.
    let blank = lines.iter().zip(&quoted).any(|(line, quoted)| *quoted && line.trim().trim_matches('>').trim().is_empty());
    let bare = |line: &'_ str, quoted: bool| quoted && blank && !line.is_empty();
    lines
        .into_iter()
        .zip(quoted)
        .map(|(line, quoted)| {
            let line = if bare(line, quoted) { without_marks(line) } else { line };
            chat(line).map_or(line, |length| &line[length..])
        })
        .collect()
}

/// "> > text", with the indent of the text.
fn without_marks(line: &str) -> &str {
    let mut rest = line;
    while let Some(behind) = rest.trim_start().strip_prefix('>') {
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    rest
}

/// How long "[14/5/26, 18:32] Name: " and "14/5/26 18:32 - Name: " are at the front.
fn chat(line: &str) -> Option<usize> {
    let body = line.trim_start_matches(['\u{200e}', '[']);
    let date = body.split([',', ' ']).next()?;
    let numbers: Vec<&str> = date.split('/').collect();
    let is_date = numbers.len() == 3
        && numbers.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_date {
        return None;
    }
    let rest = body[date.len()..].trim_start_matches([',', ' ', '\u{202f}']);
    let clock = rest.split([' ', ']', '\u{202f}']).next()?;
    let mut parts = clock.split(':');
    let is_clock =
        clock.contains(':') && parts.all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    // Who wrote stands behind the bracket or the dash, up to a colon.
    let behind = ["] ", " - "].iter().filter_map(|sign| line.find(sign).map(|at| at + sign.len())).min().filter(|at| *at < 40)?;
    let name = line[behind..].find(": ").filter(|length| *length <= 50)?;
    is_clock.then_some(behind + name + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_chat_or_a_mail_puts_before_a_line_goes() {
        let chats = vec![
            "[14/5/26, 18:32] Ana Ruiz: 9:00 Registro",
            "14/05/2026 18:32 - Ana: Hola",
            "14/5/26 9:00 Registro",
            "9:00 - 10:00: x",
        ];
        assert_eq!(unquoted(chats), ["9:00 Registro", "Hola", "14/5/26 9:00 Registro", "9:00 - 10:00: x"]);
        assert_eq!(unquoted(vec!["> Agenda", ">", "> > 9:00 A", ">   a. b"]), ["Agenda", "", "9:00 A", "  a. b"]);
        assert_eq!(unquoted(vec!["> 9:00 A", "> 10:00 B"]), ["> 9:00 A", "> 10:00 B"]);
    }
}
