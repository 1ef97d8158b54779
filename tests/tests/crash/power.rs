//! A power cut at every system call.

use std::path::Path;

use cprekey_tests::{program, program_without_sync};

use crate::chance::Chance;
use crate::follow::Then;
use crate::image::Disk;
use crate::judge::{Befallen, End, undisturbed};
use crate::scene::{Scene, Way};
use crate::{sum, workers};

const WAYS: [Way; 2] = [Way::Overlapping, Way::Batched];

/// A worker's scene, and its disk.
struct Rig {
    scene: Scene,
    disk: Disk,
}

/// What was found at the points of one kind of program.
struct Found {
    points: usize,
    /// What was done or told without a trace.
    traceless: Vec<String>,
    /// What did not come to the end of an undisturbed run.
    unfinished: Vec<String>,
}

/// PRC-02: whatever the moment at which the power fails, what the panel was asked to do stands on the disk, and so does what was told; and the run
/// is gone on with from there. A program that does not sync is found out by the same test.
#[test]
fn a_run_whose_power_fails_has_left_a_trace_of_all_that_it_did() {
    let points = sum::size("CPREKEY_CRASH_POINTS", 20);
    let found = try_at(&program("cprekey"), points, true);
    let line = format!(
        "power: {} points, {} done or told without a trace, {} unfinished",
        found.points,
        found.traceless.len(),
        found.unfinished.len()
    );
    // Each of these is another program than users have: a few show that the test has eyes.
    let without = try_at(&program_without_sync("cprekey"), (points / 5).clamp(20, 200), false);
    let line = format!(
        "{line}; without the sync: {} found at {} points (seed {})",
        without.traceless.len(),
        without.points,
        sum::seed()
    );
    let mut wrong = [found.traceless, found.unfinished].concat();
    if without.traceless.is_empty() {
        wrong.push(String::from("a program that does not sync was not found out"));
    }
    sum::close(&line, &wrong);
}

fn try_at(program: &Path, count: usize, is_finished: bool) -> Found {
    let rigs: Vec<_> = (0..workers::count()).map(|_| Rig { scene: Scene::new(program), disk: Disk::new() }).collect();
    let ends = WAYS.map(|way| (way, undisturbed(&rigs[0].scene, rigs[0].disk.path(), way)));
    let points = ends.iter().flat_map(|(way, (end, stops))| (1..=*stops).map(move |stop| (*way, end, stop)));
    let points = Chance::new(sum::seed()).some(points.collect(), count);
    let tried = workers::share(rigs, points, |rig, (way, end, stop)| rig.point(way, stop, is_finished.then_some(end)));
    let mut found = Found { points: 0, traceless: Vec::new(), unfinished: Vec::new() };
    for (traceless, unfinished) in tried.into_iter().flatten() {
        found.points += 1;
        found.traceless.extend(traceless);
        found.unfinished.extend(unfinished);
    }
    found
}

impl Rig {
    /// Cuts the power at one stop, and says what is wrong then: what left no trace, and what did not come to its end, where that is of interest.
    /// Nothing where the run ended before.
    fn point(&self, way: Way, stop: usize, end: Option<&End>) -> Option<(Vec<String>, Vec<String>)> {
        let Self { scene, disk } = self;
        let wanted = scene.list(disk.path());
        disk.sync();
        let (followed, _) = scene.follow(disk.path(), "out", &scene.apply(way), |at| {
            if at.number == stop {
                disk.fail();
                return Then::Kill;
            }
            Then::GoOn
        });
        if followed.code != 137 {
            return None;
        }
        let left = disk.left();
        let befallen = Befallen::new(scene, left.path(), &wanted, way);
        let mut traceless = befallen.untrue_words();
        let unfinished = end.map(|end| befallen.resumed(end)).unwrap_or_default();
        traceless.extend(befallen.untraced());
        let at = |wrong: Vec<String>| wrong.into_iter().map(|wrong| format!("{way:?}, stop {stop}: {wrong}")).collect();
        Some((at(traceless), at(unfinished)))
    }
}
