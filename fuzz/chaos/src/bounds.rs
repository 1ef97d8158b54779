//! How many requests a run may send, and how long it may take.

use std::time::Duration;

use cprekey_core::pace::Rate;

use crate::case::Case;
use crate::faults::Says;
use crate::rows::Kind;

/// The longest wait between two tries that a run draws by itself.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The longest that a run waits because the panel asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// No run has more sessions: those that the program does not outlive, one that the disk does not, and one more.
pub(crate) const MOST_SESSIONS: u32 = 4;

/// No session sends more requests: every question and every change as often as it may be tried, a batch for each change at most, and one
/// verification of each before and after, which may be tried as often.
pub(crate) fn most_requests(case: &Case) -> usize {
    let tries = case.settings.retries as usize + 1;
    let changes = case.rows.iter().filter(|row| matches!(row.kind, Kind::Change(_))).count();
    let domains: usize = case.world.accounts.values().map(|account| account.domains.len()).sum();
    let questions = if case.settings.preflight { 4 + case.world.accounts.len() + domains + changes } else { 0 };
    tries * (questions + 4 * changes)
}

/// No session takes longer: each request as long as an answer is waited for, and before each the longest wait
/// and the gap of the rate.
pub(crate) fn longest(case: &Case) -> Duration {
    let asks_for_pauses = case.troubles.misconducts.iter().any(|misconduct| matches!(misconduct.says, Says::Busy(_)));
    let wait = if asks_for_pauses { LONGEST_PAUSE } else { LONGEST_WAIT };
    let gap = rate(case).gap().unwrap_or_default();
    let requests = u32::try_from(most_requests(case)).unwrap_or(u32::MAX);
    (case.settings.timeout + wait + gap) * requests + Duration::from_secs(1)
}

pub(crate) fn rate(case: &Case) -> Rate {
    case.settings.rate.parse().expect("a rate")
}

/// The most requests that may leave in a second, where there is a limit: the rate and a fiftieth of it, or the rate where that is no whole
/// request.
pub(crate) fn most_in_a_second(case: &Case) -> Option<usize> {
    let gap = rate(case).gap()?.as_micros();
    let with_fiftieth = 1_020_000 / gap;
    let plain = 999_999_u128.div_ceil(gap);
    usize::try_from(with_fiftieth.max(plain)).ok()
}
