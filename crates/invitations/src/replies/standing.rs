//! How the receiving server judged the sender of a mail (RFC 8601), and whether those who passed it on are believed
//! (ARC, RFC 8617).

use mail_parser::Message;

use super::address;

/// How the receiving server judged the sender.
pub(super) enum Standing {
    Sound,
    /// The sender's own domain disowns the mail, as it does what was changed on its way; those who passed it on say, in
    /// a chain that is whole, that it was sound when it came to them.
    Forwarded,
    Forged,
}

/// What the receiving server found (RFC 8601). It writes above what servers before it wrote, under its own name.
pub(super) fn standing(message: &Message<'_>, from: &str) -> Standing {
    let raw: Vec<&str> = headers(message, "Authentication-Results").collect();
    let server = |result: &str| without_comments(result).split(';').next().unwrap_or_default().to_owned();
    let Some(last) = raw.first().map(|result| server(result)) else { return Standing::Sound };
    let own: Vec<&str> = raw.into_iter().filter(|result| server(result) == last).collect();
    let found = |word: &str| own.iter().any(|result| without_comments(result).contains(word));
    match (found("dmarc=fail"), found("arc=pass")) {
        (false, _) => Standing::Sound,
        (true, true) if came_sound(message, from) && vouches(message, &own) => Standing::Sound,
        (true, true) => Standing::Forwarded,
        (true, false) => Standing::Forged,
    }
}

/// Whether the receiving server names, beside its `arc=pass`, everybody who sealed the mail on its way: anybody can seal, and a
/// chain that is whole says nothing of who made it.
fn vouches(message: &Message<'_>, own: &[&str]) -> bool {
    let mut sealers = headers(message, "ARC-Seal").map(sealer).peekable();
    let chain = own.iter().flat_map(|result| findings(result)).filter(|finding| finding.starts_with("arc=pass"));
    let named: Vec<String> = chain
        .flat_map(|finding| {
            let words = finding.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'));
            words.map(str::to_owned).collect::<Vec<String>>()
        })
        .collect();
    // "as.1.lists.example.org=pass", or the domain alone.
    let is_named = |domain: &String| {
        named.iter().any(|word| word == domain || word.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.')))
    };
    sealers.peek().is_some() && sealers.all(|domain| domain.as_ref().is_some_and(is_named))
}

/// The domain of a seal (RFC 8617 §4.1.3).
fn sealer(seal: &str) -> Option<String> {
    let domain = without_comments(seal).split(';').find_map(|tag| tag.strip_prefix("d=").map(str::to_owned))?;
    Some(domain).filter(|domain| domain.contains('.'))
}

fn headers<'m>(message: &'m Message<'_>, wanted: &'m str) -> impl Iterator<Item = &'m str> {
    message.headers_raw().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
}

/// What a server says of each method, in lower case and without spaces; comments stay.
fn findings(result: &str) -> Vec<String> {
    let (mut found, mut depth) = (vec![String::new()], 0usize);
    for sign in result.chars().filter(|sign| !sign.is_whitespace()) {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        found.last_mut().into_iter().for_each(|last| last.extend(sign.to_lowercase()));
    }
    found
}

/// Whether the first of those who passed a mail on found that it was from its sender's domain (RFC 8617 §4.1.1). What
/// they say is worth no more than the chain, which only the receiving server can find whole.
fn came_sound(message: &Message<'_>, from: &str) -> bool {
    let from = address(from);
    let domain = from.rsplit_once('@').map(|(_, domain)| domain);
    let said = headers(message, "ARC-Authentication-Results");
    let mut first = said.map(without_comments).filter(|said| said.starts_with("i=1;"));
    let (Some(domain), Some(said), None) = (domain, first.next(), first.next()) else { return false };
    let is_pass = |result: &str| {
        result.strip_prefix("dmarc=pass").and_then(|rest| rest.split_once("header.from=")).is_some_and(|(_, of)| of == domain)
    };
    said.split(';').any(is_pass)
}

/// In lower case and without spaces: `dmarc=(a comment) fail` says the same as `dmarc=fail`.
fn without_comments(value: &str) -> String {
    let mut depth = 0usize;
    let mut seen = |sign: char| {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && !sign.is_whitespace(),
        }
        false
    };
    value.chars().filter(|sign| seen(*sign)).flat_map(char::to_lowercase).collect()
}
