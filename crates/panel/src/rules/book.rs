//! The rules that hold now, and how often each was met.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use super::rule::Rule;
use crate::http::Request;

/// All rules, in the order they were given.
#[derive(Default)]
pub(crate) struct RuleBook(RefCell<Vec<Standing>>);

/// A rule with its counts.
struct Standing {
    rule: Rc<Rule>,
    seen: Cell<u64>,
    fired: Cell<u64>,
}

/// A rule, as the control port tells it.
#[derive(Serialize)]
pub(crate) struct Told {
    /// The rule as it was given.
    pub(crate) rule: Value,
    /// How many requests it was about.
    pub(crate) seen: u64,
    /// How many of them it decided.
    pub(crate) fired: u64,
}

impl RuleBook {
    /// Adds a rule behind the others.
    pub(crate) fn add(&self, rule: Rule) {
        self.0.borrow_mut().push(Standing { rule: Rc::new(rule), seen: Cell::new(0), fired: Cell::new(0) });
    }

    /// Takes all rules away.
    pub(crate) fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// The first rule whose turn it is, for a request about the mailbox `address`; every rule counts every request that
    /// it is about.
    pub(crate) fn decide(&self, request: &Request, address: Option<&str>) -> Option<Rc<Rule>> {
        let mut decided = None;
        for standing in &*self.0.borrow() {
            if standing.rule.concerns(request, address) {
                standing.seen.set(standing.seen.get() + 1);
                if decided.is_none() && standing.rule.means(standing.seen.get()) {
                    standing.fired.set(standing.fired.get() + 1);
                    decided = Some(Rc::clone(&standing.rule));
                }
            }
        }
        decided
    }

    /// The rules and their counts.
    pub(crate) fn told(&self) -> Vec<Told> {
        let told = |standing: &Standing| Told {
            rule: standing.rule.told.clone(),
            seen: standing.seen.get(),
            fired: standing.fired.get(),
        };
        self.0.borrow().iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;
    use crate::http::post;
    use crate::rules::answer::Answer;

    #[test]
    fn the_first_rule_whose_turn_it_is_decides_and_all_count() {
        let book = RuleBook::default();
        for told in [json!({"match": {"count": 1}, "answer": "lie"}), json!({"match": {"from": 2}, "answer": "empty"})]
        {
            book.add(Rule::try_from(told).unwrap());
        }
        let answers: Vec<_> = (0..3).map(|_| book.decide(&post("/", "", ""), None).unwrap()).collect();
        assert_eq!(answers[0].answer, Answer::Lie {});
        assert_eq!(answers[1].answer, Answer::Empty {});
        assert_eq!(answers[2].answer, Answer::Empty {});
        assert_eq!(book.told().iter().map(|told| (told.seen, told.fired)).collect::<Vec<_>>(), [(3, 1), (3, 2)]);
    }
}
