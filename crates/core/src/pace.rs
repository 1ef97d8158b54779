//! How fast requests may leave: at most so many a second, first come, first served, and not before the panel wants us back.
//!
//! Requests leave a gap apart. What was lost to late timers and slow answers is made up within a small slack, so that the rate is reached; and
//! no second sees more than the rate and a fiftieth of it, so that it is held.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use thiserror::Error;
use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, sleep_until};

const SECOND: Duration = Duration::from_secs(1);

/// The second in which departures are counted is so much longer than one at least, because on their way to the panel requests catch up with each other.
const CATCHING_UP: Duration = Duration::from_millis(3);

/// A gap is a whole number of nanoseconds, so that the gaps of a second may fall a little short of it.
const NEARLY_A_SECOND: Duration = Duration::from_micros(999_999);

/// How much lost time is made up: no more than the fiftieth by which a second may exceed the rate.
const SLACK: Duration = Duration::from_millis(20);

/// At most so many requests in a time, or as many as will go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rate {
    /// The time from one request to the next.
    gap: Option<Duration>,
}

/// Why a rate could not be understood.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("a rate is a number above 0, such as 10, 10/s or 30/m, or the word none")]
pub struct RateError;

impl Rate {
    /// No limit but the number of jobs.
    pub const UNLIMITED: Self = Self { gap: None };
    /// Ten a second: gentle enough for any server.
    pub const DEFAULT: Self = Self { gap: Some(Duration::from_millis(100)) };

    /// The time from one request to the next, where there is a limit.
    #[must_use]
    pub const fn gap(self) -> Option<Duration> {
        self.gap
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        if text == "none" {
            return Ok(Self::UNLIMITED);
        }
        let (count, seconds) = match text.split_once('/') {
            None => (text, 1.0),
            Some((count, "s")) => (count, 1.0),
            Some((count, "m")) => (count, 60.0),
            Some(_) => return Err(RateError),
        };
        let per_second = count.parse::<f64>().map_err(|_| RateError)? / seconds;
        if !(1e-5..=1e6).contains(&per_second) {
            return Err(RateError);
        }
        Ok(Self { gap: Some(Duration::from_secs_f64(per_second.recip())) })
    }
}

/// Tokio's clock, which tests can hold still, as the limiter wants it.
#[derive(Clone)]
struct TokioClock {
    epoch: Instant,
}

impl Clock for TokioClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.epoch.elapsed()
    }
}

type Limiter = RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Duration>>;

/// The limiter's cells that a request takes: fine enough that the slack is a whole number of them.
const CELLS: NonZeroU32 = NonZeroU32::MIN.saturating_add(49);

/// The limiter, and when requests left.
struct Spacing {
    clock: TokioClock,
    limiter: Limiter,
    /// The most that leave in any second: the whole requests of the rate and a fiftieth, or the rate where a fiftieth is not one request.
    most: usize,
    /// That second: half of what the rate itself leaves over of it is for requests that catch up.
    counted: Duration,
    /// When those left that left within that second.
    left: VecDeque<Instant>,
}

impl Spacing {
    fn new(gap: Duration) -> Option<Self> {
        let cell = gap / CELLS.get();
        let slack = u32::try_from(SLACK.as_nanos() / cell.as_nanos().max(1)).unwrap_or(u32::MAX);
        let clock = TokioClock { epoch: Instant::now() };
        let quota = Quota::with_period(cell)?.allow_burst(CELLS.saturating_add(slack));
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        // Nothing was lost yet that could be made up.
        let _taken = NonZeroU32::new(slack).map(|slack| limiter.check_n(slack));
        let with_slack = (SECOND + SLACK).as_nanos() / gap.as_nanos().max(1);
        let rate = NEARLY_A_SECOND.as_nanos().div_ceil(gap.as_nanos().max(1));
        let most = usize::try_from(with_slack.max(rate)).unwrap_or(usize::MAX);
        let by_the_rate = gap * u32::try_from(most).unwrap_or(u32::MAX);
        let counted = SECOND + CATCHING_UP.max(by_the_rate.saturating_sub(SECOND) / 2);
        Some(Self { clock, limiter, most, counted, left: VecDeque::new() })
    }

    /// When to ask again; `None` takes the turn.
    fn not_before(&mut self) -> Option<Instant> {
        let now = Instant::now();
        while self.left.front().is_some_and(|left| *left + self.counted <= now) {
            self.left.pop_front();
        }
        if self.left.len() >= self.most {
            return self.left.front().map(|left| *left + self.counted);
        }
        // The other refusal, of more cells than there can ever be, cannot come: there is room for a request and the slack.
        if let Ok(Err(refusal)) = self.limiter.check_n(CELLS) {
            return Some(self.clock.epoch + refusal.earliest_possible());
        }
        self.left.push_back(now);
        None
    }
}

/// Lets requests to one panel leave at its [`Rate`], in the order in which they came.
pub struct Pace {
    spacing: Option<RefCell<Spacing>>,
    /// Whoever holds it is next; the others wait in line instead of racing for the next moment.
    turn: Mutex<()>,
    held_until: watch::Sender<Option<Instant>>,
}

impl Pace {
    /// A pace that begins now.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        let spacing = rate.gap.and_then(Spacing::new).map(RefCell::new);
        Self { spacing, turn: Mutex::new(()), held_until: watch::Sender::new(None) }
    }

    /// Waits until the next request may leave. A dropped wait takes no turn.
    pub async fn ready(&self) {
        let _turn = self.turn.lock().await;
        while let Some(moment) = self.not_before() {
            sleep_until(moment).await;
        }
    }

    /// Lets nothing leave for so long: the panel asked for it.
    pub fn hold(&self, pause: Duration) {
        let until = Instant::now() + pause;
        self.held_until.send_modify(|held| *held = (*held).max(Some(until)));
    }

    /// Waits until nothing may leave because the panel asked for a pause.
    pub async fn held(&self) {
        let mut holds = self.held_until.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _closed = holds.wait_for(|held| held.is_some_and(|held| held > Instant::now())).await;
    }

    /// When to ask again; `None` takes the turn.
    fn not_before(&self) -> Option<Instant> {
        if let Some(held) = self.held_until.borrow().filter(|&held| held > Instant::now()) {
            return Some(held);
        }
        self.spacing.as_ref()?.borrow_mut().not_before()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
