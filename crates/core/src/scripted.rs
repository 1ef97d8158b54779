//! For tests: a panel that answers as a script says, on tokio's clock, and remembers what it was asked.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::address::Address;
use crate::api::{Answer, Answering, Argument, Call, Fault, Panel, Verdict};
use crate::event::{Event, Observer};
use crate::line::Line;
use crate::mail::{LoggingIn, Login, Mail};

pub(crate) type Said = Result<Answer, Fault>;

/// Who looks at every call.
pub(crate) type Watch = Box<dyn Fn(&Call<'_>)>;

/// A panel that takes `latency` for everything and answers what its script says; a plain yes when that has ended.
#[derive(Default)]
pub(crate) struct Scripted {
    pub(crate) latency: Duration,
    pub(crate) script: RefCell<VecDeque<Said>>,
    /// What `Email::verify_password` answers.
    pub(crate) verifies: Value,
    /// Whether changes are refused, and not made, when the script has ended.
    pub(crate) refuses: bool,
    /// After how many requests the credential dies: those that come later are denied, whatever the script says.
    pub(crate) dies_after: Option<usize>,
    pub(crate) denied: Cell<usize>,
    /// Whether one answer takes several times as long as another.
    pub(crate) uneven: bool,
    /// The function of every call, in order, and what it is about: an address, a domain, an account, or how many commands.
    pub(crate) asked: RefCell<Vec<String>>,
    pub(crate) under_way: Cell<usize>,
    pub(crate) most_under_way: Cell<usize>,
    /// Told of every call when it arrives.
    pub(crate) watch: Option<Watch>,
}

impl Scripted {
    pub(crate) fn saying(script: impl IntoIterator<Item = Said>) -> Self {
        Self {
            latency: Duration::from_millis(100),
            script: RefCell::new(script.into_iter().collect()),
            verifies: json!(1),
            ..Self::default()
        }
    }

    pub(crate) fn times_asked(&self, function: &str) -> usize {
        self.asked.borrow().iter().filter(|asked| asked.starts_with(function)).count()
    }

    async fn answer(&self, call: &Call<'_>) -> Said {
        self.watch.iter().for_each(|watch| watch(call));
        self.asked.borrow_mut().push(format!("{} {}", call.function, about(call)));
        let number = self.asked.borrow().len();
        let said = match call.function.as_ref() {
            _ if self.dies_after.is_some_and(|last| number > last) => {
                self.denied.update(|denied| denied + 1);
                Err(denied())
            }
            "verify_password" => Ok(Answer { data: to_raw_value(&self.verifies).ok(), ..yes() }),
            _ => self.script.borrow_mut().pop_front().unwrap_or_else(|| Ok(self.unscripted(call))),
        };
        self.under_way.set(self.under_way.get() + 1);
        self.most_under_way.set(self.most_under_way.get().max(self.under_way.get()));
        sleep(if self.uneven { self.latency * lot(number) } else { self.latency }).await;
        self.under_way.set(self.under_way.get() - 1);
        said
    }
}

impl Scripted {
    /// The answer where the script has ended: the same for every change, alone or in a batch.
    fn unscripted(&self, call: &Call<'_>) -> Answer {
        let (one, in_batch) = if self.refuses { (no("No."), uapi_no("No.")) } else { (yes(), uapi_yes()) };
        match call.function.as_ref() {
            "batch" => holding(&json!({"result": vec![in_batch; commands(call)]})),
            _ => one,
        }
    }
}

/// From 1 to 7, another for every number, in no order.
fn lot(number: usize) -> u32 {
    [3, 1, 7, 2, 5, 1, 4, 6][number * number % 8 / 2 + number % 5]
}

/// What a call is about.
pub(crate) fn about(call: &Call<'_>) -> String {
    let told = |wanted: &str| {
        call.arguments.iter().find_map(|(key, value)| match value {
            Argument::Plain(text) if key == wanted => Some(text.as_ref()),
            _ => None,
        })
    };
    match call.function.as_ref() {
        "batch" => commands(call).to_string(),
        _ => told("email").or_else(|| told("domain")).or(call.account.as_deref()).unwrap_or_default().to_owned(),
    }
}

fn commands(call: &Call<'_>) -> usize {
    call.arguments.iter().filter(|(key, _)| key == "command").count()
}

/// A mail server that answers logins as a script says, lets everybody in when that has ended, and remembers whom it was asked for, and when.
#[derive(Debug, Default)]
pub(crate) struct ScriptedMail {
    pub(crate) script: RefCell<VecDeque<Login>>,
    pub(crate) asked: RefCell<Vec<(String, Instant)>>,
}

impl ScriptedMail {
    pub(crate) fn saying(script: impl IntoIterator<Item = Login>) -> Self {
        Self { script: RefCell::new(script.into_iter().collect()), ..Self::default() }
    }
}

impl Mail for ScriptedMail {
    fn server(&self, mailbox: &Address) -> String {
        mailbox.domain().to_owned()
    }

    fn log_in<'a>(&'a self, mailbox: &'a Address, _: &'a SecretString) -> LoggingIn<'a> {
        self.asked.borrow_mut().push((mailbox.as_str().to_owned(), Instant::now()));
        let login = self.script.borrow_mut().pop_front().unwrap_or(Login::Holds);
        Box::pin(async {
            sleep(Duration::from_millis(20)).await;
            login
        })
    }
}

impl Panel for Scripted {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a> {
        Box::pin(self.answer(call))
    }
}

pub(crate) fn yes() -> Answer {
    Answer::bare(Verdict::Done)
}

pub(crate) fn no(words: &str) -> Answer {
    Answer { verdict: Verdict::Refused, errors: vec![words.into()], ..yes() }
}

/// A yes with this data.
pub(crate) fn holding(data: &Value) -> Answer {
    Answer { data: to_raw_value(data).ok(), ..yes() }
}

/// A yes of UAPI, as it stands among the answers to a batch of WHM.
pub(crate) fn uapi_yes() -> Value {
    in_batch(&json!({"status": 1, "errors": null, "messages": null, "warnings": null, "data": null}))
}

/// A no of UAPI, as it stands among the answers to a batch of WHM.
pub(crate) fn uapi_no(words: &str) -> Value {
    in_batch(&json!({"status": 0, "errors": [words], "messages": null, "warnings": null, "data": null}))
}

fn in_batch(uapi: &Value) -> Value {
    json!({"metadata": {"version": 1, "command": "uapi_cpanel", "result": 1, "reason": "OK"}, "data": {"uapi": uapi}})
}

pub(crate) fn timeout() -> Fault {
    Fault::Timeout { after: Duration::from_secs(60) }
}

pub(crate) fn unreachable() -> Fault {
    Fault::Unreachable { detail: String::from("connection refused") }
}

pub(crate) fn denied() -> Fault {
    Fault::Denied { detail: String::from("HTTP 403") }
}

/// Remembers the lines in the order in which they were settled, and everything else by its name.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) lines: RefCell<Vec<(usize, Line)>>,
    pub(crate) events: RefCell<Vec<String>>,
    /// Why no more batches are sent.
    pub(crate) unbatched: RefCell<Vec<String>>,
    pub(crate) kept_passwords: Cell<usize>,
    /// The rows that are in no journal.
    pub(crate) unrecorded: RefCell<Vec<u32>>,
}

impl Observer for Notes {
    fn note(&self, event: &Event<'_>) {
        match event {
            Event::Settled(settled) => {
                self.kept_passwords.set(self.kept_passwords.get() + usize::from(settled.again.is_some()));
                self.unrecorded.borrow_mut().extend(settled.unrecorded.then_some(settled.line.row));
                self.lines.borrow_mut().push((settled.index, settled.line.clone()));
            }
            other => {
                if let Event::Unbatched { why } = other {
                    self.unbatched.borrow_mut().push((*why).to_owned());
                }
                let name = serde_json::to_value(other).ok().and_then(|value| Some(value["event"].as_str()?.to_owned()));
                self.events.borrow_mut().extend(name);
            }
        }
    }
}
