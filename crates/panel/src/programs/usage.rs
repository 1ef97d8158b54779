//! How the programs are called, in the panel's own words.

use crate::program_settings::Program;

/// The help of the program.
pub(super) fn usage(program: Program) -> String {
    let name = program.name();
    let (call, user) = match program {
        Program::Uapi | Program::Cpapi2 => ("Module function", "the account to call for; root has to name one"),
        Program::Whmapi1 => ("function", "the reseller to call as, which root alone may choose"),
    };
    format!(
        "Usage: {name} [options] {call} [key=value ...]\n\
         \n\
         \x20 --user=NAME      {user}\n\
         \x20 --output=FORM    yaml (unless told otherwise), json or jsonpretty\n\
         \x20 --input=FORM     key-value (unless told otherwise), or json: an object on standard input\n\
         \x20 --help           this text\n\
         \n\
         Keys and values are URI-encoded. The value @FILE is what stands in the file, as it is.\n"
    )
}
