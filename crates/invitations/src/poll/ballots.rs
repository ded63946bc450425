//! Answers to a poll, as links write them and as people do.

use super::Ballot;

/// Letters of a token: none that are taken for another.
const LETTERS: &str = "23456789abcdefghjkmnpqrstuvwxyz";
const LENGTH: usize = 12;
/// Words that take something out of what is said before them.
const EXCEPT: [&str; 7] = ["menos", "excepto", "salvo", "except", "but", "excluding", "pero"];

/// A token out of random octets.
///
/// ```
/// let token = convoca_invitations::poll::token([7; 12]);
/// assert_eq!(token.len(), 12);
/// ```
pub fn token(random: [u8; LENGTH]) -> String {
    random.into_iter().filter_map(|octet| LETTERS.chars().nth(usize::from(octet) % LETTERS.len())).collect()
}

/// The token in a subject, in brackets, whatever stands around it.
pub fn token_in(subject: &str) -> Option<String> {
    subject.split('[').skip(1).find_map(|rest| {
        let word = rest.split(']').next()?.to_lowercase();
        (word.chars().count() == LENGTH && word.chars().all(|c| LETTERS.contains(c))).then_some(word)
    })
}

/// What a text says about dates, counted from 1 to `count`: "1 sí, 2 no, 3 si hace falta", "2: yes", "ninguna". A
/// number counts only with an answer right behind it: "1 de octubre" is none.
///
/// ```
/// use convoca_invitations::poll::{Ballot, ballots};
/// assert_eq!(ballots("1 sí; 2: no – 3 si hace falta", 3), [(1, Ballot::Yes), (2, Ballot::No), (3, Ballot::IfNeedBe)]);
/// assert_eq!(ballots("el 1 de octubre", 3), []);
/// ```
pub fn ballots(text: &str, count: usize) -> Vec<(u32, Ballot)> {
    let plain = deunicode::deunicode(text).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let all = |ballot| (1..=count).filter_map(|date| Some((u32::try_from(date).ok()?, ballot))).collect();
    // "All but Monday" is not all.
    let is_whole = |word: &&str| !EXCEPT.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit());
    match words[..] {
        _ if !words.iter().all(is_whole) => {}
        ["ninguna" | "ninguno" | "none", ..] => return all(Ballot::No),
        ["todas" | "todos" | "all" | "cualquiera" | "any", ..] => return all(Ballot::Yes),
        _ => {}
    }
    let mut found: Vec<(u32, Ballot)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(date) = word.parse::<u32>().ok().filter(|date| (1..=count).contains(&(*date as usize))) else { continue };
        if let Some(ballot) = answer(&words[at + 1..]) {
            found.retain(|(known, _)| *known != date);
            found.push((date, ballot));
        }
    }
    found
}

fn answer(words: &[&str]) -> Option<Ballot> {
    Some(match words {
        ["si", "hace" | "es" | "fuera" | "no", ..] | ["if", "need" | "needed" | "necessary", ..] | ["tal", "vez", ..] => {
            Ballot::IfNeedBe
        }
        ["quiza" | "quizas" | "maybe" | "perhaps", ..] => Ballot::IfNeedBe,
        ["si" | "yes" | "ok" | "acepto" | "puedo" | "bien", ..] => Ballot::Yes,
        ["no", ..] => Ballot::No,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_wherever_programs_put_it() {
        let own = token([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
        for subject in [format!("1 sí [{own}]"), format!("RE: RV: [EXTERNO] Fechas [{}]", own.to_uppercase()), format!("[{own}")]
        {
            assert_eq!(token_in(&subject), Some(own.clone()), "{subject}");
        }
        for subject in ["[EXTERNAL] hola", "[abc]", "[il1o0il1o0il]", ""] {
            assert_eq!(token_in(subject), None, "{subject}");
        }
    }

    #[test]
    fn answers_are_read_as_people_write_them() {
        let read = |text: &str| ballots(text, 3);
        assert_eq!(read("1 SI"), [(1, Ballot::Yes)]);
        assert_eq!(read("2: no puedo"), [(2, Ballot::No)]);
        assert_eq!(read("3) si es necesario. 1) sí"), [(3, Ballot::IfNeedBe), (1, Ballot::Yes)]);
        assert_eq!(read("1 no, perdón: 1 sí"), [(1, Ballot::Yes)]);
        assert_eq!(read("Ninguna me sirve"), [(1, Ballot::No), (2, Ballot::No), (3, Ballot::No)]);
        assert_eq!(read("all of them").len(), 3);
        assert_eq!(read("Todas menos el lunes"), []);
        assert_eq!(read("todas menos la 2, la 2 no"), [(2, Ballot::No)]);
        for none in ["4 sí", "Buenos días", "el 2 de octubre", "asistiremos 3 personas", ""] {
            assert_eq!(read(none), [], "{none}");
        }
    }
}
