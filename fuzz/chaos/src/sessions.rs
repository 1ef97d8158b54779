//! A whole run: one session, or as many as it takes where the program, the machine or the disk does not last.

use std::any::Any;
use std::collections::HashSet;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use cprekey_core::brake::Brake;
use cprekey_core::journal::History;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::runtime;
use tokio::time::{sleep, timeout};

use crate::bounds::{self, MOST_SESSIONS};
use crate::case::{Case, name_hash};
use crate::clock;
use crate::disk::{Died, Disk, Planned};
use crate::log::Log;
use crate::notes::{Notes, Recorder};
use crate::panel::{ChaosPanel, Client};
use crate::planted::{Mistake, Planted};
use crate::resume::{Beginning, anew, take_up};
use crate::session::{End, Session};
use crate::state::State;

/// All that is known of a run that is over.
#[derive(Debug)]
pub(crate) struct Played {
    /// What each session told.
    pub(crate) sessions: Vec<Notes>,
    pub(crate) state: State,
    /// None where the last session did not end in its time.
    pub(crate) end: Option<End>,
    /// How long it took.
    pub(crate) took: Duration,
    /// What is wrong with the journal in the end.
    pub(crate) journal: Vec<String>,
    pub(crate) log: Vec<String>,
}

/// How a session went.
enum Way {
    Ended(Box<End>),
    /// The journal could not be begun, so nothing was sent.
    NotBegun,
    Died,
    TooLong,
}

/// Makes the run, with a mistake planted into the client where there is one.
pub(crate) fn play(case: &Case, planted: Option<Planted>) -> Played {
    let runtime = runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(all(case, planted))
}

async fn all(case: &Case, planted: Option<Planted>) -> Played {
    clock::set(case.troubles.clock_jumps.then_some(case.dice));
    let mistake = planted.map(|planted| planted.mistake);
    let mut dice = StdRng::seed_from_u64(!case.dice);
    let log = Log::default();
    let panel = ChaosPanel::new(case, &log);
    let disk = case.journal.then(|| Disk::pretending(mistake == Some(Mistake::SyncsAreSkipped)));
    let mut beginning = anew(case, disk.as_ref());
    let (mut sessions, mut end, mut wrong) = (Vec::new(), None, Vec::new());
    for number in 0..MOST_SESSIONS {
        if let Some(disk) = &disk {
            disk.plan(breakage(case, number, &mut dice));
        }
        let (notes, way) = session(case, number, beginning, &panel, &log, disk.clone(), planted, &mut dice).await;
        sessions.push(notes);
        log.add(&format!("session {number} {}", way.word()));
        let Some(disk) = disk.as_ref().filter(|disk| way.goes_on(disk)) else {
            end = way.end();
            break;
        };
        sleep(Duration::from_millis(dice.random_range(1_100..300_000))).await;
        let bytes = if dice.random_bool(0.5) { disk.after_power_cut(&mut dice) } else { disk.bytes() };
        match take_up(case, disk, bytes, mistake) {
            Ok(next) => beginning = next,
            Err(why) => {
                wrong.push(format!("session {number} left a journal that is refused: {why}"));
                break;
            }
        }
    }
    if let Some(disk) = &disk {
        log.add(&format!("journal {:016x}", name_hash(&String::from_utf8_lossy(&disk.bytes()))));
    }
    wrong.extend(disk.and_then(|disk| misread(&disk, sessions.last()?)));
    let took = clock::elapsed();
    let state = panel.state.into_inner();
    Played { sessions, state, end, took, journal: wrong, log: log.lines() }
}

/// What goes wrong with the disk in a session.
fn breakage(case: &Case, number: u32, dice: &mut StdRng) -> Option<Planned> {
    let breakage = case.troubles.disk.filter(|_| number == 0)?;
    let most = case.rows.len() + 3;
    Some(Planned { at: dice.random_range(1..=most), breakage, share: dice.random_range(0.0..1.0) })
}

#[expect(clippy::too_many_arguments, reason = "what the sessions of a run share")]
async fn session(
    case: &Case,
    number: u32,
    beginning: Beginning,
    panel: &ChaosPanel<'_>,
    log: &Log,
    disk: Option<Disk>,
    planted: Option<Planted>,
    dice: &mut StdRng,
) -> (Notes, Way) {
    let brake = Brake::default();
    let settled: HashSet<usize> = beginning.settled.clone();
    panel.meet(Client { brake: brake.clone(), disk: disk.clone(), settled: settled.clone() });
    let recorder = Recorder::new(case, panel, log, disk, settled);
    let dies = number < u32::from(case.troubles.deaths);
    let death = death(case, panel, dice);
    let session = Session { case, panel, recorder: &recorder, brake, is_first: number == 0 };
    let work = timeout(bounds::longest(case), unwinding(session.run(beginning, planted)));
    let way = tokio::select! {
        biased;
        () = death, if dies => Way::Died,
        end = work => match end {
            Err(_) => Way::TooLong,
            Ok(Err(Died)) => Way::Died,
            Ok(Ok(None)) => Way::NotBegun,
            Ok(Ok(Some(end))) => Way::Ended(Box::new(end)),
        },
    };
    (recorder.notes.into_inner(), way)
}

/// The moment at which the program dies: at some request of the session, or a little later.
fn death(case: &Case, panel: &ChaosPanel<'_>, dice: &mut StdRng) -> impl Future<Output = ()> + use<> {
    let most = if dice.random_bool(0.5) { 8 } else { case.rows.len() * 2 };
    let more = dice.random_range(1..=most);
    let request = panel.state.borrow().seen.len() + more;
    let later = Duration::from_millis(dice.random_range(0..if case.fast { 20 } else { 600 }));
    let mut arrivals = panel.arrivals.subscribe();
    async move {
        if arrivals.wait_for(|count| *count >= request).await.is_ok() {
            sleep(later).await;
        }
    }
}

/// What a future comes to, or that the machine died in it.
async fn unwinding<T>(future: impl Future<Output = T>) -> Result<T, Died> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(result)) => Poll::Ready(Ok(result)),
        Err(why) => Poll::Ready(Err(died(why))),
    })
    .await
}

/// Any other panic is one.
fn died(why: Box<dyn Any + Send>) -> Died {
    match why.downcast::<Died>() {
        Ok(died) => *died,
        Err(why) => std::panic::resume_unwind(why),
    }
}

impl Way {
    const fn word(&self) -> &'static str {
        match self {
            Self::Ended(_) => "ended",
            Self::NotBegun => "could not begin",
            Self::Died => "died",
            Self::TooLong => "took too long",
        }
    }

    /// Whether there is another session.
    fn goes_on(&self, disk: &Disk) -> bool {
        match self {
            Self::Died | Self::NotBegun => true,
            Self::Ended(_) => disk.has_failed(),
            Self::TooLong => false,
        }
    }

    fn end(self) -> Option<End> {
        if let Self::Ended(end) = self { Some(*end) } else { None }
    }
}

/// Whether the journal says in the end something else than the last session told.
fn misread(disk: &Disk, last: &Notes) -> Option<String> {
    if disk.has_failed() {
        return None;
    }
    let history = match History::read(disk.bytes().as_slice()) {
        Ok(history) => history,
        Err(why) => return Some(format!("it is refused in the end: {why}")),
    };
    let lines: Vec<_> = history.report().map(|line| (line.row, line.outcome, line.reason)).collect();
    let wrong = last.told.iter().find(|told| lines.get(told.index) != Some(&(told.row, told.outcome, told.reason)));
    let is_ended = history.ended.is_some();
    match wrong {
        Some(told) => Some(format!("it does not say what was told of row {}", told.row)),
        None if !is_ended => Some("it does not say that the run has ended".to_owned()),
        None => None,
    }
}
