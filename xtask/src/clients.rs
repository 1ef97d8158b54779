//! The clients that the black-box tests hold against the rehearsal panel, and the peers of the benchmarks: brought once for every state of their
//! pins.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::shell::{output_of, programs, root, run, say};

/// The name of the file that says which pins a folder was made of.
const STAMP: &str = "made-of";

/// Makes `target/clients/python` and `target/clients/node`, where they are not yet what the pins in `tests/clients` say. Once that is done, nothing
/// is fetched.
pub(crate) fn prepare() -> Result<()> {
    let clients = programs()?.parent().context("the programs' folder stands in no folder")?.join("clients");
    let pinned = root().join("tests/clients");
    make(&clients.join("python"), &pinned.join("python"), "python3", &["requirements.txt"], python)?;
    make(&clients.join("node"), &pinned.join("node"), "node", &["package.json", "package-lock.json"], node)
}

/// Makes `target/bench/python` in the same way, of the pins in `bench/peers`.
pub(crate) fn prepare_peers() -> Result<()> {
    let bench = programs()?.with_file_name("bench");
    make(&bench.join("python"), &root().join("bench/peers"), "python3", &["requirements.txt"], python)
}

/// Makes a folder anew if what it was made of has changed: the pins in `source`, or the program that they are for.
fn make(
    folder: &Path,
    source: &Path,
    program: &str,
    pins: &[&str],
    install: fn(&Path, &Path) -> Result<()>,
) -> Result<()> {
    let wanted = stamp(source, program, pins)?;
    if fs::read_to_string(folder.join(STAMP)).is_ok_and(|made_of| made_of == wanted) {
        return Ok(());
    }
    say(&format!("clients: bringing those of {program} into {}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be taken away", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    install(source, folder).with_context(|| format!("the clients of {program} are pinned in {}", source.display()))?;
    fs::write(folder.join(STAMP), wanted).context("the stamp cannot be written")
}

fn stamp(source: &Path, program: &str, pins: &[&str]) -> Result<String> {
    let mut stamp = output_of(program, &["--version"])?;
    for pin in pins {
        stamp.push_str(&fs::read_to_string(source.join(pin)).with_context(|| format!("{pin} cannot be read"))?);
    }
    Ok(stamp)
}

fn python(source: &Path, folder: &Path) -> Result<()> {
    run("python3", &["-m", "venv", text(folder)?], &root())?;
    let (python, pins) = (folder.join("bin/python"), source.join("requirements.txt"));
    let pip =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"];
    let pinned = ["--require-hashes", "--requirement", text(&pins)?];
    run(text(&python)?, &[&pip[..], &pinned].concat(), &root())
}

fn node(source: &Path, folder: &Path) -> Result<()> {
    for pin in ["package.json", "package-lock.json"] {
        fs::copy(source.join(pin), folder.join(pin)).with_context(|| format!("{pin} cannot be copied"))?;
    }
    run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"], folder)
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("the path is not UTF-8: {}", PathBuf::from(path).display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_once_for_every_state_of_its_pins() {
        let folder = std::env::temp_dir().join(format!("clients-{}", std::process::id())).join("python");
        let install = |_: &Path, folder: &Path| Ok(fs::write(folder.join("installed"), "")?);
        let installs = || {
            make(&folder, &root().join("tests/clients/python"), "cargo", &["requirements.txt"], install).unwrap();
            fs::remove_file(folder.join("installed")).is_ok()
        };
        let first_and_second = (installs(), installs());
        fs::write(folder.join(STAMP), "other pins").unwrap();
        let third = installs();
        fs::remove_dir_all(folder.parent().unwrap()).unwrap();
        assert_eq!((first_and_second, third), ((true, false), true));
    }

    #[test]
    fn pins_name_versions_and_hashes_and_no_place_to_fetch_from() {
        let clients = root().join("tests/clients");
        for pins in [clients.join("python/requirements.txt"), root().join("bench/peers/requirements.txt")] {
            let pins = fs::read_to_string(pins).unwrap();
            for line in pins.lines().filter(|line| !line.starts_with('#')) {
                assert!(line.contains("==") && line.contains(" --hash=sha256:"), "{line}");
            }
        }
        let node = fs::read_to_string(clients.join("node/package-lock.json")).unwrap();
        assert!(node.contains("\"integrity\"") && !node.contains("\"resolved\""));
    }
}
