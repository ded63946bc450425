//! Conversations written down, and mailboxes that do not give what they list.

use super::*;
use crate::transport::wire::Tape;
use crate::transport::{Auth, Login, Tls};
use proptest::prelude::*;

fn login(auth: Auth) -> Login {
    Login { user: "ana".to_owned(), auth, secret: "gra\"ve".to_owned() }
}

/// What a conversation gives, and what was said in it.
fn talk(pieces: &[&str], tls: Tls, auth: Auth) -> (Result<BTreeMap<u32, Message>, Unusable>, String) {
    let mut tape = Tape::new(pieces.iter().map(|piece| piece.as_bytes()));
    let read = Dialogue::begin(&mut tape, tls, &login(auth)).and_then(|mut dialogue| read(&mut dialogue, "INBOX", None));
    (read, String::from_utf8(tape.said).unwrap())
}

const OPEN: [&str; 4] = ["* OK hi\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n", "+ \r\n", "a2 OK in\r\n"];

#[test]
fn a_mailbox_is_read() {
    let said = [
        "* 2 EXISTS\r\na3 OK [READ-ONLY] opened\r\n",
        "* SEARCH 7 9\r\n* SEARCH\r\na4 OK\r\n",
        "* 1 FETCH (UID 7 RFC822.SIZE 9)\r\n* 2 FETCH (RFC822.SIZE 9000000 UID 9)\r\na5 OK\r\n",
        "* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7 BODY[] {18}\r\nSubject: a\r\n\r\nhi\r\n)\r\na6 OK\r\n",
    ];
    let (read, told) = talk(&[&OPEN[..], &said].concat(), Tls::None, Auth::Password);
    let read = read.unwrap();
    assert_eq!(read.keys().copied().collect::<Vec<_>>(), [7, 9]);
    assert!(read[&7].words.is_some());
    assert_eq!(read[&9].found[0].as_ref().unwrap_err().en, "the message is larger than 8 MiB");
    let expected = "a1 CAPABILITY\r\na2 AUTHENTICATE PLAIN\r\nAGFuYQBncmEidmU=\r\na3 EXAMINE \"INBOX\"\r\na4 UID SEARCH ALL\r\n\
                    a5 UID FETCH 7,9 (RFC822.SIZE)\r\na6 UID FETCH 7 (UID BODY.PEEK[])\r\n";
    assert_eq!(told, expected);
}

#[test]
fn what_was_said_in_clear_counts_no_more() {
    let inject = ["* OK hi\r\n", "a1 OK go\r\n* CAPABILITY AUTH=PLAIN\r\na2 OK\r\n"];
    let (read, said) = talk(&inject, Tls::StartTls, Auth::Password);
    assert_eq!((read.unwrap_err().said, said.as_str()), (Unusable::out_of_turn().said, "a1 STARTTLS\r\n"));
    let known = talk(&["* PREAUTH welcome\r\n"], Tls::StartTls, Auth::Password).0.unwrap_err();
    assert_eq!(known.obstacle, Obstacle::NoStartTls);
}

#[test]
fn what_keeps_from_a_mailbox_is_told() {
    let words = |pieces: &[&str], auth| {
        let unusable = talk(pieces, Tls::None, auth).0.unwrap_err();
        (unusable.obstacle, unusable.said.en.into_owned())
    };
    let other = |said: &str| (Obstacle::Other, said.to_owned());
    assert_eq!(words(&["* BYE too busy\r\n"], Auth::Password), other("too busy"));
    assert_eq!(words(&["220 smtp\r\n"], Auth::Password), other("it does not answer as mail servers do (220 smtp)"));
    assert_eq!(words(&["* OK\r\n", "* BYE restarting\r\n"], Auth::Password), other("restarting"));
    assert_eq!(words(&["* OK\r\n", "b1 OK\r\n"], Auth::Password), other("it does not answer as mail servers do (b1 OK)"));
    let wrong = words(&[&OPEN[..3], &["a2 NO [AUTHENTICATIONFAILED] no\r\n"]].concat(), Auth::Password);
    assert_eq!(wrong, (Obstacle::Refused, "[AUTHENTICATIONFAILED] no".to_owned()));
    assert_eq!(words(&OPEN, Auth::Token).0, Obstacle::NotOffered);
    let old = ["* OK\r\n", "* CAPABILITY IMAP4rev1\r\na1 OK\r\n", "+ go\r\n", "+ go\r\n", "a2 NO wrong\r\n"];
    let (read, said) = talk(&old, Tls::None, Auth::Password);
    assert_eq!(read.unwrap_err().obstacle, Obstacle::Refused);
    assert!(said.ends_with("a2 LOGIN {3}\r\nana {6}\r\ngra\"ve\r\n"), "{said}");
}

/// What becomes of a draft, and what was said.
fn lay(pieces: &[&str]) -> (Result<Laid, Unusable>, String) {
    let mut tape = Tape::new([&OPEN[..], pieces].concat().iter().map(|piece| piece.as_bytes()));
    let laid = Dialogue::begin(&mut tape, Tls::None, &login(Auth::Password)).and_then(|mut dialogue| {
        let folder = dialogue.folder_for(Purpose::Drafts)?.map_err(|_| Unusable::told(Obstacle::Other, "no folder"))?;
        dialogue.open(&folder)?;
        dialogue.lay(&folder, ("a@x", b"Subject: a\r\n\r\nhi\r\n"), Mark::Draft)
    });
    (laid, String::from_utf8(tape.said).unwrap())
}

const DRAFTS: [&str; 4] = [
    "* CAPABILITY IMAP4rev1 SPECIAL-USE LIST-EXTENDED\r\na3 OK\r\n",
    "* LIST (\\Drafts) \"/\" Borradores\r\n* LIST () \"/\" INBOX\r\na4 OK\r\n",
    "* 0 EXISTS\r\na5 OK [READ-WRITE]\r\n",
    "* SEARCH\r\na6 OK\r\n",
];

#[test]
fn a_draft_is_laid_once() {
    let (laid, said) = lay(&[&DRAFTS[..], &["+ go on\r\n", "* 1 EXISTS\r\na7 OK [APPENDUID 1 1]\r\n"]].concat());
    assert_eq!(laid.unwrap(), Laid::New);
    let expected = "a4 LIST \"\" \"*\" RETURN (SPECIAL-USE)\r\na5 SELECT \"Borradores\"\r\n\
                    a6 UID SEARCH HEADER MESSAGE-ID \"<a@x>\"\r\n\
                    a7 APPEND \"Borradores\" (\\Draft \\Seen) {18}\r\nSubject: a\r\n\r\nhi\r\n\r\n";
    assert!(said.ends_with(expected), "{said}");
    let there = [DRAFTS[0], DRAFTS[1], DRAFTS[2], "* SEARCH 9\r\na6 OK\r\n"];
    assert_eq!(lay(&there).0.unwrap(), Laid::There);
}

#[test]
fn what_becomes_of_a_draft_is_never_guessed() {
    let after = |pieces: &[&str]| match lay(&[&DRAFTS[..], pieces].concat()).0 {
        Ok(Laid::Refused(said)) => format!("refused: {}", said.en),
        Ok(laid) => format!("{laid:?}"),
        Err(unusable) => unusable.said.en.into_owned(),
    };
    assert_eq!(after(&["a7 NO [OVERQUOTA] full\r\n"]), "refused: [OVERQUOTA] full");
    assert_eq!(after(&["+ go\r\n", "a7 NO [LIMIT] too large\r\n"]), "refused: [LIMIT] too large");
    assert_eq!(after(&["a7 OK done\r\n"]), "it spoke out of turn", "it has what it did not ask for");
    assert_eq!(after(&["+ go\r\n", "+ more\r\n"]), "it spoke out of turn");
    assert_eq!(after(&["+ go\r\n"]), "it broke off the connection");
    assert_eq!(after(&["+ go\r\n", "* BYE restarting\r\n"]), "restarting");
}

#[test]
fn only_what_was_laid_is_taken_back() {
    let take = |pieces: &[&str]| {
        let mut tape = Tape::new([&OPEN[..], pieces].concat().iter().map(|piece| piece.as_bytes()));
        let mut dialogue = Dialogue::begin(&mut tape, Tls::None, &login(Auth::Password)).unwrap();
        let taken = dialogue.take_back(&[7, 9]);
        (taken.map_err(|unusable| unusable.said.en.into_owned()), String::from_utf8(tape.said).unwrap())
    };
    let (taken, said) = take(&["* CAPABILITY UIDPLUS\r\na3 OK\r\n", "a4 OK\r\n", "a5 OK\r\n"]);
    assert_eq!(taken, Ok(true));
    assert!(said.ends_with("a4 UID STORE 7,9 +FLAGS.SILENT (\\Deleted)\r\na5 UID EXPUNGE 7,9\r\n"), "{said}");
    let (taken, said) = take(&["* CAPABILITY IMAP4rev1\r\na3 OK\r\n"]);
    assert!(taken == Ok(false) && said.ends_with("a3 CAPABILITY\r\n"), "without UIDPLUS other people's would go too: {said}");
}

/// Messages that a server lists, with what it says of their size and what it gives.
struct Given(BTreeMap<u32, (Option<usize>, Option<Body>)>);

impl Mailbox for Given {
    fn messages(&mut self, _: &Folder, _: Option<NaiveDate>) -> Result<Vec<u32>, Unusable> {
        Ok(self.0.keys().copied().collect())
    }

    fn sizes(&mut self, messages: &[u32]) -> Result<Vec<(u32, usize)>, Unusable> {
        Ok(messages.iter().filter_map(|uid| Some((*uid, self.0[uid].0?))).collect())
    }

    fn bodies(&mut self, messages: &[u32], _: usize) -> Result<Vec<(u32, Body)>, Unusable> {
        Ok(messages.iter().filter_map(|uid| Some((*uid, self.0[uid].1.clone()?))).collect())
    }
}

#[test]
fn no_message_is_left_out_in_silence() {
    let whole = || Some(Body::Whole(b"Subject: a\r\n\r\nhi\r\n".to_vec()));
    let given = [
        (1, (Some(20), whole())),
        (2, (Some(20), None)),
        (3, (None, whole())),
        (4, (Some(20), Some(Body::TooLarge))),
        (5, (Some(LARGEST + 1), whole())),
    ];
    let read = read(&mut Given(given.into_iter().collect()), "INBOX", None).unwrap();
    let told = |uid: u32| read[&uid].found.first().map(|found| found.as_ref().unwrap_err().en.to_string()).unwrap_or_default();
    assert_eq!([told(1), told(3)], ["", ""]);
    assert!(told(2).starts_with("the server lists this message and does not give it"));
    assert_eq!([told(4), told(5)], ["the message is larger than 8 MiB", "the message is larger than 8 MiB"]);
}

#[test]
fn batches_stay_small() {
    let third = BATCH / 3;
    let uids = |batches: Vec<(Vec<u32>, usize)>| batches.into_iter().map(|(uids, _)| uids).collect::<Vec<_>>();
    assert_eq!(
        uids(batches(&[(1, third), (2, third), (3, third), (4, third), (5, 2 * BATCH)])),
        [vec![1, 2, 3], vec![4], vec![5]]
    );
    assert_eq!(uids(batches(&[])), Vec::<Vec<u32>>::new());
}

proptest! {
    /// Whatever a server says: nothing panics, and every message that it lists is accounted for.
    #[test]
    fn any_octets_may_come(pieces in prop::collection::vec(
        prop_oneof![
            3 => prop::sample::select(vec![
                "* SEARCH 1 2\r\n", "a3 OK\r\n", "a4 OK\r\n", "a5 OK\r\n", "a6 OK\r\n", "* 1 FETCH (UID 1 RFC822.SIZE 3)\r\na5 OK\r\n",
                "* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n", "* 1 FETCH (UID 2 BODY[] {99999999}\r\n", "((((", "\"", "{4}\r\n", ")\r\n", "+ \r\n", "",
            ]).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..60),
        ], 0..12)
    ) {
        let open = OPEN.iter().map(|piece| piece.as_bytes().to_vec());
        let mut tape = Tape::new(open.chain(pieces));
        let mut dialogue = Dialogue::begin(&mut tape, Tls::None, &login(Auth::Password)).unwrap();
        let _ = read(&mut dialogue, "INBOX", None);
    }
}
