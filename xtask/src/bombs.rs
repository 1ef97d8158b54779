//! `cargo xtask bombs`: lists of few bytes that want much memory, and genuine workbooks of a million rows, each with what it takes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, root, say};

/// What a bomb may take: milliseconds, and mebibytes.
const MOST_TIME: u64 = 1000;
const MOST_MEMORY: u64 = 96;

/// What a genuine workbook of a million rows may take, in mebibytes.
const MOST_MEMORY_OF_A_MILLION: u64 = 400;

/// No list is given more than that, so that one which goes wrong does no harm: kibibytes, and seconds.
const LIMITS: &str = "ulimit -v 8000000; exec \"$0\" weigh \"$1\" timeout 20 \"$2\" check \"$3\" $4";

/// How much of what a program said is shown, in characters.
const LONGEST_LINE: usize = 300;

/// What became of a list.
struct Tried {
    exit: Option<i32>,
    told: String,
    milliseconds: u64,
    mebibytes: u64,
}

impl Tried {
    /// What was said, in a line.
    fn in_short(&self) -> String {
        let line = self.told.lines().collect::<Vec<_>>().join(" ");
        line.chars().take(LONGEST_LINE).collect()
    }
}

/// Builds the programs as users have them, and tries every list.
pub(crate) fn run() -> Result<()> {
    cargo(&["build", "--release", "--package", "cprekey", "--package", "cprekey-tests", "--bins"], &[])?;
    let folder = root().join("target/bombs");
    let _not_there_yet = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).context("the folder of the bombs cannot be made")?;
    corpus(&["bombs", text(&folder)?])?;
    say("  ok   file KB   inflated MB  exit       s      MB  list");
    let manifest = fs::read_to_string(folder.join("manifest.tsv")).context("the bombs were not written")?;
    let mut wrong = 0;
    for line in manifest.lines() {
        wrong += u32::from(!bomb(&folder, line)?);
    }
    for kind in ["inline", "shared"] {
        wrong += u32::from(!million(&folder, kind)?);
    }
    fs::remove_dir_all(&folder).context("the folder of the bombs cannot be taken away")?;
    if wrong > 0 {
        bail!(
            "{wrong} lists went wrong: a bomb must end in the error that its verdict says, within {MOST_TIME} ms and {MOST_MEMORY} MB; a \
             genuine workbook with 0, within {MOST_MEMORY_OF_A_MILLION} MB"
        );
    }
    Ok(())
}

/// Tries one bomb of the manifest; whether it ended as it must.
fn bomb(folder: &Path, line: &str) -> Result<bool> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, file, inflated, error, options] = fields[..] else { bail!("not understood: {line}") };
    let file = folder.join(file);
    let tried = check(folder, &file, options)?;
    let clear = tried.exit == Some(2) && tried.told.contains("error: ") && tried.told.contains(error);
    let ok = clear && tried.milliseconds <= MOST_TIME && tried.mebibytes <= MOST_MEMORY;
    show(name, &file, inflated.parse()?, &tried, ok)?;
    if !clear {
        say(&format!("       it should say {error:?}, and said: {}", tried.in_short()));
    }
    Ok(ok)
}

/// Tries a genuine workbook of as many rows as a sheet can have.
fn million(folder: &Path, kind: &str) -> Result<bool> {
    let file = folder.join(format!("million-{kind}.xlsx"));
    corpus(&["million", kind, text(&file)?])?;
    let tried = check(folder, &file, "")?;
    let ok = tried.exit == Some(0) && tried.mebibytes <= MOST_MEMORY_OF_A_MILLION;
    show(&format!("genuine, 1,048,576 rows × 3, {kind} texts"), &file, 0, &tried, ok)?;
    if tried.exit != Some(0) {
        say(&format!("       it should pass, and said: {}", tried.in_short()));
    }
    Ok(ok)
}

fn check(folder: &Path, file: &Path, options: &str) -> Result<Tried> {
    let (scales, program, note) = (program("cprekey-corpus"), program("cprekey"), folder.join("weight"));
    let output =
        Command::new("sh").args(["-c", LIMITS]).args([&scales, &note, &program]).arg(file).arg(options).output();
    let output = output.context("sh cannot be started")?;
    let weight = fs::read_to_string(&note).context("the program was not weighed")?;
    let (peak, time) = weight.split_once(' ').context("the weight is not understood")?;
    Ok(Tried {
        exit: output.status.code(),
        told: String::from_utf8_lossy(&output.stderr).into_owned(),
        milliseconds: time.parse()?,
        mebibytes: peak.parse::<u64>()? >> 20,
    })
}

fn show(name: &str, file: &Path, inflated: u64, tried: &Tried, ok: bool) -> Result<()> {
    let length = fs::metadata(file)?.len() >> 10;
    let exit = tried.exit.map_or("signal".to_owned(), |code| code.to_string());
    let (seconds, thousandths) = (tried.milliseconds / 1000, tried.milliseconds % 1000);
    say(&format!(
        "  {:3} {length:9} {:13} {exit:>5} {seconds:3}.{thousandths:03} {:7}  {name}",
        if ok { "ok" } else { "NO" },
        inflated >> 20,
        tried.mebibytes,
    ));
    Ok(())
}

/// Has the corpus write something.
fn corpus(arguments: &[&str]) -> Result<()> {
    let status =
        Command::new(program("cprekey-corpus")).args(arguments).status().context("cprekey-corpus cannot be started")?;
    if !status.success() {
        bail!("failed: cprekey-corpus {}", arguments.join(" "));
    }
    Ok(())
}

fn program(name: &str) -> PathBuf {
    root().join("target/release").join(name)
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("the path is not UTF-8: {}", path.display()))
}
