//! Which crate may depend on which, and which module of the core may import which.

use anyhow::{Context as _, Result};
use toml::Table;

use super::rules::{CORE_FLOORS, CRATES};
use super::source::{Offence, Source};

const CORE: &str = "crates/core/src/";

/// Whether a crate's manifest depends only on the crates that it may.
pub(super) fn check_manifest(path: &str, text: &str) -> Result<Vec<Offence>> {
    let manifest: Table = text.parse().with_context(|| format!("{path} is no TOML"))?;
    let Some(name) = manifest.get("package").and_then(|package| package.get("name")?.as_str()) else {
        return Ok(Vec::new());
    };
    let Some((_, allowed)) = CRATES.iter().find(|known| known.0 == name) else {
        return Ok(vec![offence(path, format!("nothing says on which crates {name} may depend"))]);
    };
    let is_ours = |dependency: &str| CRATES.iter().any(|known| known.0 == dependency);
    let wrong = dependencies(&manifest).into_iter().filter(|name| is_ours(name) && !allowed.contains(name));
    Ok(wrong.map(|dependency| offence(path, format!("{name} depends on {dependency}"))).collect())
}

fn dependencies(manifest: &Table) -> Vec<&str> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = kinds.iter().filter_map(|kind| manifest.get(*kind)?.as_table());
    tables.flat_map(Table::keys).map(String::as_str).collect()
}

fn offence(path: &str, what: String) -> Offence {
    Offence {
        place: path.to_owned(),
        what,
        remedy: "the arrows between crates stand in xtask/src/tidy/rules.rs".to_owned(),
    }
}

/// Whether a file of the core imports only modules of lower floors.
pub(super) fn check_imports(source: &Source) -> Vec<Offence> {
    let Some(module) = core_module(&source.path) else {
        return Vec::new();
    };
    let Some(own_floor) = floor(module) else {
        let remedy = "give it its place in CORE_FLOORS in xtask/src/tidy/rules.rs";
        return vec![Offence::at(&source.path, 1, format!("the core's module `{module}` has no floor"), remedy)];
    };
    let too_high = |imported: &str| imported != module && floor(imported).is_some_and(|floor| floor > own_floor);
    let remedy = "a module imports only modules that stand before it in CORE_FLOORS in xtask/src/tidy/rules.rs";
    imports(&source.code)
        .filter(|(_, imported)| too_high(imported))
        .map(|(line, imported)| Offence::at(&source.path, line, format!("`{module}` imports `{imported}`"), remedy))
        .collect()
}

/// The module of the core to which a file belongs; `lib.rs` belongs to none.
fn core_module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix(CORE)?.strip_suffix(".rs")?;
    let module = inside.split('/').next()?;
    (module != "lib").then_some(module)
}

fn floor(module: &str) -> Option<usize> {
    CORE_FLOORS.iter().position(|floor| *floor == module)
}

/// Every `crate::name` with its line. (The formatting keeps one `use` a module.)
fn imports(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let name = |after: &'_ str| after.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    (1..).zip(code.lines()).flat_map(move |(number, line)| {
        let names = line.split("crate::").skip(1);
        names.map(move |after| (number, &after[..name(after).unwrap_or(after.len())]))
    })
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn manifest(name: &str, dependencies: &str) -> usize {
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{dependencies}\n");
        check_manifest("Cargo.toml", &text).expect("a manifest").len()
    }

    #[test]
    fn a_crate_against_the_arrows_is_found() {
        assert_eq!(manifest("cprekey-core", "cprekey-frontend.workspace = true"), 1);
        assert_eq!(manifest("cprekey-panel", "cprekey-core = { path = \"../core\" }"), 1);
        assert_eq!(manifest("cprekey", "cprekey-core.workspace = true\nserde = \"1\""), 0);
        assert_eq!(manifest("cprekey-new", ""), 1);
        let tests = "[package]\nname = \"xtask\"\n[dev-dependencies]\ncprekey-core.workspace = true\n";
        assert_eq!(check_manifest("Cargo.toml", tests).expect("a manifest").len(), 1);
    }

    fn offences(path: &str, code: &str) -> Vec<String> {
        check_imports(&Source::new(path, code)).into_iter().map(|offence| offence.what).collect()
    }

    #[test]
    fn an_import_from_a_higher_floor_is_found() {
        assert_eq!(offences("crates/core/src/list/read.rs", "use crate::api::Call;"), ["`list` imports `api`"]);
        assert_eq!(offences("crates/core/src/outcome.rs", "fn f() -> crate::run::Run {}"), ["`outcome` imports `run`"]);
        assert_eq!(offences("crates/core/src/run/mod.rs", "use crate::api::Call;\nuse crate::run::x;"), [""; 0]);
    }

    #[test]
    fn a_module_without_a_floor_is_found() {
        assert_eq!(offences("crates/core/src/new.rs", "").len(), 1);
        assert_eq!(offences("crates/core/src/lib.rs", "use crate::run::Run;"), [""; 0]);
    }
}
