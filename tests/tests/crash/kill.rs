//! `kill -9` at every system call.

use std::collections::BTreeMap;
use std::path::PathBuf;

use cprekey_tests::program;

use crate::chance::Chance;
use crate::follow::Then;
use crate::judge::{Befallen, End, undisturbed};
use crate::scene::{Scene, Way};
use crate::{sum, workers};

const WAYS: [Way; 3] = [Way::InTurn, Way::Overlapping, Way::Batched];

/// PRC-01, PRC-13: a run that is killed at any system call, be it where that begins or where it ends, is gone on with to the same end: nothing is
/// lost, nothing is changed twice but what was in flight, and nothing goes untold. The kernel ends a program that has too much memory in the
/// same way.
#[test]
fn a_run_that_is_killed_at_any_system_call_is_gone_on_with() {
    let scenes = Scene::for_workers();
    let (mut ends, mut points) = (BTreeMap::new(), Vec::new());
    for way in WAYS {
        let (end, stops) = undisturbed(&scenes[0], &state(&scenes[0]), way);
        ends.insert(way, end);
        points.extend((1..=stops).map(|stop| (way, stop)));
    }
    let all = points.len();
    let points = Chance::new(sum::seed()).some(points, sum::size("CPREKEY_CRASH_POINTS", 40));
    let tried = workers::share(scenes, points, |scene, (way, stop)| point(scene, way, stop, &ends[&way]));
    let killed = tried.iter().flatten().count();
    let wrong: Vec<_> = tried.into_iter().flatten().flatten().collect();
    let count = |word: &str| wrong.iter().filter(|wrong| wrong.contains(word)).count();
    let line = format!(
        "kill: {killed} points of {all}, {} lost, {} doubled, {} unreported (seed {})",
        count("shadow file") + count("without a trace"),
        count("times"),
        count("resumed") + count("anew") + count("told"),
        sum::seed()
    );
    sum::close(&line, &wrong);
}

fn state(scene: &Scene) -> PathBuf {
    scene.path("state")
}

/// Kills a run at one stop, and says what is wrong then; nothing where it ended before.
fn point(scene: &Scene, way: Way, stop: usize, end: &End) -> Option<Vec<String>> {
    let state = state(scene);
    let wanted = scene.list(&state);
    let (followed, _) =
        scene.follow(&state, "out", &scene.apply(way), |at| if at.number == stop { Then::Kill } else { Then::GoOn });
    if followed.code != 137 {
        return None;
    }
    let befallen = Befallen::new(scene, &state, &wanted, way);
    let mut wrong = befallen.untrue_words();
    wrong.extend(befallen.resumed(end));
    wrong.extend(befallen.untraced());
    Some(wrong.into_iter().map(|wrong| format!("{way:?}, stop {stop}: {wrong}")).collect())
}

/// How much memory a program has at first, in KiB; each time it gets a twelfth more.
const LEAST_MEMORY: u64 = 16 << 10;

/// PRC-13: a run that gets too little memory, be it at its beginning or in its middle, is gone on with as one that was killed.
#[test]
fn a_run_that_has_too_little_memory_is_gone_on_with() {
    let scene = Scene::new(&program("cprekey"));
    let state = state(&scene);
    let (end, _) = undisturbed(&scene, &state, Way::Overlapping);
    let (mut kib, mut short) = (LEAST_MEMORY, 0);
    loop {
        let wanted = scene.list(&state);
        let ended = scene.run_within(kib, &state, "out", &scene.apply(Way::Overlapping));
        if ended.code == end.code {
            break;
        }
        let befallen = Befallen::new(&scene, &state, &wanted, Way::Overlapping);
        let wrong = [befallen.untrue_words(), befallen.resumed(&end), befallen.untraced()].concat();
        assert!(wrong.is_empty(), "{kib} KiB: {ended:?}: {wrong:#?}");
        kib += kib / 12;
        short += 1;
    }
    assert!(short > 3, "{kib} KiB are enough");
}
