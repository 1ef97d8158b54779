//! What the panel met while one took part, and what follows from it.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use serde_json::Value;

use super::site::Site;
use crate::sample::Sample;

/// One who took part, once.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    pub(super) sample: Sample,
    /// How many passwords were set.
    pub(super) changes: u32,
    /// From the first of them to the last.
    pub(super) span: Duration,
    most_connections: u32,
    connections: u32,
    resumed: u32,
    /// The CPU time of the panel meanwhile.
    panel_cpu: Duration,
}

impl Meeting {
    /// Asks the panel what it has met since it was cleared, when its CPU time was `panel_cpu`.
    pub(super) fn ask(site: &Site, sample: Sample, panel_cpu: Duration) -> Result<Self> {
        let panel_cpu = site.panel.cpu()?.saturating_sub(panel_cpu);
        let counters = site.panel.counters()?;
        let count = |name: &str| {
            let count = counters[name].as_u64().with_context(|| format!("the panel counts no {name}"))?;
            u32::try_from(count).context("the panel has counted too far")
        };
        let journal = site.panel.get("/journal")?;
        let changes = journal["changes"].as_array().context("the panel has no journal")?;
        Ok(Self {
            sample,
            changes: u32::try_from(changes.len())?,
            span: span(changes)?,
            most_connections: count("connections_most")?,
            connections: count("connections_opened")?,
            resumed: count("handshakes_resumed")?,
            panel_cpu,
        })
    }

    /// How busy the panel's core was, of the whole time, in percent.
    pub(super) fn panel_share(&self) -> f64 {
        100.0 * self.panel_cpu.as_secs_f64() / self.sample.wall.as_secs_f64()
    }
}

fn span(changes: &[Value]) -> Result<Duration> {
    let (first, last) = changes.first().zip(changes.last()).context("no password was set")?;
    let at = |change: &Value| -> Result<Timestamp> {
        change["at"].as_str().context("a change has no time")?.parse().context("a change's time is none")
    };
    let span = at(last)?.duration_since(at(first)?).unsigned_abs();
    ensure!(!span.is_zero(), "too few passwords were set to tell a rate");
    Ok(span)
}

/// Passwords a second, from the first to the last: without starting, asking for the mailboxes, and the like.
pub(crate) fn rate(meeting: &Meeting) -> f64 {
    (f64::from(meeting.changes) - 1.0) / meeting.span.as_secs_f64()
}

/// Passwords a second of the whole process, from its start to its end.
pub(crate) fn whole_rate(meeting: &Meeting) -> f64 {
    f64::from(meeting.changes) / meeting.sample.wall.as_secs_f64()
}

/// Microseconds of CPU for each password, those for starting and ending included.
pub(crate) fn cpu_a_row(meeting: &Meeting) -> f64 {
    meeting.sample.cpu.as_secs_f64() * 1e6 / f64::from(meeting.changes)
}

/// The most connections that were open at once.
pub(crate) fn most_connections(meeting: &Meeting) -> f64 {
    f64::from(meeting.most_connections)
}

/// How many of the connections went on with the TLS of an earlier one, in percent.
pub(crate) fn resumed(meeting: &Meeting) -> f64 {
    100.0 * f64::from(meeting.resumed) / f64::from(meeting.connections)
}

/// Passwords a second where `jobs` at once each wait for the panel: those of the first turn only mark the beginning.
pub(crate) fn flow(jobs: u32) -> impl Fn(&Meeting) -> f64 {
    move |meeting| (f64::from(meeting.changes) - f64::from(jobs)) / meeting.span.as_secs_f64()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    pub(in super::super) fn meeting(changes: u32, span: f64, wall: f64) -> Meeting {
        let (wall, cpu) = (Duration::from_secs_f64(wall), Duration::from_millis(500));
        let sample = Sample { wall, cpu, peak: 0, exit: 0, said: String::new(), complained: String::new() };
        let span = Duration::from_secs_f64(span);
        let panel_cpu = Duration::from_secs(1);
        Meeting { sample, changes, span, most_connections: 4, connections: 200, resumed: 150, panel_cpu }
    }

    fn assert_is(figure: f64, expected: f64) {
        assert!((figure - expected).abs() < 1e-6, "{figure} is not {expected}");
    }

    #[test]
    fn a_rate_counts_what_lies_between_the_first_and_the_last() {
        let meeting = meeting(1001, 2.0, 4.0);
        assert_is(rate(&meeting), 500.0);
        assert_is(whole_rate(&meeting), 250.25);
        assert_is(cpu_a_row(&meeting), 500_000.0 / 1001.0);
        assert_is(resumed(&meeting), 75.0);
        assert_is(meeting.panel_share(), 25.0);
    }

    #[test]
    fn a_flow_is_the_ideal_where_nothing_lies_between_two_waits() {
        // 40 rows in five turns of 8, each of which waits for 0.3 s: the panel sets a password and waits then, so that four waits lie between.
        assert_is(flow(8)(&meeting(40, 1.2, 1.5)), 8.0 / 0.3);
        assert_is(flow(8)(&meeting(40, 1.5, 1.8)), 0.8 * 8.0 / 0.3);
        assert_is(flow(1)(&meeting(10, 2.7, 3.0)), 1.0 / 0.3);
    }

    #[test]
    fn a_span_is_read_from_the_journal() {
        let change = |at: &str| json!({"at": at});
        let changes = [change("2026-01-01T00:00:00.900000Z"), change("2026-01-01T00:00:03.150000Z")];
        assert_eq!(span(&changes).unwrap(), Duration::from_millis(2250));
        assert!(span(&changes[..1]).is_err());
        assert!(span(&[]).is_err());
    }
}
