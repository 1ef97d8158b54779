//! Takes a call by a program from its first word to its end: written down, understood, made, answered.

use std::io;
use std::path::Path;
use std::rc::Rc;

use tokio::net::UnixStream;

use super::act::act;
use super::call::ProgramCall;
use super::caller::{Caller, caller};
use super::command_line::{Input, Typed, parse};
use super::complaint::Complaint;
use super::conversation::Conversation;
use super::fields::{Given, Reading, from_json};
use crate::dialogue::{Content, Hello, Manner, Order, Raw};
use crate::http::Arguments;
use crate::panel::Panel;
use crate::program_settings::{LastNewline, Program, ProgramSettings};

/// Serves one program. One that breaks off needs no answer, so errors end its conversation and nothing else.
pub(super) async fn attend(panel: Rc<Panel>, stream: UnixStream) {
    let mut conversation = Conversation::over(stream);
    let _ = serve(&panel, &mut conversation).await;
}

async fn serve(panel: &Panel, conversation: &mut Conversation) -> io::Result<()> {
    let hello: Hello = conversation.hear().await?;
    let running = panel.counters.program_begins();
    let name = name(&hello);
    let ending = match understand(panel, conversation, &hello, &name).await? {
        Ok(call) => tokio::select! {
            biased;
            ending = act(panel, &call) => ending,
            () = conversation.gone() => return Ok(()),
        },
        Err(complaint) => complaint.ending(&name),
    };
    let goes_on = matches!(ending.manner, Manner::Hang { .. });
    // One that ends of itself is counted out before it does, so that whoever waited for it sees it gone.
    let running = goes_on.then_some(running);
    conversation.say(&Order::End(ending)).await?;
    conversation.gone().await;
    drop(running);
    Ok(())
}

/// The file name that the program was started by.
fn name(hello: &Hello) -> String {
    let path = hello.arguments.first().map(|name| String::from_utf8_lossy(&name.0)).unwrap_or_default();
    Path::new(&*path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Understands the call, and has the program read what belongs to it.
///
/// # Errors
///
/// When the program breaks off.
async fn understand<'a>(
    panel: &'a Panel,
    conversation: &mut Conversation,
    hello: &Hello,
    name: &str,
) -> io::Result<Result<ProgramCall<'a>, Complaint>> {
    let settings = panel.behaviour().local.clone();
    let (program, typed, caller) = match admitted(panel, hello, name, &settings) {
        Ok(admitted) => admitted,
        Err(complaint) => return Ok(Err(complaint)),
    };
    let arguments = read(conversation, program, &typed, &settings).await?;
    let call = |mut arguments: Arguments| {
        if program == Program::Whmapi1 {
            // Inferred: on the command line nobody gives a version, and the answers have the shape of version 1.
            arguments.add("api.version".to_owned(), b"1".to_vec());
        }
        let Typed { module, function, output, .. } = typed;
        ProgramCall { program, caller, module, function, arguments, output }
    };
    Ok(arguments.map(call))
}

/// What can be told without reading anything.
fn admitted<'a>(
    panel: &'a Panel,
    hello: &Hello,
    name: &str,
    settings: &ProgramSettings,
) -> Result<(Program, Typed, Caller<'a>), Complaint> {
    panel.command_log.write(name, hello).map_err(|_| Complaint::NoLog)?;
    let program = Program::named(name).ok_or_else(|| Complaint::UnknownProgram(name.to_owned()))?;
    let typed = parse(program, hello.arguments.get(1..).unwrap_or_default(), settings)?;
    let caller = caller(panel, program, hello.euid, typed.user.as_deref())?;
    Ok((program, typed, caller))
}

/// The arguments; what stands in files and on standard input the program reads, as the user that it acts as.
async fn read(
    conversation: &mut Conversation,
    program: Program,
    typed: &Typed,
    settings: &ProgramSettings,
) -> io::Result<Result<Arguments, Complaint>> {
    match typed.input {
        Input::Nothing => Ok(Ok(Arguments::default())),
        Input::Json => {
            conversation.say(&Order::ReadInput {}).await?;
            let content: Content = conversation.hear().await?;
            Ok(content.map_err(|_| Complaint::NoJson).and_then(|content| from_json(&content.0)))
        }
        Input::Fields => read_fields(conversation, program, &typed.fields, settings).await,
    }
}

async fn read_fields(
    conversation: &mut Conversation,
    program: Program,
    words: &[Raw],
    settings: &ProgramSettings,
) -> io::Result<Result<Arguments, Complaint>> {
    let plus_is_space = settings.plus_is_space.contains(&program);
    let reading = Reading { plus_is_space, at_file: settings.at_file.contains(&program) };
    let mut arguments = Arguments::default();
    for word in words {
        let field = reading.field(word);
        match field.value {
            Given::Here(value) => arguments.add(field.key, value),
            Given::InFile(path) => {
                let shown = String::from_utf8_lossy(&path.0).into_owned();
                conversation.say(&Order::ReadFile { path }).await?;
                match conversation.hear::<Content>().await? {
                    Ok(content) => arguments.add(field.key, trimmed(content, settings.at_file_newline)),
                    Err(reason) => return Ok(Err(Complaint::Unreadable { path: shown, reason })),
                }
            }
        }
    }
    Ok(Ok(arguments))
}

fn trimmed(Raw(mut content): Raw, newline: LastNewline) -> Vec<u8> {
    if newline == LastNewline::Cut && content.last() == Some(&b'\n') {
        content.pop();
    }
    content
}
