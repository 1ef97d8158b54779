//! What a panel knows while a run goes on: the truth, what is still to be done, and every request that came.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use cprekey_core::api::wire::Shape;
use cprekey_core::api::{Answer, Fault};
use cprekey_core::brake::Cause;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};

use crate::case::Case;
use crate::clock;
use crate::envelope::envelope;
use crate::fate::{Fate, Fates};
use crate::faults::{Does, Says};
use crate::reply::{Raw, spoilt};
use crate::work::{Kind, Request, Work};
use crate::world::{Said, World};

/// A request that came.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) at: Duration,
    pub(crate) request: Request,
    says: Says,
    /// What the panel truly said to each command, and whether it did it.
    truth: Vec<(Said, bool)>,
    /// The verdicts on its commands that were delivered in an envelope that nothing is wrong with.
    pub(crate) delivered: Option<Vec<bool>>,
    /// Why it should not have come, where that is so.
    pub(crate) barred: Option<Cause>,
    pub(crate) after_denial: bool,
    pub(crate) after_leaving: bool,
    /// The row that the journal does not say to be under way.
    pub(crate) unintended: Option<usize>,
    /// The row that an earlier session has settled.
    pub(crate) resent: Option<usize>,
}

/// What the panel is still to do.
#[derive(Debug)]
struct Due {
    at: Duration,
    number: usize,
    /// How many of the request's commands it carries out; it says something to all of them.
    does: usize,
    /// Whether what it says is what the request is answered by.
    answers: bool,
}

#[derive(Debug)]
pub(crate) struct State {
    world: World,
    dice: StdRng,
    fates: Fates,
    whm: bool,
    timeout: Duration,
    due: Vec<Due>,
    pub(crate) seen: Vec<Seen>,
    /// What was said last to requests of a kind.
    earlier: HashMap<(Kind, &'static str), (Value, Vec<bool>)>,
    /// The targets to which a panel said what is not so.
    pub(crate) lied_to: HashSet<String>,
    /// The targets whose verification was truly answered after the last request for them.
    pub(crate) proven: HashSet<String>,
    pub(crate) under_way: usize,
    pub(crate) most_under_way: usize,
    pub(crate) denials: usize,
    /// The most in a session before this one.
    pub(crate) most_denials: usize,
    /// Whether the panel has refused the credential, or shown another certificate.
    shut: bool,
    /// Whether the user left at once.
    pub(crate) left: bool,
}

impl State {
    pub(crate) fn new(case: &Case) -> Self {
        let mut dice = StdRng::seed_from_u64(case.dice);
        Self {
            world: case.world.clone(),
            fates: Fates::of(case, &mut dice),
            dice,
            whm: case.whm,
            timeout: case.settings.timeout,
            due: Vec::new(),
            seen: Vec::new(),
            earlier: HashMap::new(),
            lied_to: HashSet::new(),
            proven: HashSet::new(),
            under_way: 0,
            most_under_way: 0,
            denials: 0,
            most_denials: 0,
            shut: false,
            left: false,
        }
    }

    /// The truth once all is done that the panel is still to do.
    pub(crate) fn world_in_the_end(&mut self) -> &World {
        self.work_until(Duration::MAX);
        &self.world
    }

    /// A number from 0 to 1, for what the run itself draws.
    pub(crate) fn roll(&mut self) -> f64 {
        self.dice.random_range(0.0..1.0)
    }

    /// Begins another session of the run: another process, which knows nothing of what the panel refused before.
    pub(crate) fn begin_session(&mut self) {
        self.most_denials = self.most_denials.max(self.denials);
        self.denials = 0;
        self.shut = false;
        self.left = false;
    }

    pub(crate) fn arrive(&mut self, request: Request, barred: Option<Cause>) -> (usize, Fate) {
        let at = clock::elapsed();
        let fate = self.fates.draw(&request, at, &mut self.dice);
        let number = self.seen.len();
        self.plan(number, &request, at, fate);
        for target in request.works.iter().filter_map(Work::target) {
            self.proven.remove(target);
        }
        self.seen.push(Seen {
            at,
            request,
            says: fate.says,
            truth: Vec::new(),
            delivered: None,
            barred,
            after_denial: self.shut,
            after_leaving: self.left,
            unintended: None,
            resent: None,
        });
        self.under_way += 1;
        self.most_under_way = self.most_under_way.max(self.under_way);
        (number, fate)
    }

    /// Plans when the panel works on a request, and how often. It does so whether or not the client still waits.
    fn plan(&mut self, number: usize, request: &Request, at: Duration, fate: Fate) {
        if matches!(fate.says, Says::NoConnection | Says::BrokeBefore | Says::NoTrust) {
            return;
        }
        let all = request.works.len();
        let mut due = |after, does, answers| self.due.push(Due { at: at + after, number, does, answers });
        let seconds = |dice: &mut StdRng, most: u64| Duration::from_millis(dice.random_range(1..most * 1000));
        match fate.does {
            Does::AsAsked | Does::Perhaps => due(fate.work, all, true),
            Does::Nothing => due(fate.work, 0, true),
            Does::Some => due(fate.work, self.dice.random_range(0..=all), true),
            Does::Twice => {
                due(fate.work, all, true);
                due(fate.work + seconds(&mut self.dice, 5), all, false);
            }
            Does::Late => due(self.timeout + seconds(&mut self.dice, 120), all, true),
        }
    }

    /// Does what is due, in order.
    fn work_until(&mut self, now: Duration) {
        while let Some(next) = self.next_due(now) {
            let Due { at, number, does, answers } = self.due.remove(next);
            self.world.now = at;
            let seen = &mut self.seen[number];
            let perform = |(index, work): (usize, &Work)| {
                let said = self.world.perform(work, index < does);
                let done = said.yes && index < does;
                (said, done)
            };
            let truth = seen.request.works.iter().enumerate().map(perform).collect();
            if answers {
                seen.truth = truth;
            }
        }
    }

    fn next_due(&self, now: Duration) -> Option<usize> {
        let due = self.due.iter().enumerate().filter(|(_, due)| due.at <= now);
        due.min_by_key(|(_, due)| (due.at, due.number)).map(|(index, _)| index)
    }

    /// What comes back for a request.
    pub(crate) fn reply(&mut self, number: usize, says: Says, shape: Shape) -> Raw {
        self.work_until(clock::elapsed());
        let seen = &self.seen[number];
        let request = &seen.request;
        let key = (request.kind, request.works.first().map_or("", name));
        let truth: Vec<Said> = seen.truth.iter().map(|(said, _)| said.clone()).collect();
        let told = told(says, request, &truth);
        let whole = envelope(request, self.whm, &told);
        let verdicts: Vec<bool> = told.iter().map(|said| said.yes).collect();
        let (value, delivered) = match says {
            Says::EarlierAnswer => self.earlier.get(&key).cloned().unwrap_or((whole, verdicts)),
            _ => (whole, verdicts),
        };
        self.earlier.insert(key, (value.clone(), delivered.clone()));
        if is_whole(says, request, &told) {
            self.deliver(number, &delivered);
        }
        match says {
            Says::NullData if key.0 == Kind::Batch => Raw::json(&json!({
                "metadata": {"command": "batch", "version": 1, "result": 1, "reason": "OK"}, "data": null,
            })),
            _ => spoilt(says, &value, shape, &mut self.dice),
        }
    }

    /// Notes what is delivered, and to whom it is not the truth.
    fn deliver(&mut self, number: usize, verdicts: &[bool]) {
        let seen = &mut self.seen[number];
        seen.delivered = Some(verdicts.to_vec());
        for (index, (work, (_, done))) in seen.request.works.iter().zip(&seen.truth).enumerate() {
            if let Some(target) = work.target()
                && verdicts.get(index) != Some(done)
            {
                self.lied_to.insert(target.to_owned());
            }
            if let Some(target) = work.proves()
                && seen.truth[index].0.yes
                && matches!(seen.says, Says::Truth | Says::Slowly(_))
            {
                self.proven.insert(target.to_owned());
            }
        }
    }

    /// Notes what the client made of it.
    pub(crate) fn answered(&mut self, _number: usize, result: &Result<Answer, Fault>) {
        if matches!(result, Err(Fault::Denied { .. })) {
            self.denials += 1;
        }
        self.shut |= matches!(result, Err(Fault::Denied { .. } | Fault::Untrusted { .. }));
    }
}

/// What the panel says to each command.
fn told(says: Says, request: &Request, truth: &[Said]) -> Vec<Said> {
    let said = |(work, truth): (&Work, &Said)| match says {
        Says::OddNo => Said::no("The request failed. (Error ID: a1b2c3)"),
        Says::Yes => Said::yes(yes_to(work)),
        // Where nobody owns a domain, null is the truth.
        Says::NullData if !matches!(work, Work::OwnerOf { .. }) => Said { data: Value::Null, ..truth.clone() },
        Says::OddData => Said { data: json!(2), ..truth.clone() },
        _ => truth.clone(),
    };
    request.works.iter().zip(truth).map(said).collect()
}

/// The data of a yes to what gives a password.
fn yes_to(work: &Work) -> Value {
    match work {
        Work::ChangeOwn { .. } => json!([{"status": 1, "statustxt": "Changed."}]),
        Work::SetAccount { .. } => json!({"app": ["system"]}),
        _ => Value::Null,
    }
}

/// Whether nothing is wrong with the envelope, and nothing is missing that the function answers.
fn is_whole(says: Says, request: &Request, told: &[Said]) -> bool {
    match says {
        Says::Truth | Says::Slowly(_) | Says::OddNo | Says::Yes | Says::EarlierAnswer => true,
        Says::NullData => match (&request.works[..], told) {
            ([Work::ChangeOwn { .. }], [said]) => !said.yes,
            _ => request.kind == Kind::Change,
        },
        _ => false,
    }
}

fn name(work: &Work) -> &'static str {
    match work {
        Work::WhoAmI => "user",
        Work::Strength => "strength",
        Work::Mailboxes { .. } => "mailboxes",
        Work::Accounts => "accounts",
        Work::OwnerOf { .. } => "owner",
        Work::Set { .. } => "set",
        Work::Verify { .. } => "verify",
        Work::SetAccount { .. } => "passwd",
        Work::ChangeOwn { .. } => "change",
    }
}
