//! What the members answered, counted.

use std::collections::HashMap;

use super::{Ballot, Poll, Vote};

/// The answers to a poll, by date and by who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// For each who was asked, in order, their answer to each date.
    pub answers: Vec<Vec<Option<Ballot>>>,
    /// The dates, the best first: fewest who cannot come, then fewest who would rather not, then most who can.
    pub best: Vec<usize>,
}

impl Tally {
    pub fn new<'a>(poll: &Poll, votes: impl Iterator<Item = &'a Vote>) -> Tally {
        let mut last: HashMap<(&str, u32), &Vote> = HashMap::new();
        for vote in votes.filter(|vote| vote.poll == poll.poll) {
            let known = last.entry((&vote.who, vote.date)).or_insert(vote);
            // At one moment the more careful answer counts, in whatever order the ledger was merged.
            if (vote.given, std::cmp::Reverse(vote.ballot)) > (known.given, std::cmp::Reverse(known.ballot)) {
                *known = vote;
            }
        }
        let numbers = (1..).take(poll.dates.len());
        let answers = poll
            .voices
            .iter()
            .map(|voice| numbers.clone().map(|date| last.get(&(voice.who.as_str(), date)).map(|vote| vote.ballot)).collect());
        let answers: Vec<Vec<Option<Ballot>>> = answers.collect();
        let count = |date: usize, ballot| answers.iter().filter(|row| row[date] == Some(ballot)).count();
        let mut best: Vec<usize> = (0..poll.dates.len()).collect();
        best.sort_by_key(|date| {
            let [yes, if_need_be, no] = Ballot::ALL.map(|ballot| count(*date, ballot));
            (no, if_need_be, std::cmp::Reverse(yes), poll.dates[*date].0)
        });
        Tally { answers, best }
    }

    /// How many answered so about a date.
    pub fn count(&self, date: usize, ballot: Ballot) -> usize {
        self.answers.iter().filter(|row| row.get(date) == Some(&Some(ballot))).count()
    }

    /// Who has not answered at all, by their place among those asked.
    pub fn silent(&self) -> impl Iterator<Item = usize> {
        self.answers.iter().enumerate().filter(|(_, row)| row.iter().all(Option::is_none)).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::super::Voice;
    use super::*;

    fn hour(hour: u32) -> DateTime<Utc> {
        format!("2027-10-14T{hour:02}:00:00Z").parse().unwrap()
    }

    #[test]
    fn the_latest_answer_counts_and_the_best_date_comes_first() {
        let voice = |who: &str| Voice { who: who.to_owned(), to: String::new(), token: String::new() };
        let poll = Poll {
            poll: "p".to_owned(),
            dates: vec![(hour(14), hour(15)), (hour(16), hour(17)), (hour(18), hour(19))],
            voices: vec![voice("a"), voice("b"), voice("c")],
        };
        let vote =
            |who: &str, date, ballot, at| Vote { poll: "p".to_owned(), who: who.to_owned(), date, ballot, given: hour(at) };
        let mut votes = [
            vote("a", 1, Ballot::Yes, 1),
            vote("a", 1, Ballot::No, 2),
            vote("a", 2, Ballot::Yes, 1),
            vote("b", 2, Ballot::IfNeedBe, 1),
            vote("b", 3, Ballot::Yes, 1),
            vote("x", 3, Ballot::No, 1),
            Vote { poll: "other".to_owned(), ..vote("c", 1, Ballot::Yes, 1) },
        ];
        let tally = Tally::new(&poll, votes.iter());
        assert_eq!(tally.best, [2, 1, 0]);
        assert_eq!(tally.answers[0], [Some(Ballot::No), Some(Ballot::Yes), None]);
        assert_eq!(tally.silent().collect::<Vec<_>>(), [2]);
        votes.reverse();
        assert_eq!(Tally::new(&poll, votes.iter()), tally, "a merged ledger has its lines in any order");
    }
}
