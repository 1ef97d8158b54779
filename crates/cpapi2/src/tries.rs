//! The tries of one call, and what they come to together.

use cprekey_core::api::{Answer, Call, Fault, Panel};
use cprekey_core::retry::{self, Next, RetryPolicy};

use crate::change;

/// What the tries of a call come to together.
#[derive(Debug)]
pub(crate) enum Came {
    /// An answer, before which nothing can have been done, or a yes.
    Answered(Answer),
    /// No usable answer: by this fault alone it is to be judged whether it may have been done.
    Failed(Fault),
    /// A try may have done it, and a later one gave neither a yes nor another doubt.
    Doubtful {
        /// Of the last try that may have done it.
        doubt: Fault,
        /// What came of the try behind it.
        last: Result<Answer, Fault>,
    },
}

/// Makes the call, and again so many times after a passing fault. A call that names an old password is not sent again once it may have been
/// done: that password may be none any more.
pub(crate) async fn pursue(panel: &dyn Panel, call: &Call<'_>, retries: u32) -> Came {
    let policy = RetryPolicy { retries, ..RetryPolicy::default() };
    let mut doubt = None;
    let mut tries = 0;
    loop {
        let last = panel.call(call).await.and_then(|answer| change::checked(call, answer));
        tries += 1;
        let Some(after) = last.as_ref().err().and_then(|fault| wait(&policy, tries, call, fault)) else {
            return together(doubt, last);
        };
        doubt = last.err().filter(Fault::may_have_acted).or(doubt);
        tokio::time::sleep(after).await;
    }
}

/// How long to wait before the call is made again; none where it is not.
fn wait(policy: &RetryPolicy, tries: u32, call: &Call<'_>, fault: &Fault) -> Option<std::time::Duration> {
    if fault.may_have_acted() && change::needs_old_password(call) {
        return None;
    }
    // One caller alone need not draw lots to keep out of others' way.
    match retry::next(policy, tries, fault, 1.0) {
        Next::Again { after } => Some(after),
        Next::GiveUp => None,
    }
}

fn together(doubt: Option<Fault>, last: Result<Answer, Fault>) -> Came {
    match (doubt, last) {
        (_, Ok(answer)) if answer.is_done() => Came::Answered(answer),
        (None, Ok(answer)) => Came::Answered(answer),
        (_, Err(fault)) if fault.may_have_acted() => Came::Failed(fault),
        (None, Err(fault)) => Came::Failed(fault),
        (Some(doubt), last) => Came::Doubtful { doubt, last },
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::time::Duration;

    use cprekey_core::SecretString;
    use cprekey_core::api::{Answering, Api, Verdict};

    use super::*;

    type Said = Result<Answer, Fault>;

    /// A panel that says one thing after another.
    struct Script(RefCell<VecDeque<Said>>);

    impl Panel for Script {
        fn call<'a>(&'a self, _call: &'a Call<'a>) -> Answering<'a> {
            let ended = || Err(Fault::Unsupported { detail: "the script has ended".to_owned() });
            Box::pin(async move { self.0.borrow_mut().pop_front().unwrap_or_else(ended) })
        }
    }

    fn yes() -> Answer {
        Answer::bare(Verdict::Done)
    }

    fn no() -> Answer {
        Answer::bare(Verdict::Refused)
    }

    fn timeout() -> Said {
        Err(Fault::Timeout { after: Duration::from_secs(1) })
    }

    fn refused_connection() -> Said {
        Err(Fault::Unreachable { detail: "refused".to_owned() })
    }

    fn denied() -> Said {
        Err(Fault::Denied { detail: "403".to_owned() })
    }

    fn told(came: &Came) -> String {
        let of_answer = |answer: &Answer| if answer.is_done() { "yes" } else { "no" }.to_owned();
        match came {
            Came::Answered(answer) => of_answer(answer),
            Came::Failed(fault) => fault.to_string(),
            Came::Doubtful { doubt, last } => {
                let last = last.as_ref().map_or_else(ToString::to_string, of_answer);
                format!("doubt: {doubt}; then {last}")
            }
        }
    }

    /// What such a script comes to, and how much of it was not asked for.
    async fn came<const N: usize>(call: &Call<'_>, script: [Said; N]) -> (String, usize) {
        let panel = Script(RefCell::new(script.into()));
        let came = pursue(&panel, call, 2).await;
        (told(&came), panel.0.borrow().len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_doubt_is_not_forgotten_over_a_later_no_or_fault() {
        let call = Call::uapi("Email", "add_pop");
        let doubt = "doubt: no answer within 1 s; then ";
        for (script, expected) in [
            ([timeout(), Ok(no()), Ok(no())], format!("{doubt}no")),
            ([timeout(), refused_connection(), Ok(no())], format!("{doubt}no")),
            (
                [timeout(), refused_connection(), refused_connection()],
                format!("{doubt}the panel cannot be reached: refused"),
            ),
            ([timeout(), denied(), Ok(yes())], format!("{doubt}the panel did not let us in: 403")),
            ([refused_connection(), timeout(), timeout()], "no answer within 1 s".to_owned()),
            ([timeout(), refused_connection(), Ok(yes())], "yes".to_owned()),
            ([refused_connection(), refused_connection(), Ok(no())], "no".to_owned()),
            (
                [refused_connection(), refused_connection(), refused_connection()],
                "the panel cannot be reached: refused".to_owned(),
            ),
        ] {
            assert_eq!(came(&call, script).await.0, expected);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_with_an_old_password_is_not_sent_again_once_it_may_have_been_done() {
        let old = SecretString::from("luggage12345");
        let call = Call::new(Api::Api2, "Passwd", "change_password").secret("oldpass", &old);
        let timed_out = "no answer within 1 s".to_owned();
        assert_eq!(came(&call, [timeout(), Ok(no())]).await, (timed_out.clone(), 1));
        assert_eq!(came(&call, [refused_connection(), timeout(), Ok(no())]).await, (timed_out, 1));
        assert_eq!(came(&call, [refused_connection(), Ok(no())]).await, ("no".to_owned(), 0));
        let through = Call::whm1("cpanel").secret("oldpass", &old);
        assert_eq!(came(&through, [timeout(), Ok(no())]).await.1, 1);
    }
}
