//! Where hostile answers are tried: a panel, the forger before it, and runs of two rows each.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use cprekey_tests::{Aim, Ending, Forger, Forgery, Invocation, Panel, Place, Row, Run};

use super::meaning::{Meanings, Trial, is_unproven};
use super::outputs;
use super::recipe::{Recipe, Secrets};

/// Through which door changes go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Door {
    /// The cPanel face.
    Cpanel,
    /// WHM, one change a request.
    Whm,
    /// WHM, both changes in one request.
    Together,
}

impl Door {
    /// The first row's change.
    fn aim(self) -> Aim {
        match self {
            Self::Cpanel => Aim { path: "/execute/Email/passwd_pop", within: &["user1%40example.com"] },
            Self::Whm => Aim { path: "/json-api/uapi_cpanel", within: &["=passwd_pop", "user1%40example.com"] },
            // A command within a batch is encoded twice.
            Self::Together => Aim { path: "/json-api/batch", within: &["user1%2540example.com"] },
        }
    }

    fn panel(self, place: &Place) -> Panel {
        match self {
            Self::Cpanel => Panel::with_mailboxes_and(place, 2, &["--no-hashing"]),
            Self::Whm | Self::Together => Panel::with_accounts(place, 2, ""),
        }
    }

    fn token(self, panel: &Panel) -> &str {
        if self == Self::Cpanel { panel.token("shop") } else { panel.whm_token("root") }
    }

    fn lead<'a>(self, apply: Invocation<'a>, panel: &'a Panel) -> Invocation<'a> {
        match self {
            Self::Cpanel => apply.on(panel),
            Self::Whm => apply.through_whm(panel).args(["--batch", "1"]),
            Self::Together => apply.through_whm(panel),
        }
    }
}

/// No run may take longer, however long the answer is: the two rows wait for less.
const LONGEST: Duration = Duration::from_secs(20);

/// How much memory a run may take, in KiB.
const MOST_MEMORY: u64 = 96 << 10;

/// A panel of two mailboxes, and the forger before it.
pub(super) struct Bench {
    door: Door,
    panel: Panel,
    forger: Forger,
    _place: Place,
}

impl Bench {
    /// A fresh one.
    fn new(door: Door) -> Self {
        let place = Place::new();
        let panel = door.panel(&place);
        let nothing = Forgery { pieces: Vec::new(), ending: Ending::Close, applied: false };
        let forger = Forger::start(&place, &panel, door.aim(), nothing);
        Self { door, panel, forger, _place: place }
    }

    /// Tries an answer in this way; gives what is wrong with what came of it, to which `judge` has the last word.
    fn complaint(&self, number: usize, Attempt { recipe, trial }: &Attempt, judge: &Judge<'_>) -> Option<String> {
        let place = Place::new();
        let passwords = [1, 2].map(|row| format!("Tide&Orchard#{number}-{row}"));
        let addresses = ["user1@example.com", "user2@example.com"];
        place.csv("list.csv", addresses.iter().zip(&passwords));
        let token = self.door.token(&self.panel);
        place.secret(token);
        let pieces = recipe.pieces(&Secrets { token, password: &passwords[0] });
        self.forger.forge(self.door.aim(), Forgery { pieces, ending: recipe.then, applied: trial.applied });

        let begun = Instant::now();
        let run = self.run(&place, recipe, trial);
        if begun.elapsed() > LONGEST {
            return Some(format!("it took {:?}", begun.elapsed()));
        }
        if recipe.heavy && memory(&place) > MOST_MEMORY {
            return Some(format!("it took {} KiB of memory", memory(&place)));
        }
        self.lie(&run, recipe, trial, &passwords)
            .or_else(|| judge(recipe, trial, &run))
            .or_else(|| outputs::complaint(&place, &run))
    }

    fn run(&self, place: &Place, recipe: &Recipe, trial: &Trial) -> Run {
        let patience = if recipe.is_late() { "1" } else { "15" };
        let options = ["--jobs", "1", "--retries", "0", "--timeout", patience, "--verify", &trial.verify];
        let apply = place.apply("list.csv").args(options).args(["--log", "run.log", "--verbose"]);
        let apply = self.door.lead(apply, &self.panel).args(self.forger.options());
        if recipe.heavy { apply.measured("memory").run() } else { apply.run() }
    }

    /// Holds what the run claims against what the panel knows: no false yes, and no false no.
    fn lie(&self, run: &Run, recipe: &Recipe, trial: &Trial, passwords: &[String; 2]) -> Option<String> {
        let pairs: Vec<_> = run.report().iter().map(|row| &row.target).zip(passwords).collect();
        let holds = self.panel.verify_all(&pairs);
        if self.door != Door::Together && holds[0] != trial.applied {
            return Some(format!("the panel was to apply it: {}, and did: {}", trial.applied, holds[0]));
        }
        let is_false = |row: &Row, holds: bool| match &*row.outcome {
            "changed" | "unchanged" => !holds && !is_unproven(recipe, row),
            "refused" | "not-tried" => holds,
            _ => false,
        };
        let mut told = run.report().iter().zip(holds);
        told.find_map(|(row, holds)| is_false(row, holds).then(|| format!("a false {}: {run}", row.outcome)))
    }
}

/// A hostile answer, and how it is tried.
pub(super) struct Attempt {
    pub(super) recipe: Recipe,
    pub(super) trial: Trial,
}

/// Says what is wrong with a run whose first change was answered so.
pub(super) type Judge<'a> = dyn Fn(&Recipe, &Trial, &Run) -> Option<String> + Sync + 'a;

fn memory(place: &Place) -> u64 {
    place.read("memory").parse().unwrap()
}

/// Tries the answers in every way of which their meanings tell; panics with all that is wrong.
pub(super) fn assert_all(door: Door, recipes: Vec<Recipe>, at_once: usize) {
    assert_some(door, recipes, at_once, |_| true);
}

/// The same in some of these ways.
pub(super) fn assert_some(door: Door, recipes: Vec<Recipe>, at_once: usize, is_wanted: fn(&Trial) -> bool) {
    let meanings = Meanings::read();
    let attempts = recipes.into_iter().flat_map(|recipe| {
        let mut trials = meanings.trials(&recipe.means);
        trials.retain(is_wanted);
        assert!(!trials.is_empty(), "{}: nothing is to be tried", recipe.name);
        trials.into_iter().map(move |trial| Attempt { recipe: recipe.clone(), trial })
    });
    assert_each(door, attempts.collect(), at_once, &|recipe, trial, run| meanings.complaint(recipe, trial, run));
}

/// Makes the attempts, so many at once, each on a bench of its own; panics with all that is wrong.
pub(super) fn assert_each(door: Door, attempts: Vec<Attempt>, at_once: usize, judge: &Judge<'_>) {
    let attempts: Mutex<VecDeque<_>> = Mutex::new(attempts.into_iter().enumerate().collect());
    let complaints = Mutex::new(Vec::new());
    let work = || {
        let bench = Bench::new(door);
        loop {
            let next = attempts.lock().unwrap().pop_front();
            let Some((number, attempt)) = next else { return };
            if let Some(complaint) = bench.complaint(number, &attempt, judge) {
                let Attempt { recipe, trial } = attempt;
                complaints.lock().unwrap().push(format!("{}, {trial:?}: {complaint}", recipe.name));
            }
        }
    };
    thread::scope(|scope| (0..at_once).for_each(|_| drop(scope.spawn(work))));
    let complaints = complaints.into_inner().unwrap();
    assert!(complaints.is_empty(), "{} are wrong:\n{}", complaints.len(), complaints.join("\n"));
}
