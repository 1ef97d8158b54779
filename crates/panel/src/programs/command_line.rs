//! What was typed behind a program's name (cPanel API documentation, Introduction: options, module, function, arguments).

use super::complaint::Complaint;
use super::output::Output;
use crate::dialogue::Raw;
use crate::program_settings::{JsonOff, Program, ProgramSettings};

/// A command line, understood as far as its options go.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Typed {
    /// Whom `--user` names.
    pub(super) user: Option<String>,
    /// The form of the answer.
    pub(super) output: Output,
    /// Where the arguments come from.
    pub(super) input: Input,
    /// The module; empty for `whmapi1`.
    pub(super) module: String,
    /// The function.
    pub(super) function: String,
    /// What stands behind the function, as it was typed.
    pub(super) fields: Vec<Raw>,
}

/// Where the arguments come from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Input {
    /// From the command line.
    #[default]
    Fields,
    /// From a JSON object on standard input.
    Json,
    /// From nowhere: JSON was asked for, and the program does not take it.
    Nothing,
}

/// Understands what stands behind the program's name.
///
/// # Errors
///
/// When it is not what the program takes.
pub(super) fn parse(program: Program, words: &[Raw], settings: &ProgramSettings) -> Result<Typed, Complaint> {
    let mut typed = Typed::default();
    let options = words.iter().take_while(|word| is_option(word)).count();
    for option in &words[..options] {
        typed.read_option(program, &text(option), settings)?;
    }
    let names = if program == Program::Whmapi1 { 1 } else { 2 };
    let (names, fields) = words[options..].split_at_checked(names).ok_or(Complaint::NoFunction)?;
    if let Some(late) = fields.iter().find(|word| is_option(word)) {
        return Err(Complaint::LateOption(key(late)));
    }
    if typed.input == Input::Json && !fields.is_empty() {
        return Err(Complaint::TwoInputs);
    }
    typed.function = names.last().map(text).unwrap_or_default();
    typed.module = if names.len() > 1 { text(&names[0]) } else { String::new() };
    if names.iter().any(|name| name.0.contains(&b'=')) {
        return Err(Complaint::NoFunction);
    }
    typed.fields = fields.to_vec();
    Ok(typed)
}

impl Typed {
    fn read_option(&mut self, program: Program, option: &str, settings: &ProgramSettings) -> Result<(), Complaint> {
        match option.split_once('=') {
            Some(("--user", name)) => self.user = Some(name.to_owned()),
            Some(("--output", form)) => self.output = Output::named(form)?,
            Some(("--input", "key-value")) => self.input = Input::Fields,
            Some(("--input", "json")) if settings.json.contains(&program) => self.input = Input::Json,
            Some(("--input", "json")) if settings.json_off == JsonOff::Ignore => self.input = Input::Nothing,
            Some(("--input", form)) if form != "json" => return Err(Complaint::BadValue("--input", form.to_owned())),
            None if option == "--help" => return Err(Complaint::Help),
            _ => return Err(Complaint::UnknownOption(option.split('=').next().unwrap_or_default().to_owned())),
        }
        Ok(())
    }
}

fn is_option(word: &Raw) -> bool {
    word.0.starts_with(b"--")
}

/// What stands before the first `=`, so that no complaint repeats a value.
fn key(word: &Raw) -> String {
    text(word).split('=').next().unwrap_or_default().to_owned()
}

fn text(word: &Raw) -> String {
    String::from_utf8_lossy(&word.0).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(program: Program, line: &str, settings: &ProgramSettings) -> Result<Typed, Complaint> {
        let words: Vec<_> = line.split_whitespace().map(|word| Raw::from(word.to_owned())).collect();
        parse(program, &words, settings)
    }

    fn refused(program: Program, line: &str) -> Option<Complaint> {
        understood(program, line, &ProgramSettings::default()).err()
    }

    #[test]
    fn options_come_first_then_the_names_then_the_fields() {
        let line = "--output=json --user=shop Email passwd_pop email=a%40b.c password=x=y";
        let typed = understood(Program::Uapi, line, &ProgramSettings::default());
        let fields = ["email=a%40b.c", "password=x=y"].map(|field| Raw::from(field.to_owned())).to_vec();
        let (module, function) = ("Email".to_owned(), "passwd_pop".to_owned());
        let user = Some("shop".to_owned());
        assert_eq!(typed, Ok(Typed { user, output: Output::Json, input: Input::Fields, module, function, fields }));
    }

    #[test]
    fn whmapi1_has_no_module_and_writes_yaml_unless_told_otherwise() {
        let typed = understood(Program::Whmapi1, "listaccts want=user", &ProgramSettings::default());
        let seen = typed.map(|typed| (typed.module, typed.function, typed.fields.len(), typed.output));
        assert_eq!(seen, Ok((String::new(), "listaccts".to_owned(), 1, Output::Yaml)));
    }

    #[test]
    fn what_is_not_taken_is_complained_about() {
        for (line, complaint) in [
            ("", Complaint::NoFunction),
            ("Email", Complaint::NoFunction),
            ("--user shop Email count_pops", Complaint::UnknownOption("--user".to_owned())),
            ("--outptu=json Email count_pops", Complaint::UnknownOption("--outptu".to_owned())),
            ("Email count_pops --output=json", Complaint::LateOption("--output".to_owned())),
            ("Email email=a", Complaint::NoFunction),
            ("--output=xml Email count_pops", Complaint::NoXml),
            ("--output=text Email count_pops", Complaint::BadValue("--output", "text".to_owned())),
            ("--input=xml Email count_pops", Complaint::BadValue("--input", "xml".to_owned())),
            ("--input=json Email list_pops regex=a", Complaint::TwoInputs),
            ("--help", Complaint::Help),
        ] {
            assert_eq!(refused(Program::Uapi, line), Some(complaint), "{line}");
        }
    }

    #[test]
    fn a_program_that_takes_no_json_ignores_it_or_complains() {
        let mut settings = ProgramSettings::default();
        let input = |settings: &ProgramSettings| {
            understood(Program::Cpapi2, "--input=json Email passwdpop", settings).map(|typed| typed.input)
        };
        assert_eq!(input(&settings), Ok(Input::Nothing));
        settings.json_off = JsonOff::Usage;
        assert_eq!(input(&settings), Err(Complaint::UnknownOption("--input".to_owned())));
        settings.json = vec![Program::Cpapi2];
        assert_eq!(input(&settings), Ok(Input::Json));
    }
}
