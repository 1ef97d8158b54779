//! The running panel: everything that a face or the control port needs to answer.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;

use crate::access_log::AccessLog;
use crate::behaviour::Behaviour;
use crate::command_log::CommandLog;
use crate::counters::Counters;
use crate::http::Arguments;
use crate::journal::Journal;
use crate::rules::RuleBook;
use crate::state::{Hosting, Layout, Operators, Passwords};
use crate::subject::Subject;

/// One rehearsal panel.
pub(crate) struct Panel {
    /// The accounts.
    pub(crate) hosting: Hosting,
    /// The users of WHM.
    pub(crate) operators: Operators,
    /// The passwords of the accounts' mailboxes.
    pub(crate) passwords: Passwords,
    /// Where the state lies.
    pub(crate) layout: Layout,
    /// The rules that hold.
    pub(crate) rules: RuleBook,
    /// What was counted.
    pub(crate) counters: Rc<Counters>,
    /// What was changed.
    pub(crate) journal: Journal,
    /// Where requests are written down.
    pub(crate) access_log: AccessLog,
    /// Where local programs are written down.
    pub(crate) command_log: CommandLog,
    /// The strength that single applications require.
    pub(crate) strength: BTreeMap<String, u8>,
    behaviour: RefCell<Behaviour>,
    admitted: Cell<u64>,
}

impl Panel {
    /// A panel with nothing counted yet.
    pub(crate) fn new(parts: Parts) -> Self {
        Self {
            hosting: parts.hosting,
            operators: parts.operators,
            passwords: parts.passwords,
            layout: parts.layout,
            rules: RuleBook::default(),
            counters: Rc::default(),
            journal: Journal::default(),
            access_log: parts.access_log,
            command_log: parts.command_log,
            strength: parts.strength,
            behaviour: RefCell::new(parts.behaviour),
            admitted: Cell::new(0),
        }
    }

    /// The settings now.
    pub(crate) fn behaviour(&self) -> Ref<'_, Behaviour> {
        self.behaviour.borrow()
    }

    /// Changes the settings that `patch` names; the count to the death of tokens starts anew.
    ///
    /// # Errors
    ///
    /// When `patch` is not a set of settings.
    pub(crate) fn change_behaviour(&self, patch: Value) -> Result<(), serde_json::Error> {
        let patched = self.behaviour().patched(patch)?;
        self.behaviour.replace(patched);
        self.admitted.set(0);
        Ok(())
    }

    /// Lets one more authenticated request in, unless tokens are dead by now.
    pub(crate) fn admit(&self) -> bool {
        if self.behaviour().token_dies_after.is_some_and(|limit| self.admitted.get() >= limit) {
            return false;
        }
        self.admitted.set(self.admitted.get() + 1);
        true
    }

    /// How long the answer takes because the panel is set so: for itself, and for every command of a batch.
    pub(crate) fn latency(&self, subject: &Subject, arguments: &Arguments) -> Duration {
        let settings = self.behaviour();
        let is_batch = subject.functions.first().is_some_and(|function| function == "whm::batch");
        let commands = if is_batch { arguments.list_of_bytes("command").len() as u64 } else { 0 };
        Duration::from_millis(settings.latency_ms.saturating_add(commands.saturating_mul(settings.batch.command_ms)))
    }

    /// Forgets what was counted and journaled.
    pub(crate) fn reset_counters(&self) {
        self.counters.reset();
        self.journal.clear();
    }
}

/// What a panel is made of.
pub(crate) struct Parts {
    /// The accounts.
    pub(crate) hosting: Hosting,
    /// The users of WHM.
    pub(crate) operators: Operators,
    /// The passwords of the accounts' mailboxes.
    pub(crate) passwords: Passwords,
    /// Where the state lies.
    pub(crate) layout: Layout,
    /// Where requests are written down.
    pub(crate) access_log: AccessLog,
    /// Where local programs are written down.
    pub(crate) command_log: CommandLog,
    /// The settings at first.
    pub(crate) behaviour: Behaviour,
    /// The strength that single applications require.
    pub(crate) strength: BTreeMap<String, u8>,
}

#[cfg(test)]
pub(crate) mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::config::Config;

    /// A panel of the given configuration that keeps its passwords in memory.
    pub(crate) fn panel(config: &str) -> Panel {
        let config = Config::parse(config).unwrap();
        let layout = Layout::new(tempfile::tempdir().unwrap().path().to_path_buf());
        let passwords = Passwords::in_memory();
        passwords.seed(&layout, &config.accounts).unwrap();
        let access_log = AccessLog::open(tempfile::NamedTempFile::new().unwrap().path()).unwrap();
        let command_log = CommandLog::open(tempfile::NamedTempFile::new().unwrap().path()).unwrap();
        let (hosting, operators) = (Hosting::new(config.accounts), Operators::new(config.operators));
        let (behaviour, strength) = (config.behaviour, config.strength);
        Panel::new(Parts { hosting, operators, passwords, layout, access_log, command_log, behaviour, strength })
    }

    #[test]
    fn tokens_die_when_they_are_told_to_and_a_new_setting_counts_anew() {
        let panel = panel("behaviour = { token_dies_after = 2 }");
        assert_eq!([panel.admit(), panel.admit(), panel.admit()], [true, true, false]);
        panel.change_behaviour(serde_json::json!({"token_dies_after": 1})).unwrap();
        assert_eq!([panel.admit(), panel.admit()], [true, false]);
    }
}
