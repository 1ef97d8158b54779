//! How much is tried, and from which seed.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

/// How much is tried, and from which seed.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Mailboxes that are reset.
    pub(crate) mailboxes: usize,
    /// From which their passwords, and the samples of them, are drawn.
    pub(crate) seed: u64,
}

impl Size {
    /// As `cargo xtask truth` says, and little without it.
    pub(crate) fn wanted() -> Self {
        let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
        let mailboxes = number("CPREKEY_TRUTH_MAILBOXES").unwrap_or(50);
        Self { mailboxes: usize::try_from(mailboxes).unwrap(), seed: number("CPREKEY_TRUTH_SEED").unwrap_or(1) }
    }

    /// A number below `below`, the same for the same seed.
    pub(crate) fn pick(self, below: usize) -> usize {
        usize::try_from(Draws(self.seed).next_number() % below as u64).unwrap()
    }

    /// The indices of at most so many mailboxes, drawn by chance.
    pub(crate) fn sample(self, most: usize) -> Vec<usize> {
        let mut draws = Draws(self.seed);
        let mut indices: Vec<usize> = (0..self.mailboxes).collect();
        indices.sort_by_cached_key(|_| draws.next_number());
        indices.truncate(most);
        indices
    }

    /// Notes a part of the closing line.
    pub(crate) fn tell(self, part: &str) {
        let Some(path) = env::var_os("CPREKEY_TRUTH_TOLD") else { return };
        let mut file = OpenOptions::new().append(true).create(true).open(path).unwrap();
        file.write_all(format!("{part}\n").as_bytes()).unwrap();
    }
}

/// Numbers by chance: `SplitMix64`, which needs no library and is the same everywhere.
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// The next one.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
