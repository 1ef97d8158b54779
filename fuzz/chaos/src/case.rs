//! One run, drawn from its seed: the server, the list, the settings, and what goes wrong.

use std::num::NonZeroUsize;
use std::time::Duration;

use cprekey_core::run::{MaxFailures, Verify};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::faults::{Breakage, FAULTS, Fault, Misconduct, On, Says, Trouble};
use crate::rows::{Row, rows};
use crate::server::server;
use crate::world::World;

/// One run, and all that decides what happens in it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// From which the panel draws what it does.
    pub(crate) dice: u64,
    pub(crate) whm: bool,
    /// Whether the panel answers within two milliseconds, as nobody's does but one on the same machine.
    pub(crate) fast: bool,
    /// Whether the run is kept in a journal.
    pub(crate) journal: bool,
    pub(crate) world: World,
    pub(crate) rows: Vec<Row>,
    pub(crate) settings: Settings,
    pub(crate) troubles: Troubles,
}

/// How the run is to go.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) jobs: NonZeroUsize,
    pub(crate) batch: NonZeroUsize,
    pub(crate) overlap: bool,
    pub(crate) rate: &'static str,
    pub(crate) retries: u32,
    pub(crate) verify: Verify,
    pub(crate) max_failures: Option<MaxFailures>,
    pub(crate) keep_going: bool,
    /// How long an answer is waited for.
    pub(crate) timeout: Duration,
    /// Whether the panel is asked before.
    pub(crate) preflight: bool,
    /// The account of every mailbox that names none, where the user said one.
    pub(crate) account: Option<String>,
}

/// What goes wrong, all faults together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Troubles {
    pub(crate) misconducts: Vec<Misconduct>,
    /// When the user interrupts: at first, and once more.
    pub(crate) interrupts: Vec<Duration>,
    pub(crate) clock_jumps: bool,
    /// How often the program dies at some moment.
    pub(crate) deaths: u8,
    /// What goes wrong at some write of the journal.
    pub(crate) disk: Option<Breakage>,
    stop_rule: bool,
}

impl Case {
    /// The run of this fault with this seed, always the same.
    pub(crate) fn of(fault: &Fault, seed: u64) -> Self {
        let mut dice = StdRng::seed_from_u64(seed ^ name_hash(fault.name));
        let mut troubles = Troubles::default();
        troubles.add(fault, &mut dice);
        let batches = troubles.misconducts.iter().any(|misconduct| misconduct.on == On::Batches);
        let whm = batches || dice.random_bool(0.5);
        let mut world = server(whm, &mut dice);
        let rows = rows(&world, whm, &mut dice);
        give_some(&rows, &mut world, &mut dice);
        // What is said to one row and meant for another cannot be told without its password: that is wiped when its own row is settled.
        let mixes_up = |misconduct: &Misconduct| misconduct.says == Says::EarlierAnswer;
        world.echoes &= !troubles.misconducts.iter().any(mixes_up);
        let mut settings = settings(whm, &world, &mut dice);
        if batches {
            settings.batch = number(dice.random_range(2..=20));
        }
        if troubles.stop_rule {
            settings.max_failures = Some(MaxFailures::Rows(dice.random_range(1..=4)));
        }
        let journal = troubles.ends_early() || dice.random_bool(0.3);
        let fast = dice.random_bool(0.2);
        settings.overlap |= fast && dice.random_bool(0.7);
        Self { dice: dice.random(), whm, fast, journal, world, rows, settings, troubles }
    }
}

impl Troubles {
    /// Whether a session of the run may end before its time, so that there is another.
    pub(crate) const fn ends_early(&self) -> bool {
        self.deaths > 0 || self.disk.is_some()
    }

    fn add(&mut self, fault: &Fault, dice: &mut StdRng) {
        for trouble in fault.troubles {
            match *trouble {
                Trouble::Panel(misconduct) => self.misconducts.push(misconduct),
                Trouble::Interrupt(times) => self.interrupt(times, dice),
                Trouble::Clock => self.clock_jumps = true,
                Trouble::StopRule => self.stop_rule = true,
                Trouble::Dies(times) => self.deaths = self.deaths.max(times),
                Trouble::Disk(breakage) => self.disk = Some(breakage),
                Trouble::Several(count) => self.add_several(count, dice),
            }
        }
    }

    /// At some moment of the run; runs take from a tenth of a second to many minutes.
    fn interrupt(&mut self, times: u8, dice: &mut StdRng) {
        let exponent = dice.random_range(1.0..5.0);
        let first = Duration::from_secs_f64(10_f64.powf(exponent) / 1000.0);
        let second = first + Duration::from_millis(dice.random_range(0..20_000));
        self.interrupts = [first, second].into_iter().take(usize::from(times)).collect();
    }

    fn add_several(&mut self, count: usize, dice: &mut StdRng) {
        let single: Vec<&Fault> =
            FAULTS.iter().filter(|fault| !matches!(fault.troubles, [Trouble::Several(_)])).collect();
        for _ in 0..count {
            self.add(single[dice.random_range(0..single.len())], dice);
        }
    }
}

/// Gives some mailboxes the password that they are to have before the run begins, those that are too weak above all.
fn give_some(rows: &[Row], world: &mut World, dice: &mut StdRng) {
    for wanted in rows.iter().filter_map(Row::wanted) {
        let has_it = if wanted.is_weak() { 0.4 } else { 0.06 };
        if let Some(mailbox) = world.mailboxes.get_mut(&wanted.target)
            && dice.random_bool(has_it)
        {
            mailbox.password.clone_from(&wanted.new);
        }
    }
}

fn settings(whm: bool, world: &World, dice: &mut StdRng) -> Settings {
    let verify = match dice.random_range(0..4) {
        0 => Verify::None,
        1 | 2 => Verify::Unknown,
        _ => Verify::All,
    };
    let max_failures = match dice.random_range(0..10) {
        0 => Some(MaxFailures::Rows(dice.random_range(1..=10))),
        1 => Some(MaxFailures::Percent(dice.random_range(5..=60))),
        _ => None,
    };
    let only = world.accounts.keys().next().filter(|_| world.accounts.len() == 1);
    Settings {
        jobs: number(dice.random_range(1..=16)),
        batch: number(if whm && dice.random_bool(0.7) { dice.random_range(2..=30) } else { 1 }),
        overlap: dice.random_bool(0.4),
        rate: ["none", "none", "100", "10", "1", "30/m"][dice.random_range(0..6)],
        retries: dice.random_range(0..=4),
        verify,
        max_failures,
        keep_going: dice.random_bool(0.3),
        timeout: Duration::from_secs(dice.random_range(5..=60)),
        preflight: dice.random_bool(0.6),
        account: only.filter(|_| whm && dice.random_bool(0.5)).cloned(),
    }
}

fn number(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap_or(NonZeroUsize::MIN)
}

/// The 64-bit FNV-1a of a name: the same wherever this is built.
pub(crate) fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
