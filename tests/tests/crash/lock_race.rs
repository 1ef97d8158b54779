//! Fifty at once on one list.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use cprekey_tests::program;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;
use serde_json::json;

use crate::scene::{Scene, Way};
use crate::sum;

/// How many begin at the same time.
const AT_ONCE: usize = 50;

/// How many are there at the same time when whoever has the lock is killed.
const HEIRS: usize = 6;

/// How long an answer takes, in milliseconds: a run is longer than all others take to begin.
const LATENCY: u64 = 500;

/// How long the lock of one that was killed may stay, at most.
const MOST: Duration = Duration::from_secs(1);

/// What stands in the message to one that came while the winner had the lock, and had not written yet who it is.
const JUST_NOW: &str = "in use by another run, which begins just now";

/// A program that was started, and has ended.
struct Starter {
    process: u32,
    code: i32,
    said: String,
}

/// PRC-09: of fifty runs that begin at the same moment exactly one goes on, and every other one says who that is; the lock of one that is killed is
/// taken over at once, by exactly one.
#[test]
fn of_many_that_begin_at_once_exactly_one_runs() {
    let scene = Scene::new(&program("cprekey"));
    let rounds = sum::size("CPREKEY_CRASH_ROUNDS", 1);
    let (mut wrong, mut just_now, mut longest) = (Vec::new(), 0, Duration::ZERO);
    for round in 1..=rounds {
        let state = scene.path("state");
        scene.list(&state);
        scene.panel.behaviour(&json!({"latency_ms": LATENCY}));
        let race = begin(&scene, &state, AT_ONCE);
        let (found, names) = judged(&race, scene.changes().len());
        just_now += names;
        let (heirs, taken_after) = inherited(&scene, &state);
        longest = longest.max(taken_after);
        let found = found.into_iter().chain(heirs);
        wrong.extend(found.map(|wrong| format!("round {round}: {wrong}")));
    }
    if longest > MOST {
        wrong.push(format!("a lock was taken over after {longest:?}"));
    }
    let line = format!(
        "lock-race: {rounds} rounds of {AT_ONCE}: 1 ran and {} were told by whom, {just_now} of them that it just begins; \
         a killed one's lock taken over in {} ms at most",
        AT_ONCE - 1,
        longest.as_millis()
    );
    sum::close(&line, &wrong);
}

/// Starts so many at one moment, and waits until they have ended; once all but one have, the panel answers at once.
fn begin(scene: &Scene, state: &Path, count: usize) -> Vec<Starter> {
    let mut children: Vec<_> = (0..count).map(|number| waiting(scene, state, number)).collect();
    for child in &children {
        let waits = waitpid(id(child), Some(WaitPidFlag::WUNTRACED)).unwrap();
        assert!(matches!(waits, nix::sys::wait::WaitStatus::Stopped(..)), "{waits:?}");
    }
    for child in &children {
        kill(id(child), Signal::SIGCONT).unwrap();
    }
    until(|| children.iter_mut().map(|child| usize::from(child.try_wait().unwrap().is_none())).sum::<usize>() <= 1);
    scene.panel.behaviour(&json!({"latency_ms": 0}));
    until(|| children.iter_mut().all(|child| child.try_wait().unwrap().is_some()));
    let ended = children.into_iter().enumerate().map(|(number, mut child)| Starter {
        process: child.id(),
        code: child.wait().unwrap().code().unwrap_or(-1),
        said: fs::read_to_string(scene.path(&format!("race{number}.err"))).unwrap(),
    });
    ended.collect()
}

fn waiting(scene: &Scene, state: &Path, number: usize) -> Child {
    scene.waiting(state, &format!("race{number}"), &scene.apply(Way::Single)).spawn().unwrap()
}

fn id(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

/// Waits until something is so; panics where it is not in two minutes.
fn until(mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(120), "it takes too long");
        thread::sleep(Duration::from_millis(2));
    }
}

/// What is wrong with a race, and how many were told that the winner just begins.
fn judged(race: &[Starter], changes: usize) -> (Vec<String>, usize) {
    let (losers, winners): (Vec<_>, Vec<_>) = race.iter().partition(|starter| starter.code == 1);
    let [winner] = winners[..] else {
        return (vec![format!("{} of {} ran: {}", winners.len(), race.len(), losers[0].said)], 0);
    };
    let name = format!("in use by process {} of ", winner.process);
    let just_now = losers.iter().filter(|loser| loser.said.contains(JUST_NOW)).count();
    let strange = losers.iter().filter(|loser| !loser.said.contains(JUST_NOW) && !loser.said.contains(&name));
    let mut wrong: Vec<_> =
        strange.map(|loser| format!("process {} ran, and one was told: {}", winner.process, loser.said)).collect();
    if winner.code != 3 || changes != 16 {
        wrong.push(format!("the winner ended with {} after {changes} changes: {}", winner.code, winner.said));
    }
    (wrong, just_now)
}

/// Kills a run in its middle while others wait for their beginning: what is wrong with how one of them takes over, and how long that takes.
fn inherited(scene: &Scene, state: &Path) -> (Vec<String>, Duration) {
    scene.list(state);
    scene.panel.behaviour(&json!({"latency_ms": 50}));
    let mut killed = waiting(scene, state, AT_ONCE);
    waitpid(id(&killed), Some(WaitPidFlag::WUNTRACED)).unwrap();
    kill(id(&killed), Signal::SIGCONT).unwrap();
    until(|| scene.changes().len() >= 2);
    scene.panel.behaviour(&json!({"latency_ms": LATENCY}));
    killed.kill().unwrap();
    killed.wait().unwrap();
    let death = Instant::now();
    let before = fs::read_to_string(lock(state)).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let heirs = thread::scope(|scope| {
        scope.spawn(move || {
            until(|| fs::read_to_string(lock(state)).is_ok_and(|now| !now.is_empty() && now != before));
            tell.send(death.elapsed()).unwrap();
        });
        begin(scene, state, HEIRS)
    });
    let changes = scene.changes().len();
    let made_before = changes.saturating_sub(16);
    let (mut wrong, _) = judged(&heirs, changes - made_before);
    let dead = format!("in use by process {} ", killed.id());
    let misled = heirs.iter().filter(|heir| heir.said.contains(&dead));
    wrong.extend(misled.map(|heir| format!("one was told of a process that is dead: {}", heir.said)));
    (wrong, told.recv().unwrap())
}

/// The one lock that there is.
fn lock(state: &Path) -> std::path::PathBuf {
    let mut entries = fs::read_dir(state.join("cprekey/locks")).unwrap().map(|entry| entry.unwrap().path());
    entries.next().unwrap_or_default()
}
