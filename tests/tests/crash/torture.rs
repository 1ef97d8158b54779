//! Every call by which a run works on its files fails, in every way that disks know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::thread;
use std::time::Duration;

use nix::errno::Errno;
use nix::unistd::Pid;

use crate::chance::Chance;
use crate::fault::{Call, Fault, Files, Struck, Target, Thing};
use crate::follow::{Stop, Then};
use crate::judge::{Befallen, End};
use crate::left::{Rows, report, told};
use crate::scene::{Ended, Scene, Way};
use crate::{sum, workers};

const WAYS: [Way; 3] = [Way::Single, Way::InTurn, Way::Overlapping];

const FAULTS: [Fault; 5] = [
    Fault::Error(Errno::ENOSPC),
    Fault::Error(Errno::EIO),
    Fault::Error(Errno::EDQUOT),
    Fault::Error(Errno::EINTR),
    Fault::Short,
];

/// So often in a row a call is interrupted, where that comes more than once.
const INTERRUPTIONS: usize = 5;

/// A fault that strikes at the call of this place among those that fit, from 0: that one alone, or all of the same thing from there on.
#[derive(Clone, Copy, Debug)]
struct Case {
    way: Way,
    at: usize,
    fault: Fault,
    lasts: bool,
}

/// What it struck first, and what the panel had been asked until the run knew.
#[derive(Clone, Copy, Debug)]
struct Hit {
    target: Target,
    requests: u64,
    /// The thread that was struck, until it makes its next system call: by then it has told the others.
    learning: Option<Pid>,
}

/// PRC-04, PRC-05, PRC-06, PRC-07, PRC-08: whichever call fails, a journal that cannot be written ends the run before anything more is sent, a report
/// that cannot be written is rebuilt from the journal, an interruption or a short write changes nothing, and whoever goes on with the run comes
/// to its end.
#[test]
fn a_run_whose_disk_says_no_sends_nothing_that_it_cannot_record() {
    let scenes = Scene::for_workers();
    let undisturbed = WAYS.map(|way| (way, clean(&scenes[0], way)));
    let mut cases = Vec::new();
    for (way, (_, targets)) in &undisturbed {
        for (at, target) in targets.iter().enumerate() {
            let fitting = FAULTS.into_iter().filter(|fault| fault.fits(*target));
            cases.extend(fitting.flat_map(|fault| [false, true].map(|lasts| Case { way: *way, at, fault, lasts })));
        }
    }
    let ends: BTreeMap<_, _> = undisturbed.into_iter().map(|(way, (end, _))| (way, end)).collect();
    let all = cases.len();
    let cases = Chance::new(sum::seed()).some(cases, sum::size("CPREKEY_CRASH_POINTS", 60));
    let tried = workers::share(scenes, cases, |scene, case| case.attempt(scene, &ends[&case.way]));
    let struck: Vec<_> = tried.into_iter().flatten().collect();
    let harmless = struck.iter().filter(|(is_harmless, _)| *is_harmless).count();
    let wrong: Vec<_> = struck.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    let line = format!(
        "{} runs of {all}, {harmless} of them unharmed as they must be, {} wrong (seed {})",
        struck.len(),
        wrong.len(),
        sum::seed()
    );
    sum::close(&line, &wrong);
}

fn files(scene: &Scene) -> Files {
    let folder = fs::canonicalize(scene.path("")).unwrap();
    Files { state: folder.join("state"), folder }
}

/// A run that nothing befalls: its end, and the calls that could be struck.
fn clean(scene: &Scene, way: Way) -> (End, Vec<Target>) {
    let files = files(scene);
    scene.list(&files.state);
    let mut targets = Vec::new();
    let (_, ended) = scene.follow(&files.state, "out", &scene.apply(way), |stop| {
        targets.extend(files_target(&files, stop));
        Then::GoOn
    });
    let rows = report(&scene.path("report.csv")).unwrap_or_else(|| panic!("no report: {ended:?}"));
    let things: BTreeSet<_> = targets.iter().map(|target| (target.call, target.thing)).collect();
    for needed in [(Call::Sync, Thing::Journal), (Call::Write, Thing::Report), (Call::Open, Thing::Lock)] {
        assert!(things.contains(&needed), "no {needed:?} among {things:?}");
    }
    (End { code: ended.code, rows }, targets)
}

/// How many changes the panel was asked for, once it has read all that has left for it: a few milliseconds without a further one.
fn settled(scene: &Scene) -> u64 {
    let asked = || scene.panel.counters().calls("Email::passwd_pop");
    let (mut now, mut same) = (asked(), 0);
    while same < 3 {
        thread::sleep(Duration::from_millis(3));
        let later = asked();
        same = if later == now { same + 1 } else { 0 };
        now = later;
    }
    now
}

fn files_target(files: &Files, stop: &Stop) -> Option<Target> {
    if stop.begins { files.target(stop) } else { None }
}

impl Case {
    /// Runs it, and says whether nothing may have come of it, and what is wrong; nothing where the run had no such call.
    fn attempt(self, scene: &Scene, end: &End) -> Option<(bool, Vec<String>)> {
        let files = files(scene);
        let wanted = scene.list(&files.state);
        let before = scene.panel.counters().calls("Email::passwd_pop");
        let asked = || settled(scene) - before;
        let (mut seen, mut strikes, mut struck, mut hit) = (0, 0, Struck::default(), None::<Hit>);
        let (_, ended) = scene.follow(&files.state, "out", &scene.apply(self.way), |stop| {
            if !stop.begins {
                struck.answer(stop);
                return Then::GoOn;
            }
            if let Some(hit) = hit.as_mut().filter(|hit| hit.learning == Some(stop.thread)) {
                *hit = Hit { requests: asked(), learning: None, ..*hit };
            }
            if let Some(target) = files.target(stop) {
                seen += 1;
                if self.strikes(seen - 1, target, hit, strikes) {
                    hit.get_or_insert_with(|| Hit { target, requests: asked(), learning: Some(stop.thread) });
                    strikes += 1;
                    struck.strike(stop, target, self.fault);
                }
            }
            Then::GoOn
        });
        let hit = hit?;
        let is_harmless = self.fault.is_harmless(hit.target);
        let befallen = Befallen::new(scene, &files.state, &wanted, self.way);
        let mut wrong = befallen.untraced();
        wrong.extend(self.ended_so(&befallen, hit, &ended, asked(), end));
        if !is_harmless {
            let _there_may_be_none = fs::remove_file(scene.path("report.csv"));
            wrong.extend(befallen.resumed(end));
        }
        let wrong = wrong.into_iter().map(|wrong| format!("{self:?} at {hit:?}: {wrong}")).collect();
        Some((is_harmless, wrong))
    }

    fn strikes(self, place: usize, target: Target, hit: Option<Hit>, strikes: usize) -> bool {
        if !self.fault.fits(target) {
            return false;
        }
        match hit {
            None => place == self.at,
            Some(hit) => {
                let is_interruption = self.fault == Fault::Error(Errno::EINTR);
                let is_alike = hit.target.thing == target.thing
                    && (!self.fault.is_harmless(hit.target) || hit.target.call == target.call);
                self.lasts && is_alike && !(is_interruption && strikes >= INTERRUPTIONS)
            }
        }
    }

    /// What is wrong with how the run ended.
    fn ended_so(self, befallen: &Befallen<'_>, hit: Hit, ended: &Ended, requests: u64, end: &End) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut must = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{what}: exit {}: {}", ended.code, ended.said));
            }
        };
        let rows = report(&befallen.scene.path("report.csv"));
        let is_whole = rows.as_ref() == Some(&end.rows);
        if self.fault.is_harmless(hit.target) {
            must(ended.code == end.code && is_whole, "it was not unharmed");
            return wrong;
        }
        let remedies = ["help: ", "cprekey resume goes on", "standard output cannot be written"];
        must(remedies.iter().any(|remedy| ended.said.contains(remedy)), "nobody is told what to do");
        match hit.target.thing {
            Thing::Journal | Thing::Lock => {
                // What was being sent when the run learned of it still leaves; its intent is on the disk.
                let begun = self.way.at_once() as u64;
                must(requests <= hit.requests + begun, "something was sent without a journal");
                must(ended.code == 1, "it must end with 1");
                must(
                    befallen.unrecorded().iter().all(|line| ended.said.contains(line)),
                    "what is in no journal is not told",
                );
            }
            Thing::Report => {
                must(matches!(ended.code, 1 | 2), "a report that is not safe must be told");
                must(rows.is_none() || is_whole, "there must be no half report");
                must(requests == 0 || befallen.rebuilt().as_ref() == Some(&end.rows), "the report is not rebuilt");
            }
            Thing::Output => must(ended.code == 1 && (requests == 0 || is_whole), "only the output may be missing"),
        }
        wrong
    }
}

impl Befallen<'_> {
    /// What was told to be changed, and stands in no journal: as standard error tells it. A repeat has no line of its own there.
    fn unrecorded(&self) -> Vec<String> {
        let rows = told(&self.scene.path("out")).into_iter();
        let unrecorded = rows.filter(|(row, outcome)| outcome == "changed" && self.journal.outcome(*row).is_none());
        let targets = unrecorded.filter_map(|(row, _)| self.wanted.get(usize::try_from(row).ok()? - 2));
        targets.map(|wanted| format!(": {} changed", wanted.address.to_lowercase())).collect()
    }

    /// The report as it is made of the journal.
    fn rebuilt(&self) -> Option<Rows> {
        let _said = self.scene.run(self.state, "rebuild", &["report", "last", "--report", "again.csv"]);
        report(&self.scene.path("again.csv"))
    }
}
