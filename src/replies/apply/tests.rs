use proptest::prelude::*;

use super::super::invitations::Time;
use super::*;

const UID: &str = "one@g.example.org";

fn invited() -> Invitations {
    let mut invitations = Invitations::default();
    for who in ["ana", "beto"] {
        for sequence in [0, 1] {
            let to = format!("{who}@Example.org");
            let (session, who) = ("one".to_owned(), who.to_owned());
            let time = Time { start: chrono::DateTime::from_timestamp(sequence.into(), 0), end: None };
            let invitation = Invitation {
                uid: UID.to_owned(),
                session,
                who,
                name: String::new(),
                title: String::new(),
                to,
                sequence,
                dtstamp: chrono::DateTime::UNIX_EPOCH,
                since: sequence,
                time,
                cancelled: false,
                given: None,
            };
            invitations.sent(invitation);
        }
    }
    invitations
}

fn answer(who: &str, from: &str, sequence: u32, minute: i64) -> Answer {
    Answer {
        uid: UID.to_owned(),
        attendee: format!("{who}@example.org"),
        response: if minute % 2 == 0 { Response::Accepted } else { Response::Declined },
        sequence,
        dtstamp: chrono::DateTime::from_timestamp(minute * 60, 0).unwrap(),
        comment: None,
        from: Sender::Mail(format!("{from}@example.org")),
    }
}

const RULES: Rules<'_> = Rules { organizer: Some("mesa@example.org"), without_sender: false };

fn refusal(answer: &Answer) -> String {
    let Verdict::Refused(why) = apply(&mut invited(), answer, RULES) else { panic!("{answer:?}") };
    why.en.into_owned()
}

#[test]
fn the_organizer_alone_turns_a_proposal_down() {
    let decline = |from: &str| Answer { response: Response::DeclineCounter, ..answer("ana", from, 1, 0) };
    assert!(matches!(apply(&mut invited(), &decline("mesa"), RULES), Verdict::Counts(_)));
    assert!(refusal(&decline("ana")).contains("only the organizer"));
    let nobody = Rules { organizer: None, ..RULES };
    let unsent = Answer { from: Sender::Mail(String::new()), ..decline("mesa") };
    assert!(matches!(apply(&mut invited(), &decline("mesa"), nobody), Verdict::Refused(_)));
    assert!(matches!(apply(&mut invited(), &unsent, RULES), Verdict::Refused(_)));
}

#[test]
fn vouching_is_for_files_alone() {
    let vouched = Rules { without_sender: true, ..RULES };
    let judged = |from: Sender| apply(&mut invited(), &Answer { from, ..answer("ana", "ana", 1, 0) }, vouched);
    assert!(matches!(judged(Sender::Nobody), Verdict::Counts(_)));
    assert!(matches!(judged(Sender::Unclear), Verdict::Refused(_)));
    assert!(matches!(judged(Sender::Forged("ana@example.org".to_owned())), Verdict::Refused(_)));
}

proptest! {
    /// The last valid answer of each person stands, in whatever order and however often all are read.
    #[test]
    fn order_does_not_matter(
        given in prop::collection::vec((0usize..2, 0usize..3, 0u32..3, 0i64..40), 0..12),
        seed in any::<u64>(),
    ) {
        let names = ["ana", "beto", "eva"];
        let answers: Vec<Answer> =
            given.iter().map(|(who, from, sequence, minute)| answer(names[*who], names[*from], *sequence, *minute)).collect();
        let mut shuffled: Vec<(u64, &Answer)> =
            answers.iter().enumerate().map(|(n, answer)| (seed.rotate_left(n as u32 * 7) ^ n as u64, answer)).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let mut invitations = invited();
        for (_, answer) in &shuffled {
            apply(&mut invitations, answer, RULES);
        }
        for who in ["ana", "beto"] {
            let address = format!("{who}@example.org");
            let valid = answers.iter().filter(|answer| {
                answer.attendee == address && answer.from == Sender::Mail(address.clone()) && answer.sequence == 1
            });
            let last = valid.max_by_key(|answer| answer.dtstamp).map(|answer| answer.dtstamp);
            let invitation = invitations.of(UID, &address).unwrap();
            prop_assert_eq!(invitation.given.as_ref().map(|given| given.dtstamp), last);
        }
        for answer in &answers {
            prop_assert!(!matches!(apply(&mut invitations, answer, RULES), Verdict::Counts(_)), "a second reading");
        }
    }
}
