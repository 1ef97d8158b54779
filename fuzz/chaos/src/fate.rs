//! What becomes of each request: drawn from the run's seed, by the misconducts that the run has.

use std::time::Duration;

use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::case::Case;
use crate::faults::{Does, Misconduct, On, Says, When};
use crate::work::{Kind, Request};

/// A misconduct whose moment is drawn.
#[derive(Debug)]
struct Drawn {
    misconduct: Misconduct,
    /// How many requests it was about so far.
    met: usize,
    /// At which of them it happens, where it happens at a certain one.
    place: usize,
    /// When it begins, where it has a time.
    begins: Duration,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fate {
    pub(crate) does: Does,
    pub(crate) says: Says,
    /// How long after its arrival the panel carries it out.
    pub(crate) work: Duration,
    /// How long after its arrival something comes back.
    pub(crate) answer: Duration,
}

/// All misconducts of a run.
#[derive(Debug)]
pub(crate) struct Fates {
    drawn: Vec<Drawn>,
    timeout: Duration,
    fast: bool,
}

impl Fates {
    pub(crate) fn of(case: &Case, dice: &mut StdRng) -> Self {
        let most = case.rows.len() * 3 / 2 + 4;
        let mut draw = |misconduct: &Misconduct| Drawn {
            misconduct: *misconduct,
            met: 0,
            place: if dice.random_bool(0.4) { dice.random_range(0..6) } else { dice.random_range(0..most) },
            begins: Duration::from_secs_f64(10_f64.powf(dice.random_range(-1.0..2.0))),
        };
        Self {
            drawn: case.troubles.misconducts.iter().map(&mut draw).collect(),
            timeout: case.settings.timeout,
            fast: case.fast,
        }
    }

    /// What becomes of this request, `at` so long after the beginning.
    pub(crate) fn draw(&mut self, request: &Request, at: Duration, dice: &mut StdRng) -> Fate {
        let mut befalls = None;
        for drawn in &mut self.drawn {
            if drawn.is_about(request) {
                let happens = drawn.happens(at, dice);
                drawn.met += 1;
                befalls = befalls.or(Some(drawn.misconduct).filter(|_| happens));
            }
        }
        let (slowest, longest) = if self.fast { (1, 2) } else { (300, 100) };
        let work = Duration::from_millis(dice.random_range(0..slowest));
        let answer = work + Duration::from_millis(dice.random_range(1..=longest));
        let Some(Misconduct { does, says, .. }) = befalls else {
            return Fate { does: Does::AsAsked, says: Says::Truth, work, answer };
        };
        let does = match does {
            Does::Perhaps if dice.random_bool(0.5) => Does::AsAsked,
            Does::Perhaps => Does::Nothing,
            other => other,
        };
        let (work, answer) = self.times(says, work, answer, dice);
        Fate { does, says, work, answer }
    }

    /// A broken connection may break before the panel has done its work; what is slow may be so before or after it.
    fn times(&self, says: Says, work: Duration, answer: Duration, dice: &mut StdRng) -> (Duration, Duration) {
        match says {
            Says::BrokeAfter => (work, answer.mul_f64(dice.random_range(0.0..1.5))),
            Says::Silence => (work, self.timeout),
            Says::Slowly(most) => {
                let slow = Duration::from_millis(dice.random_range(0..most * 1000));
                (work + slow.mul_f64(dice.random_range(0.0..1.0)), answer + slow)
            }
            _ => (work, answer),
        }
    }
}

impl Drawn {
    fn is_about(&self, request: &Request) -> bool {
        match self.misconduct.on {
            On::Everything => true,
            On::Changes => request.changes(),
            On::Batches => request.kind == Kind::Batch,
            On::Questions => request.kind == Kind::Question,
            On::Proofs => request.kind == Kind::Proof,
        }
    }

    fn happens(&self, at: Duration, dice: &mut StdRng) -> bool {
        match self.misconduct.when {
            When::Once => self.met == self.place,
            When::FromThenOn => self.met >= self.place,
            When::Percent(percent) => dice.random_range(0..100) < percent,
            When::Seconds(seconds) => (self.begins..self.begins + Duration::from_secs(seconds)).contains(&at),
            When::Turns(seconds) => (at.as_secs() / seconds) % 2 == 1,
        }
    }
}
