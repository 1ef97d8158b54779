//! Mistakes planted into the client, each of which the harness must find: a check that cannot fail proves nothing.

use std::cell::Cell;
use std::time::Duration;

use cprekey_core::api::{Answer, Answering, Argument, Call, Fault, Panel, Verdict};
use cprekey_core::event::{Event, Observer};
use tokio::time::sleep;

use crate::bounds;
use crate::case::Case;
use crate::judge::Rule;
use crate::notes::Recorder;
use crate::panel::ChaosPanel;

/// A mistake, the rule that it breaks, and what it is in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    pub(crate) mistake: Mistake,
    pub(crate) breaks: Rule,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mistake {
    DoubtIsYes,
    DoubtIsNo,
    DoubtIsNothing,
    NoIsYes,
    ProofIsAlwaysYes,
    DenialIsTriedAgain,
    LocalPartAlone,
    SendsAgainUnseen,
    RowIsForgotten,
    RowIsToldTwice,
    FaultNamesThePassword,
    WaitsForEver,
    SyncsAreSkipped,
    DoubtIsForgotten,
    SettledIsSentAgain,
    Chance,
}

const fn planted(mistake: Mistake, breaks: Rule) -> Planted {
    Planted { mistake, breaks }
}

/// Every mistake.
pub(crate) const PLANTED: &[Planted] = &[
    planted(Mistake::DoubtIsYes, Rule::FalseChanged),
    planted(Mistake::DoubtIsNo, Rule::FalseRefused),
    planted(Mistake::DoubtIsNothing, Rule::FalseNotTried),
    planted(Mistake::NoIsYes, Rule::FalseChanged),
    planted(Mistake::ProofIsAlwaysYes, Rule::FalseUnchanged),
    planted(Mistake::DenialIsTriedAgain, Rule::Denials),
    planted(Mistake::LocalPartAlone, Rule::FalseChanged),
    planted(Mistake::SendsAgainUnseen, Rule::Attempts),
    planted(Mistake::RowIsForgotten, Rule::OnceEach),
    planted(Mistake::RowIsToldTwice, Rule::OnceEach),
    planted(Mistake::FaultNamesThePassword, Rule::Secret),
    planted(Mistake::WaitsForEver, Rule::Time),
    planted(Mistake::SyncsAreSkipped, Rule::Journal),
    planted(Mistake::DoubtIsForgotten, Rule::FalseRefused),
    planted(Mistake::SettledIsSentAgain, Rule::Journal),
    planted(Mistake::Chance, Rule::Replay),
];

impl Planted {
    pub(crate) fn into_client<'a>(
        self,
        panel: &'a ChaosPanel<'a>,
        recorder: &'a Recorder<'a>,
        case: &'a Case,
    ) -> Mistaken<'a> {
        Mistaken { mistake: self.mistake, panel, recorder, case, settled: Cell::new(0) }
    }
}

/// A client with a mistake: what stands between the run and the panel, and between the run and who is told.
pub(crate) struct Mistaken<'a> {
    mistake: Mistake,
    panel: &'a ChaosPanel<'a>,
    recorder: &'a Recorder<'a>,
    case: &'a Case,
    settled: Cell<usize>,
}

impl Mistaken<'_> {
    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        match self.mistake {
            Mistake::LocalPartAlone => return self.panel.call(&without_domain(call)).await,
            Mistake::SendsAgainUnseen if call.function == "passwd_pop" => drop(self.panel.call(call).await),
            Mistake::WaitsForEver => sleep(bounds::longest(self.case)).await,
            Mistake::Chance => sleep(Duration::from_millis(rand::random_range(0..1000))).await,
            _ => {}
        }
        let result = self.panel.call(call).await;
        match (self.mistake, result) {
            (Mistake::DoubtIsYes, Err(fault)) if fault.may_have_acted() => Ok(Answer::bare(Verdict::Done)),
            (Mistake::DoubtIsNo, Err(fault)) if fault.may_have_acted() => Ok(Answer::bare(Verdict::Refused)),
            (Mistake::DoubtIsNothing, Err(fault)) if fault.may_have_acted() => {
                Err(Fault::Unreachable { detail: fault.to_string() })
            }
            (Mistake::NoIsYes, Ok(answer)) => Ok(Answer { verdict: Verdict::Done, ..answer }),
            (Mistake::ProofIsAlwaysYes, Ok(answer)) if call.function == "verify_password" => {
                let data = serde_json::value::to_raw_value(&1).ok();
                Ok(Answer { data, verdict: Verdict::Done, ..answer })
            }
            (Mistake::DenialIsTriedAgain, Err(Fault::Denied { .. })) => Err(Fault::ServerError { status: 500 }),
            (Mistake::FaultNamesThePassword, Err(Fault::Lost { .. })) => {
                Err(Fault::Lost { detail: format!("the connection broke after {}", arguments(call)) })
            }
            (_, result) => result,
        }
    }
}

/// The call with mailboxes named by their local parts.
fn without_domain<'a>(call: &Call<'a>) -> Call<'a> {
    let mut call = call.clone();
    for (key, value) in &mut call.arguments {
        if let Argument::Plain(text) = value
            && key == "email"
        {
            let local = text.split('@').next().unwrap_or_default().to_owned();
            *text = local.into();
        }
    }
    call
}

fn arguments(call: &Call<'_>) -> String {
    use cprekey_core::ExposeSecret as _;
    let shown = |(_, value): &(_, Argument<'_>)| match value {
        Argument::Plain(text) => text.to_string(),
        Argument::Secret(secret) => secret.expose_secret().to_owned(),
    };
    call.arguments.iter().map(shown).collect::<Vec<_>>().join(" ")
}

impl Panel for Mistaken<'_> {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a> {
        Box::pin(self.answer(call))
    }
}

impl Observer for Mistaken<'_> {
    fn note(&self, event: &Event<'_>) {
        if matches!(event, Event::Settled(_)) {
            self.settled.update(|count| count + 1);
            match self.mistake {
                Mistake::RowIsForgotten if self.settled.get() == 3 => return,
                Mistake::RowIsToldTwice if self.settled.get() == 3 => self.recorder.note(event),
                _ => {}
            }
        }
        self.recorder.note(event);
    }
}
