//! Arguments and environments of processes, which others on the machine may read.

use crate::finding::Search;
use crate::trace::Trace;

/// The name of this detector for arguments.
pub(crate) const ARGUMENTS: &str = "arguments";

/// And for environments.
pub(crate) const ENVIRONMENT: &str = "environment";

/// Searches what every process was started with. The variables of the watched program that a user may give a secret are passed over,
/// for it alone and not for what it starts.
pub(crate) fn search(trace: &Trace, variables: &[&str], search: &mut Search) {
    for call in trace.of(&["execve", "execveat"]) {
        let strings = call.strings();
        let place = || format!("{} ({})", call.program, call.process);
        let [_, arguments, environment, ..] = &strings[..] else { continue };
        for argument in arguments {
            search.look(ARGUMENTS, place, argument);
        }
        for variable in environment {
            let name = variable.split(|&byte| byte == b'=').next().unwrap_or_default();
            let is_allowed = trace.is_ours(call) && variables.iter().any(|allowed| allowed.as_bytes() == name);
            if !is_allowed {
                search.look(ENVIRONMENT, place, variable);
            }
        }
    }
}
