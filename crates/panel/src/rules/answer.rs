//! The kinds of answers that a rule can ask for.

use serde::Deserialize;
use serde_json::Value;

/// What is answered in place of the panel's own answer, or what is done to it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Answer {
    /// 403 as for a bad token.
    #[serde(rename = "denied-403")]
    Denied403 {},
    /// 401 with the login page.
    #[serde(rename = "denied-401-html")]
    Denied401Html {},
    /// The login page under 200.
    #[serde(rename = "login-page-200")]
    LoginPage200 {},
    /// The page that asks for a second factor.
    TfaPage {},
    /// A redirect.
    Redirect {
        /// Its status.
        #[serde(default = "found")]
        status: u16,
        /// Where to.
        #[serde(default = "login_path")]
        location: String,
    },
    /// A bare status with a short page.
    Status {
        /// The status.
        status: u16,
        /// The `Retry-After` header: seconds, or a date, or anything.
        #[serde(default)]
        retry_after: Option<Value>,
    },
    /// An ordinary no, in the envelope of what was called: of the innermost call where one passes another through.
    Refuse {
        /// The error.
        text: String,
    },
    /// The panel's own answer with these `messages`.
    Messages {
        /// The messages.
        #[serde(default = "two_messages")]
        messages: Vec<String>,
    },
    /// The panel's own answer in the nested envelope of the command line.
    Nested {},
    /// The panel's own answer with its verdicts as text.
    StringStatus {},
    /// The panel's own answer without its verdicts.
    NoStatus {},
    /// The panel's own answer with WHM's own verdict turned to 0, whatever stands within.
    #[serde(rename = "whm-result-0")]
    WhmResult0 {
        /// The reason.
        #[serde(default = "not_done")]
        text: String,
    },
    /// The panel's own answer to a batch, without the answers to the last of its commands.
    ShortBatch {
        /// How many are missing.
        #[serde(default = "one")]
        missing: usize,
    },
    /// The panel's own answer of API 2 with the verdict on the event 1, and that in its data 0.
    #[serde(rename = "api2-event-1-data-0")]
    Api2Event1Data0 {
        /// The reason.
        #[serde(default = "not_done")]
        text: String,
    },
    /// The panel's own answer of API 2 with the verdict on the event 0, and that in its data 1.
    #[serde(rename = "api2-event-0-data-1")]
    Api2Event0Data1 {},
    /// The panel's own answer of API 2, all of whose verdicts are 1, and an error beside.
    #[serde(rename = "api2-error-with-success")]
    Api2ErrorWithSuccess {
        /// The error.
        #[serde(default = "not_done")]
        text: String,
    },
    /// The panel's own answer of API 2 with an object where a list is expected.
    #[serde(rename = "api2-data-object")]
    Api2DataObject {},
    /// A page under 200.
    Html {},
    /// Something that is no JSON, called JSON.
    Garbage {},
    /// The first half of the panel's own answer.
    Truncated {},
    /// 200 and no body.
    Empty {},
    /// Whatever is given.
    Raw {
        /// The status.
        #[serde(default = "ok")]
        status: u16,
        /// The type of the body.
        #[serde(default = "json_type")]
        content_type: String,
        /// The body.
        body: String,
    },
    /// The panel's own answer, late.
    Slow {
        /// How late, in milliseconds.
        ms: u64,
        /// Whether it is the change or the answer that waits.
        #[serde(default)]
        when: Moment,
    },
    /// The panel's own answer, in small pieces.
    Drip {
        /// The bytes of a piece.
        #[serde(default = "one")]
        bytes: usize,
        /// The pause after each, in milliseconds.
        #[serde(default = "fifty")]
        ms: u64,
    },
    /// Never anything.
    Stall {},
    /// A reset in place of an answer, before the change.
    ResetBefore {},
    /// A reset in place of an answer, after the change.
    ResetAfter {},
    /// The panel's own answer, and the connection closed behind it.
    Close {},
    /// The panel's own answer, compressed.
    Gzip {},
    /// The panel's own answer to a change that it does not make.
    Lie {},
    /// The panel's own answer with a lot of padding.
    BigBody {
        /// How much.
        #[serde(default = "eight_mebibytes")]
        bytes: usize,
    },
    /// A program that writes nothing and does not end.
    Hang {
        /// Whether it ignores SIGTERM.
        #[serde(default)]
        stubborn: bool,
        /// Whether a child of it does not end either.
        #[serde(default)]
        child: bool,
    },
    /// A program that ends by a signal.
    Die {
        /// The signal's number.
        #[serde(default = "killed")]
        signal: u8,
        /// Whether that is before it writes its answer, or after.
        #[serde(default = "before")]
        when: Moment,
    },
    /// A program that writes the panel's own answer and ends with a code.
    Exit {
        /// The code.
        code: u8,
    },
    /// A program that writes the panel's own answer, and something to standard error.
    Stderr {
        /// What.
        text: String,
    },
    /// A program that writes the panel's own answer, and something behind it.
    NoiseAfter {
        /// What.
        text: String,
    },
}

/// Which of the two waits.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Moment {
    /// The change, and with it the answer.
    Before,
    /// The answer alone.
    #[default]
    After,
}

fn found() -> u16 {
    302
}

fn ok() -> u16 {
    200
}

fn not_done() -> String {
    "The call failed.".to_owned()
}

fn killed() -> u8 {
    9
}

fn before() -> Moment {
    Moment::Before
}

fn one() -> usize {
    1
}

fn fifty() -> u64 {
    50
}

fn eight_mebibytes() -> usize {
    8 << 20
}

fn login_path() -> String {
    "/login".to_owned()
}

fn json_type() -> String {
    "application/json".to_owned()
}

fn two_messages() -> Vec<String> {
    vec!["The password was changed.".to_owned(), "Mail programs need the new password now.".to_owned()]
}
