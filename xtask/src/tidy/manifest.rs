//! What every crate's manifest keeps to: the arrows between crates, the lints, and no dependency that nothing needs.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use super::paths::paths;
use super::rules::CRATES;
use super::source::{Offence, Source};

/// Checks one manifest; `sources` are those of the whole project.
pub(super) fn check(path: &str, text: &str, sources: &[Source]) -> Result<Vec<Offence>> {
    let manifest: Table = text.parse().with_context(|| format!("{path} is no TOML"))?;
    let offence = |(what, remedy): (String, &str)| Offence { place: path.to_owned(), what, remedy: remedy.to_owned() };
    let mut found: Vec<_> = renamed(&manifest).map(offence).collect();
    if let Some(name) = manifest.get("package").and_then(|package| package.get("name")?.as_str()) {
        let folder = path.strip_suffix("Cargo.toml").unwrap_or(path);
        let sources: Vec<_> = sources.iter().filter(|source| source.path.starts_with(folder)).collect();
        found.extend(arrows(name, &manifest).into_iter().map(offence));
        found.extend(lints(&manifest).map(offence));
        found.extend(unused(&manifest, &sources).map(offence));
        found.extend(armed(&manifest).map(offence));
    }
    Ok(found)
}

/// Every dependency of whatever kind and for whatever target, by its name in this manifest; those of the workspace too.
fn dependencies(manifest: &Table) -> impl Iterator<Item = (&str, &Value)> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let workspace = manifest.get("workspace");
    let holders = targets.chain(workspace).filter_map(Value::as_table).chain([manifest]);
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let tables = holders.flat_map(move |holder| kinds.into_iter().filter_map(|kind| holder.get(kind)?.as_table()));
    tables.flatten().map(|(name, value)| (name.as_str(), value))
}

fn renamed(manifest: &Table) -> impl Iterator<Item = (String, &'static str)> {
    let renamed = dependencies(manifest).filter_map(|(name, value)| Some((name, value.get("package")?)));
    renamed.map(|(name, package)| (format!("{name} is {package} under another name"), "call it by its own name"))
}

fn arrows(name: &str, manifest: &Table) -> Vec<(String, &'static str)> {
    let remedy = "the arrows between crates stand in xtask/src/tidy/rules.rs";
    let Some((_, allowed)) = CRATES.iter().find(|known| known.0 == name) else {
        return vec![(format!("nothing says on which crates {name} may depend"), remedy)];
    };
    let is_ours = |dependency: &str| CRATES.iter().any(|known| known.0 == dependency);
    let wrong = dependencies(manifest).filter(|(dependency, _)| is_ours(dependency) && !allowed.contains(dependency));
    wrong.map(|(dependency, _)| (format!("{name} depends on {dependency}"), remedy)).collect()
}

fn lints(manifest: &Table) -> Option<(String, &'static str)> {
    let ours = manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
    (ours != Some(true))
        .then(|| ("the crate does not keep our lints".to_owned(), "write `[lints]`, `workspace = true`"))
}

fn unused(manifest: &Table, sources: &[&Source]) -> impl Iterator<Item = (String, &'static str)> {
    let paths: Vec<_> = sources.iter().flat_map(|source| paths(&source.all_code)).map(|(_, path)| path).collect();
    let first_names = paths.iter().filter_map(|path| Some(path.split_once("::")?.0.to_owned()));
    let first_names: BTreeSet<_> = first_names.collect();
    let unused = dependencies(manifest).filter(move |(name, _)| !first_names.contains(&name.replace('-', "_")));
    unused.map(|(name, _)| (format!("no source names {name}"), "leave the dependency out"))
}

/// A program that is built as usual has nothing in it for tests to break it with.
fn armed(manifest: &Table) -> Option<(String, &'static str)> {
    const FEATURE: &str = "failpoints";
    let features = manifest.get("features").and_then(Value::as_table);
    let by_default = features.and_then(|features| features.get("default"));
    let asked_for = dependencies(manifest).filter_map(|(_, value)| value.get("features"));
    let names = |list: &Value| list.as_array().is_some_and(|names| names.iter().any(|name| is_of(name, FEATURE)));
    asked_for.chain(by_default).any(names).then(|| {
        (format!("the feature {FEATURE} is on where nobody asks for it"), "only a build for tests may say --features")
    })
}

/// Whether a feature's name is this one, be it of a dependency.
fn is_of(name: &Value, feature: &str) -> bool {
    name.as_str().is_some_and(|name| name.rsplit('/').next() == Some(feature))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// What is wrong with the manifest of a crate whose source names `serde` and `rust_xlsxwriter`.
    fn offences(name: &str, rest: &str) -> Vec<String> {
        let text = format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n{rest}\n");
        found("crates/a/Cargo.toml", &text)
    }

    fn found(path: &str, text: &str) -> Vec<String> {
        let source = |path, text| Source::new(path, text);
        let sources = [
            source(
                "crates/a/src/lib.rs",
                "//! It needs no toml.\nuse serde::Serialize;\nlet bytes = rust_xlsxwriter::A;\n",
            ),
            source("crates/a/src/more.rs", "use cprekey_core::A;\nuse cprekey_frontend::B;\n"),
            source("crates/b/src/lib.rs", "use toml::Table;\n"),
        ];
        check(path, text, &sources).expect("a manifest").into_iter().map(|offence| offence.what).collect()
    }

    #[test]
    fn a_crate_against_the_arrows_is_found() {
        let core = "cprekey-core.workspace = true";
        assert_eq!(offences("cprekey", &format!("[dependencies]\n{core}\nserde = \"1\"")), [""; 0]);
        for kind in ["dependencies", "dev-dependencies", "target.'cfg(unix)'.dependencies"] {
            let found = offences("cprekey-panel", &format!("[{kind}]\n{core}"));
            assert_eq!(found, ["cprekey-panel depends on cprekey-core"], "{kind}");
        }
        let found = offences("cprekey-core", "[dependencies]\ncprekey-frontend = { path = \"../frontend\" }");
        assert_eq!(found, ["cprekey-core depends on cprekey-frontend"]);
        assert_eq!(offences("cprekey-new", ""), ["nothing says on which crates cprekey-new may depend"]);
    }

    #[test]
    fn a_renamed_dependency_is_found() {
        let renamed = "serde = { path = \"../core\", package = \"cprekey-core\" }";
        let what = "serde is \"cprekey-core\" under another name";
        assert_eq!(offences("cprekey-panel", &format!("[dependencies]\n{renamed}")), [what]);
        assert_eq!(found("Cargo.toml", &format!("[workspace.dependencies]\n{renamed}")), [what]);
    }

    #[test]
    fn a_crate_without_our_lints_is_found() {
        for lints in ["", "[lints]\nworkspace = false", "[lints.rust]\nunsafe_code = \"allow\""] {
            let text = format!("[package]\nname = \"xtask\"\n{lints}\n");
            assert_eq!(found("crates/a/Cargo.toml", &text), ["the crate does not keep our lints"]);
        }
    }

    #[test]
    fn a_dependency_that_nothing_names_is_found() {
        let text = "[dependencies]\nbytes = \"1\"\nrust_xlsxwriter = \"1\"\ntoml = \"1\"\n[dev-dependencies]\nserde_json = \"1\"";
        let unused = ["no source names bytes", "no source names toml", "no source names serde_json"];
        assert_eq!(offences("xtask", text), unused);
    }

    #[test]
    fn failpoints_that_nobody_asked_for_are_found() {
        let own = "[features]\nfailpoints = [\"cprekey-core/failpoints\"]";
        assert_eq!(offences("cprekey", own), [""; 0]);
        let core = "[dependencies]\ncprekey-core = { workspace = true, features = [\"failpoints\"] }";
        for text in ["[features]\ndefault = [\"failpoints\"]", "[features]\ndefault = [\"a/failpoints\"]", core] {
            assert_eq!(offences("cprekey", text), ["the feature failpoints is on where nobody asks for it"], "{text}");
        }
    }
}
