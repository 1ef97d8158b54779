//! What can go wrong, as data: a name, and what the panel, the network, the user and the clock then do.

/// Something that can go wrong in a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) troubles: &'static [Trouble],
}

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    /// The panel, or what lies before it, misbehaves towards some requests.
    Panel(Misconduct),
    /// The user interrupts so many times: at first to finish what is under way, then to leave at once.
    Interrupt(u8),
    /// The clock of the wall jumps whenever somebody looks.
    Clock,
    /// A few failures end the run.
    StopRule,
    /// The program dies so many times, each at some moment, and is gone on with.
    Dies(u8),
    /// The journal's disk breaks, or the machine dies while it writes; the run is gone on with.
    Disk(Breakage),
    /// So many other faults of this table together.
    Several(usize),
}

/// What happens to some requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Misconduct {
    pub(crate) on: On,
    pub(crate) when: When,
    pub(crate) does: Does,
    pub(crate) says: Says,
}

/// Which requests it is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum On {
    Everything,
    /// What gives passwords, one or many.
    Changes,
    /// What gives many passwords at once.
    Batches,
    /// What is asked before anything is changed.
    Questions,
    /// `Email::verify_password`.
    Proofs,
}

/// At which of them it happens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    /// At one, somewhere.
    Once,
    /// At one, and all after it.
    FromThenOn,
    /// At so many of a hundred.
    Percent(u8),
    /// For so many seconds, at some time.
    Seconds(u64),
    /// Every other so many seconds.
    Turns(u64),
}

/// What the panel does of what it is asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Does {
    AsAsked,
    Nothing,
    /// One of the two.
    Perhaps,
    /// Twice: the request was delivered once more.
    Twice,
    /// Long after the client has given up.
    Late,
    /// Of many things the first few.
    Some,
}

/// What comes back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Says {
    Truth,
    /// The truth, in so many seconds at most; what is longer than the client waits is silence.
    Slowly(u64),
    /// No connection came about.
    NoConnection,
    /// The connection broke before anything was sent.
    BrokeBefore,
    /// The connection broke after the request was sent.
    BrokeAfter,
    /// The certificate is another one.
    NoTrust,
    /// Something that is not HTTP.
    NotHttp,
    /// Nothing.
    Silence,
    /// An HTTP status with a page of a web server.
    Status(u16),
    /// The same with a `Retry-After` in one of its forms.
    Busy(u16),
    /// A refused credential in one of its shapes.
    Denied(Denial),
    /// The true answer, cut somewhere.
    Cut,
    /// An empty body with status 200.
    Empty,
    /// Bytes.
    Garbage,
    /// The true answer, called a web page.
    CalledPage,
    /// A page of something in between, with status 200.
    Page,
    /// The envelope of another API.
    OtherShape,
    /// Yes in one place and no in another.
    Contradiction,
    /// A yes whose data is null.
    NullData,
    /// Data that is neither 1 nor 0.
    OddData,
    /// A no, in words that nobody knows.
    OddNo,
    /// A yes, whatever was done.
    Yes,
    /// What was said to an earlier request of the same function.
    EarlierAnswer,
    /// Fewer answers than there were commands.
    FewerItems,
    /// One answer more than there were commands.
    MoreItems,
    /// A no to the batch as a whole.
    NoBatches,
}

/// The shapes of a refused credential.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Denial {
    Unauthorized,
    Forbidden,
    LoginPage,
    RedirectToLogin,
    TemporaryRedirect,
    AccessDeniedIn200,
}

/// What goes wrong at some write to the journal, or its sync.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Breakage {
    /// The machine dies before anything is written.
    DiesBefore,
    /// It dies in the middle.
    DiesWriting,
    /// All was written and nothing synced.
    DiesUnsynced,
    /// All was synced, and nobody was told.
    DiesAfter,
    /// The disk is full; a part was written.
    WriteFails,
    /// The disk is broken.
    SyncFails,
}

const fn panel(on: On, when: When, does: Does, says: Says) -> Trouble {
    Trouble::Panel(Misconduct { on, when, does, says })
}

const fn fault(name: &'static str, troubles: &'static [Trouble]) -> Fault {
    Fault { name, troubles }
}

use Denial::{AccessDeniedIn200, Forbidden, LoginPage, RedirectToLogin, TemporaryRedirect, Unauthorized};
use Does::{AsAsked, Late, Nothing, Perhaps, Twice};
use On::{Batches, Changes, Everything, Proofs, Questions};
use When::{FromThenOn, Once, Percent, Seconds, Turns};

/// Every fault.
pub(crate) const FAULTS: &[Fault] = &[
    fault("calm", &[]),
    // The way to the panel.
    fault("connect-refused-once", &[panel(Everything, Once, Nothing, Says::NoConnection)]),
    fault("connect-refused-for-good", &[panel(Everything, FromThenOn, Nothing, Says::NoConnection)]),
    fault("connect-refused-often", &[panel(Everything, Percent(40), Nothing, Says::NoConnection)]),
    fault("certificate-changed", &[panel(Everything, FromThenOn, Nothing, Says::NoTrust)]),
    fault("reset-before-send", &[panel(Everything, Percent(25), Nothing, Says::BrokeBefore)]),
    fault("reset-before-applied", &[panel(Everything, Percent(25), Nothing, Says::BrokeAfter)]),
    fault("reset-after-applied", &[panel(Everything, Percent(25), AsAsked, Says::BrokeAfter)]),
    fault("reset-for-good", &[panel(Everything, FromThenOn, Perhaps, Says::BrokeAfter)]),
    fault("not-http", &[panel(Everything, Percent(15), Perhaps, Says::NotHttp)]),
    // Time.
    fault("timeout-not-applied", &[panel(Everything, Percent(15), Nothing, Says::Silence)]),
    fault("timeout-applied", &[panel(Everything, Percent(15), AsAsked, Says::Silence)]),
    fault("applied-after-timeout", &[panel(Changes, Percent(30), Late, Says::Silence)]),
    fault("silent-for-good", &[panel(Everything, FromThenOn, Perhaps, Says::Silence)]),
    fault("slow-answers", &[panel(Everything, Percent(50), AsAsked, Says::Slowly(30))]),
    fault("very-slow-drip", &[panel(Everything, Percent(20), AsAsked, Says::Slowly(600))]),
    fault(
        "restart-for-a-minute",
        &[
            panel(Everything, Seconds(60), Nothing, Says::NoConnection),
            panel(Everything, Once, Perhaps, Says::BrokeAfter),
        ],
    ),
    fault("flapping", &[panel(Everything, Turns(5), Nothing, Says::NoConnection)]),
    // Answers that are none.
    fault("truncated-answer", &[panel(Everything, Percent(25), Perhaps, Says::Cut)]),
    fault("empty-answer", &[panel(Everything, Percent(25), Perhaps, Says::Empty)]),
    fault("garbage", &[panel(Everything, Percent(25), Perhaps, Says::Garbage)]),
    fault("wrong-content-type", &[panel(Everything, Percent(25), AsAsked, Says::CalledPage)]),
    fault("page-in-between", &[panel(Everything, Percent(25), Perhaps, Says::Page)]),
    fault("other-api-answers", &[panel(Everything, Percent(20), Perhaps, Says::OtherShape)]),
    fault("http-404", &[panel(Everything, Percent(15), Nothing, Says::Status(404))]),
    fault("http-500-applied", &[panel(Everything, Percent(25), AsAsked, Says::Status(500))]),
    fault("http-500-not-applied", &[panel(Everything, Percent(25), Nothing, Says::Status(500))]),
    fault("http-502", &[panel(Everything, Percent(25), Perhaps, Says::Status(502))]),
    fault("http-503", &[panel(Everything, Percent(25), Perhaps, Says::Status(503))]),
    fault("http-504", &[panel(Everything, Percent(25), Perhaps, Says::Status(504))]),
    fault("busy-429", &[panel(Everything, Percent(20), Nothing, Says::Busy(429))]),
    fault("busy-503", &[panel(Everything, Percent(20), Perhaps, Says::Busy(503))]),
    fault("busy-for-good", &[panel(Everything, FromThenOn, Nothing, Says::Busy(429))]),
    // The credential.
    fault("http-401", &[panel(Everything, Once, Nothing, Says::Denied(Unauthorized))]),
    fault("http-403", &[panel(Everything, Once, Nothing, Says::Denied(Forbidden))]),
    fault("token-dies", &[panel(Everything, FromThenOn, Nothing, Says::Denied(Forbidden))]),
    fault(
        "token-dies-in-trouble",
        &[
            panel(Everything, Percent(20), Perhaps, Says::BrokeAfter),
            panel(Everything, FromThenOn, Nothing, Says::Denied(Forbidden)),
        ],
    ),
    fault("login-page", &[panel(Everything, FromThenOn, Nothing, Says::Denied(LoginPage))]),
    fault("redirect-to-login", &[panel(Everything, FromThenOn, Nothing, Says::Denied(RedirectToLogin))]),
    fault("http-307", &[panel(Everything, Once, Nothing, Says::Denied(TemporaryRedirect))]),
    fault("access-denied-in-200", &[panel(Everything, FromThenOn, Nothing, Says::Denied(AccessDeniedIn200))]),
    // Envelopes.
    fault("status-0-in-odd-words", &[panel(Changes, Percent(25), Nothing, Says::OddNo)]),
    fault("contradiction", &[panel(Everything, Percent(25), Perhaps, Says::Contradiction)]),
    fault("null-data", &[panel(Everything, Percent(40), AsAsked, Says::NullData)]),
    fault("questions-in-vain", &[panel(Questions, Percent(40), AsAsked, Says::Contradiction)]),
    // Panels that lie, and what is delivered to others or twice.
    fault("forgetful", &[panel(Changes, Percent(30), Nothing, Says::Yes)]),
    fault("says-no-and-does-it", &[panel(Changes, Percent(30), AsAsked, Says::OddNo)]),
    fault("answer-of-another", &[panel(Changes, Percent(20), AsAsked, Says::EarlierAnswer)]),
    fault("delivered-twice", &[panel(Changes, Percent(50), Twice, Says::Truth)]),
    fault("delivered-twice-and-lost", &[panel(Changes, Percent(30), Twice, Says::BrokeAfter)]),
    // Verifications, where the changes leave something to verify.
    fault(
        "silent-proof",
        &[panel(Changes, Percent(50), Perhaps, Says::BrokeAfter), panel(Proofs, Percent(60), AsAsked, Says::Silence)],
    ),
    fault(
        "garbled-proof",
        &[panel(Changes, Percent(50), Perhaps, Says::Status(500)), panel(Proofs, Percent(60), AsAsked, Says::OddData)],
    ),
    // Many in one request.
    fault("batch-cut-short", &[panel(Batches, Percent(40), AsAsked, Says::FewerItems)]),
    fault("batch-with-more", &[panel(Batches, Percent(40), AsAsked, Says::MoreItems)]),
    fault("batch-refused", &[panel(Batches, Percent(40), Nothing, Says::NoBatches)]),
    fault("batch-half-done", &[panel(Batches, Percent(40), Does::Some, Says::Status(500))]),
    fault("batch-half-done-and-silent", &[panel(Batches, Percent(40), Does::Some, Says::Silence)]),
    // The user, and the machine.
    fault("interrupted", &[panel(Everything, Percent(10), Perhaps, Says::BrokeAfter), Trouble::Interrupt(1)]),
    fault("interrupted-twice", &[panel(Everything, Percent(20), AsAsked, Says::Slowly(30)), Trouble::Interrupt(2)]),
    fault("clock-jumps", &[panel(Everything, Percent(10), Perhaps, Says::Busy(503)), Trouble::Clock]),
    fault("stop-rule", &[panel(Changes, Percent(30), Perhaps, Says::Status(500)), Trouble::StopRule]),
    // The end of the program, of the machine and of the disk; the run is gone on with.
    fault("killed", &[Trouble::Dies(1)]),
    fault("killed-among-slow-answers", &[panel(Everything, Percent(50), AsAsked, Says::Slowly(30)), Trouble::Dies(1)]),
    fault("killed-in-trouble", &[panel(Everything, Percent(25), Perhaps, Says::BrokeAfter), Trouble::Dies(1)]),
    fault("killed-twice", &[panel(Everything, Percent(15), Perhaps, Says::Status(500)), Trouble::Dies(2)]),
    fault("killed-and-applied-late", &[panel(Changes, Percent(40), Late, Says::Silence), Trouble::Dies(1)]),
    fault("killed-then-refused", &[panel(Changes, Percent(30), Nothing, Says::OddNo), Trouble::Dies(2)]),
    fault("killed-in-batches", &[panel(Batches, Percent(30), Does::Some, Says::Slowly(20)), Trouble::Dies(1)]),
    fault(
        "killed-and-asked-in-vain",
        &[
            panel(Questions, Percent(40), AsAsked, Says::Contradiction),
            panel(Changes, Percent(25), Perhaps, Says::BrokeAfter),
            Trouble::Dies(2),
        ],
    ),
    fault("power-cut-before-a-write", &[Trouble::Disk(Breakage::DiesBefore)]),
    fault("power-cut-in-a-write", &[Trouble::Disk(Breakage::DiesWriting)]),
    fault("power-cut-before-a-sync", &[Trouble::Disk(Breakage::DiesUnsynced)]),
    fault("power-cut-after-a-sync", &[Trouble::Disk(Breakage::DiesAfter)]),
    fault(
        "power-cut-in-trouble",
        &[
            panel(Everything, Percent(25), Perhaps, Says::BrokeAfter),
            Trouble::Disk(Breakage::DiesWriting),
            Trouble::Dies(1),
        ],
    ),
    fault("disk-full", &[Trouble::Disk(Breakage::WriteFails)]),
    fault("disk-broken", &[Trouble::Disk(Breakage::SyncFails)]),
    fault(
        "disk-full-in-trouble",
        &[panel(Everything, Percent(30), Perhaps, Says::Status(500)), Trouble::Disk(Breakage::WriteFails)],
    ),
    fault("mixed", &[Trouble::Several(3)]),
];
