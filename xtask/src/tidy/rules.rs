//! The rules of the house as data. To change a rule, change it here, and `docs/ARCHITECTURE.md` with it.

/// Which of our crates each of our crates may depend on. Arrows run one way; the rehearsal panel, the black-box tests and the chores
/// import none of the others, so that they inherit none of their mistakes.
pub(super) const CRATES: &[(&str, &[&str])] = &[
    ("cprekey-core", &[]),
    ("cprekey-frontend", &["cprekey-core"]),
    ("cprekey", &["cprekey-core", "cprekey-frontend"]),
    ("cprekey-cpapi2", &["cprekey-core", "cprekey-frontend"]),
    ("cprekey-panel", &[]),
    ("cprekey-tests", &[]),
    ("xtask", &[]),
    ("cprekey-bench", &["cprekey-core", "cprekey-panel"]),
    ("cprekey-fuzz", &["cprekey-core"]),
    ("cprekey-differential", &["cprekey-core"]),
    ("cprekey-chaos", &["cprekey-core"]),
];

/// The core's modules from the ground up. A module imports only modules that stand before it.
pub(super) const CORE_FLOORS: &[&str] = &[
    "failpoint",
    "text",
    "place",
    "outcome",
    "reason",
    "problem",
    "address",
    "account",
    "target",
    "change",
    "selection",
    "line",
    "entry",
    "list",
    "brake",
    "summary",
    "journal",
    "event",
    "api",
    "mail",
    "report",
    "pace",
    "retry",
    "scripted",
    "paced",
    "plan",
    "run",
];

/// Words that may stand only in some places. Comments, strings and tests are free to say them.
pub(super) struct WordRule {
    /// The words, as they stand in code.
    pub(super) words: &'static [&'static str],
    /// The paths for which the rule is made, by their beginnings.
    pub(super) within: &'static [&'static str],
    /// The paths where the words may stand all the same, by their beginnings.
    pub(super) except: &'static [&'static str],
    /// Why, and what to do instead.
    pub(super) remedy: &'static str,
}

pub(super) const WORDS: &[WordRule] = &[
    WordRule {
        words: &["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr", "io::stdin"],
        within: &["crates/core/src/"],
        except: &[],
        remedy: "the core prints nothing and asks nothing: give the caller an event or a value",
    },
    WordRule {
        words: &["std::env", "env::var", "env::args", "env::temp_dir"],
        within: &["crates/core/src/"],
        except: &[],
        remedy: "the core reads no environment: let the front end read it and pass the value in",
    },
    WordRule {
        words: &["process::exit", "process::abort"],
        within: &["crates/", "xtask/"],
        except: &["crates/core/src/failpoint.rs"],
        remedy: "only `main` ends a program, by the code that it returns",
    },
    WordRule {
        words: &["std::process", "process::Command", "tokio::process"],
        within: &["crates/core/src/"],
        except: &["crates/core/src/api/command/", "crates/core/src/failpoint.rs"],
        remedy: "only api/command starts processes",
    },
    WordRule {
        words: &["hyper", "hyper_util", "http_body_util", "rustls", "rustls_platform_verifier", "tokio_rustls"],
        within: &["crates/core/src/", "crates/frontend/src/", "crates/cli/src/", "crates/cpapi2/src/"],
        except: &["crates/core/src/api/https", "crates/core/src/mail/"],
        remedy: "only api/https speaks HTTP and TLS, and mail/ IMAP over the same TLS",
    },
    WordRule {
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        within: &["crates/core/src/"],
        except: &["crates/core/src/api/https/panel.rs"],
        remedy: "clocks of the wall jump: wait and measure by tokio's, and let the caller pass in what time it is",
    },
    WordRule {
        words: &["crate as"],
        within: &["crates/"],
        except: &[],
        remedy: "call the crate `crate`, so that one sees who imports what",
    },
    WordRule {
        words: &["crate::list", "crate::entry", "crate::selection"],
        within: &["crates/core/src/api/"],
        except: &[],
        remedy: "the API knows calls, not lists: turn rows into calls above it",
    },
    WordRule {
        words: &["crate::list", "crate::entry", "crate::api"],
        within: &["crates/core/src/report/"],
        except: &[],
        remedy: "a report knows lines alone",
    },
    WordRule {
        words: &["expose_secret"],
        within: &["crates/"],
        except: EXPOSE_SECRETS,
        remedy: "a secret is opened in few places: pass the SecretString on, or add the file to EXPOSE_SECRETS with a good reason",
    },
];

/// The files and folders where a secret may be opened.
const EXPOSE_SECRETS: &[&str] = &[
    "crates/core/src/api/form.rs",
    "crates/core/src/api/command/arguments.rs",
    "crates/core/src/api/command/private_file.rs",
    "crates/core/src/api/https",
    "crates/core/src/failpoint.rs",
    "crates/core/src/journal/key.rs",
    "crates/core/src/list/",
    "crates/core/src/mail/plain.rs",
    "crates/core/src/report/failed.rs",
    "crates/core/src/text/redact.rs",
    "crates/frontend/src/memory.rs",
];

/// Words that say that something is not finished; they may stand nowhere, not even in a comment.
pub(super) const UNFINISHED: &[&str] = &["TODO", "FIXME", "XXX:", "todo!", "unimplemented!", "#[ignore"];

/// What puts a file's code where its path does not say, past the rules that go by the path.
pub(super) const ASTRAY: &[&str] = &["#[path", "include!"];

/// How many lines a file has at most.
pub(super) const LONGEST_FILE: usize = 400;
