//! The pace on a clock that is held still: no second sees too much, and no rate is missed.

use std::cell::Cell;
use std::time::Duration;

use futures_util::future::join_all;

use super::*;

#[test]
fn rates_are_read_as_typed() {
    for (text, micros) in [("10", 100_000), ("10/s", 100_000), ("30/m", 2_000_000), ("0.5/s", 2_000_000), ("5000", 200)]
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

/// How long answers take: a share of the time that so many jobs have for each, another one every time; and now and then nothing goes at all.
struct Latency {
    longest: Duration,
    stalls: bool,
    dice: Cell<u64>,
}

impl Latency {
    fn next(&self) -> Duration {
        // Knuth's linear congruential generator: the same waits in every run of the test.
        let dice = self.dice.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.dice.set(dice);
        let share = u32::try_from(dice >> 44).unwrap();
        let stall = if self.stalls && share % 64 == 0 { Duration::from_millis(700) } else { Duration::ZERO };
        stall + self.longest * (share % 1_000) / 1_000
    }
}

/// When so many requests left that several jobs make, one after another each.
async fn departures_of(pace: &Pace, jobs: usize, count: usize, latency: &Latency) -> Vec<Instant> {
    let left = RefCell::new(Vec::with_capacity(count));
    let job = async || {
        while left.borrow().len() < count {
            pace.ready().await;
            left.borrow_mut().push(Instant::now());
            tokio::time::sleep(latency.next()).await;
        }
    };
    join_all((0..jobs).map(|_| job())).await;
    left.into_inner()
}

/// The most departures in any half-open second.
fn most_in_a_second(left: &[Instant]) -> usize {
    let mut begin = 0;
    let mut most = 0;
    for (index, moment) in left.iter().enumerate() {
        while left[begin] + SECOND <= *moment {
            begin += 1;
        }
        most = most.max(index + 1 - begin);
    }
    most
}

const RATES: [u32; 17] = [1, 2, 3, 7, 10, 13, 19, 20, 21, 50, 60, 99, 250, 1_000, 1_001, 3_333, 5_000];

/// POL-03: the pace on the wire is at most the limit and 2 % in every second, also after times in which nothing went.
#[tokio::test(start_paused = true)]
async fn no_second_sees_more_than_the_rate_and_a_fiftieth() {
    for rate in RATES {
        for jobs in [1, 2, 4, 16, 64] {
            for stalls in [false, true] {
                let pace = Pace::new(rate.to_string().parse().unwrap());
                let latency = Latency { longest: Duration::from_millis(150), stalls, dice: Cell::new(u64::from(rate)) };
                let count = usize::try_from(rate * 3).unwrap().clamp(40, 6_000);
                let most = most_in_a_second(&departures_of(&pace, jobs, count, &latency).await);
                let bound = usize::try_from(rate * 51 / 50).unwrap();
                assert!(most <= bound, "{most} in a second at {rate}/s with {jobs} jobs, stalls: {stalls}");
            }
        }
    }
}

/// POL-03: a limit is reached, too, where answers leave time for it.
#[tokio::test(start_paused = true)]
async fn the_rate_is_reached_within_half_a_percent() {
    for rate in RATES {
        for jobs in [1, 2, 4, 16, 64] {
            let limit: Rate = rate.to_string().parse().unwrap();
            let gap = limit.gap().unwrap();
            let share = gap * jobs;
            // Tokio's clock has no less than milliseconds.
            let longest = if share < Duration::from_millis(4) { Duration::ZERO } else { share * 9 / 10 };
            let latency = Latency { longest, stalls: false, dice: Cell::new(u64::from(rate)) };
            let count = usize::try_from(rate * 20).unwrap().clamp(100, 20_000);
            let left = departures_of(&Pace::new(limit), jobs.try_into().unwrap(), count, &latency).await;
            let expected = gap * u32::try_from(count - 1).unwrap();
            let off = (left[count - 1] - left[0]).as_secs_f64() / expected.as_secs_f64() - 1.0;
            assert!(off.abs() <= 0.005, "{rate}/s with {jobs} jobs is off by {:.2} %", off * 100.0);
        }
    }
}

/// POL-03: two do not leave at once at ten a second.
#[tokio::test(start_paused = true)]
async fn ten_a_second_are_a_tenth_apart() {
    let moments = departures(&Pace::new(Rate::DEFAULT), 20).await;
    for pair in moments.windows(2) {
        assert!((100..=104).contains(&(pair[1] - pair[0])), "{moments:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn slow_rates_do_not_begin_with_a_burst() {
    let moments = departures(&Pace::new("30/m".parse().unwrap()), 3).await;
    assert!(moments[0] < 2 && (1_999..2_010).contains(&moments[1]), "{moments:?}");
}

/// NET-18, NET-34: on the clock that only goes on.
#[tokio::test(start_paused = true)]
async fn a_hold_is_for_everybody_and_never_shortened() {
    let pace = Pace::new(Rate::UNLIMITED);
    pace.hold(Duration::from_secs(30));
    pace.hold(Duration::from_secs(5));
    let moments = departures(&pace, 2).await;
    assert!(moments.iter().all(|&moment| (30_000..30_010).contains(&moment)), "{moments:?}");
}
