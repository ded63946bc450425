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
                made: Vec::new(),
                since: sequence,
                time,
                cancelled: false,
                returned: None,
                others: Vec::new(),
                given: None,
            };
            invitations.sent(invitation);
        }
    }
    invitations
}

fn answer(who: &str, from: &str, sequence: u32, minute: i64) -> Received {
    Received {
        uid: UID.to_owned(),
        attendee: format!("{who}@example.org"),
        answer: if minute % 2 == 0 { Answer::Accepted } else { Answer::Declined },
        proposal: None,
        sequence,
        dtstamp: chrono::DateTime::from_timestamp(minute * 60, 0).unwrap(),
        partstat: None,
        sent: None,
        guests: None,
        delegate: None,
        comment: None,
        time: None,
        from: Sender::Mail(format!("{from}@example.org")),
    }
}

const RULES: Rules<'_> = Rules { organizer: Some("mesa@example.org"), without_sender: false };

fn refusal(answer: &Received) -> String {
    let Verdict::Refused(why) = apply(&mut invited(), answer, RULES) else { panic!("{answer:?}") };
    why.en.into_owned()
}

#[test]
fn the_organizer_alone_turns_a_proposal_down() {
    let decline = |from: &str| Received { answer: Answer::DeclineCounter, ..answer("ana", from, 1, 0) };
    assert!(matches!(apply(&mut invited(), &decline("mesa"), RULES), Verdict::Counts(_)));
    assert!(refusal(&decline("ana")).contains("only the organizer"));
    let nobody = Rules { organizer: None, ..RULES };
    let unsent = Received { from: Sender::Mail(String::new()), ..decline("mesa") };
    assert!(matches!(apply(&mut invited(), &decline("mesa"), nobody), Verdict::Refused(_)));
    assert!(matches!(apply(&mut invited(), &unsent, RULES), Verdict::Refused(_)));
}

#[test]
fn vouching_is_for_files_alone() {
    let vouched = Rules { without_sender: true, ..RULES };
    let judged = |from: Sender| apply(&mut invited(), &Received { from, ..answer("ana", "ana", 1, 0) }, vouched);
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
        let answers: Vec<Received> =
            given.iter().map(|(who, from, sequence, minute)| answer(names[*who], names[*from], *sequence, *minute)).collect();
        let mut shuffled: Vec<(u64, &Received)> =
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

#[test]
fn of_two_answers_of_one_moment_the_later_mail_counts() {
    let mut invitations = invited();
    let sent = |minute: i64, day: i64| {
        let sent = chrono::DateTime::from_timestamp(day * 86_400, 0);
        Received { sent, dtstamp: chrono::DateTime::UNIX_EPOCH, ..answer("ana", "ana", 1, minute) }
    };
    assert!(matches!(apply(&mut invitations, &sent(0, 1), RULES), Verdict::Counts(_)));
    assert!(matches!(apply(&mut invitations, &sent(1, 2), RULES), Verdict::Counts(_)));
    assert_eq!(apply(&mut invitations, &sent(0, 1), RULES), Verdict::Known);
    assert_eq!(invitations.of(UID, "ana@example.org").unwrap().given.as_ref().unwrap().answer, Answer::Declined);
}

#[test]
fn an_answer_counts_for_the_time_that_it_names() {
    let at = |minute: i64| chrono::DateTime::from_timestamp(minute * 60, 0);
    let mut invitations = invited();
    let known = invitations.of(UID, "ana@example.org").unwrap().clone();
    let time = super::super::invitations::Time { start: at(600), end: None };
    invitations.sent(Invitation { sequence: known.sequence + 1, time, ..known });
    let named = |time, sequence| Received { time, ..answer("ana", "ana", sequence, 0) };
    assert!(
        matches!(apply(&mut invitations, &named(at(600), 0), RULES), Verdict::Counts(_)),
        "it names no version, but the time"
    );
}

#[test]
fn an_earlier_mail_of_the_same_moment_does_not_take_back_a_later_one() {
    let mut invitations = invited();
    let sent = |minute: i64, day: i64| {
        let sent = chrono::DateTime::from_timestamp(day * 86_400, 0);
        Received { sent, dtstamp: chrono::DateTime::UNIX_EPOCH, ..answer("ana", "ana", 1, minute) }
    };
    assert!(matches!(apply(&mut invitations, &sent(1, 2), RULES), Verdict::Counts(_)));
    assert!(matches!(apply(&mut invitations, &sent(0, 1), RULES), Verdict::Refused(_)));
}
