//! How fast requests may leave: at most so many a second, first come, first served, and not before the panel wants us back.

use std::cell::Cell;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use thiserror::Error;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

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

    /// The limiter's terms. After a silence a hundredth of a second's worth may leave at once: few, so that no second sees
    /// more than the rate and those; but at least two, because timers are late, where two are not twice the second's rate.
    fn quota(self) -> Option<Quota> {
        let gap = self.gap?;
        let hundredth = Duration::from_millis(10).as_nanos() / gap.as_nanos().max(1);
        let least = if gap > Duration::from_millis(100) { 1 } else { 2 };
        let burst = NonZeroU32::new(u32::try_from(hundredth).unwrap_or(u32::MAX).max(least))?;
        Quota::with_period(gap).map(|quota| quota.allow_burst(burst))
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

/// Lets requests to one panel leave at its [`Rate`], in the order in which they came.
pub struct Pace {
    clock: TokioClock,
    limiter: Option<Limiter>,
    /// Whoever holds it is next; the others wait in line instead of racing for the limiter.
    turn: Mutex<()>,
    held_until: Cell<Option<Instant>>,
}

impl Pace {
    /// A pace that begins now.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        let clock = TokioClock { epoch: Instant::now() };
        let limiter = rate.quota().map(|quota| RateLimiter::direct_with_clock(quota, clock.clone()));
        Self { clock, limiter, turn: Mutex::new(()), held_until: Cell::new(None) }
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
        let later = self.held_until.get().map_or(until, |held| held.max(until));
        self.held_until.set(Some(later));
    }

    /// When to ask again; `None` takes the turn.
    fn not_before(&self) -> Option<Instant> {
        if let Some(held) = self.held_until.get().filter(|&held| held > Instant::now()) {
            return Some(held);
        }
        let refusal = self.limiter.as_ref()?.check().err()?;
        Some(self.clock.epoch + refusal.earliest_possible())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_typed() {
        for (text, micros) in
            [("10", 100_000), ("10/s", 100_000), ("30/m", 2_000_000), ("0.5/s", 2_000_000), ("5000", 200)]
        {
            assert_eq!(text.parse::<Rate>().unwrap().gap(), Some(Duration::from_micros(micros)), "{text}");
        }
        assert_eq!("none".parse(), Ok(Rate::UNLIMITED));
        for text in ["", "0", "-1", "ten", "10/h", "NaN", "inf", "10/s/s", "1e9"] {
            assert_eq!(text.parse::<Rate>(), Err(RateError), "{text}");
        }
    }

    /// The moments, in milliseconds, at which `count` requests may leave.
    async fn departures(pace: &Pace, count: usize) -> Vec<u128> {
        let start = Instant::now();
        let mut moments = Vec::new();
        for _ in 0..count {
            pace.ready().await;
            moments.push(start.elapsed().as_millis());
        }
        moments
    }

    #[tokio::test(start_paused = true)]
    async fn fifty_a_second_is_held_and_no_second_has_more_than_fifty_two() {
        let moments = departures(&Pace::new("50/s".parse().unwrap()), 501).await;
        let whole = moments[500];
        assert!((9_900..=10_100).contains(&whole), "501 requests took {whole} ms");
        for (index, &start) in moments.iter().enumerate() {
            let within = moments[index..].iter().take_while(|&&moment| moment < start + 1_000).count();
            assert!(within <= 52, "{within} requests in the second from {start} ms");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn slow_rates_do_not_begin_with_a_burst() {
        let moments = departures(&Pace::new("30/m".parse().unwrap()), 3).await;
        assert!(moments[0] < 2 && (1_999..2_010).contains(&moments[1]), "{moments:?}");
    }

    /// NET-34.
    #[tokio::test(start_paused = true)]
    async fn a_hold_is_for_everybody_and_never_shortened() {
        let pace = Pace::new(Rate::UNLIMITED);
        pace.hold(Duration::from_secs(30));
        pace.hold(Duration::from_secs(5));
        let moments = departures(&pace, 2).await;
        assert!(moments.iter().all(|&moment| (30_000..30_010).contains(&moment)), "{moments:?}");
    }
}
