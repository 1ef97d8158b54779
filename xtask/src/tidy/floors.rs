//! Which module of the core may import which.

use super::rules::CORE_FLOORS;
use super::source::{Offence, Source};

const CORE: &str = "crates/core/src/";

/// Whether a file of the core imports only modules of lower floors.
pub(super) fn check_imports(source: &Source) -> Vec<Offence> {
    let Some(module) = core_module(&source.path) else {
        return Vec::new();
    };
    let Some(own_floor) = floor(module) else {
        let remedy = "give it its place in CORE_FLOORS in xtask/src/tidy/rules.rs";
        return vec![Offence::at(&source.path, 1, format!("the core's module `{module}` has no floor"), remedy)];
    };
    let offences = source.paths.iter().filter_map(|(line, path)| {
        let (what, remedy) = wrong(path, module, own_floor, depth(&source.path))?;
        Some(Offence::at(&source.path, *line, what, remedy))
    });
    offences.collect()
}

/// What is wrong with a path in a module, and what to do about it.
fn wrong(path: &str, module: &str, own_floor: usize, depth: usize) -> Option<(String, &'static str)> {
    let steps = path.split("::").skip_while(|name| *name == "self");
    let climbed = steps.clone().take_while(|name| *name == "super").count();
    if climbed >= depth {
        return Some((format!("`{path}` climbs out of `{module}`"), "begin with `crate::`"));
    }
    let imported = path.strip_prefix("crate::")?.split("::").next()?;
    if matches!(imported, "*" | "self") {
        return Some((format!("`{path}` names no module"), "name the module that is meant"));
    }
    let too_high = imported != module && floor(imported).is_some_and(|floor| floor > own_floor);
    let remedy = "a module imports only modules that stand before it in CORE_FLOORS in xtask/src/tidy/rules.rs";
    too_high.then(|| (format!("`{module}` imports `{imported}`"), remedy))
}

/// How many times `super` leads from a file of the core to its root: once from `list.rs` and `list/mod.rs`, twice from `list/read.rs`.
fn depth(path: &str) -> usize {
    let inside = path.strip_prefix(CORE).unwrap_or(path);
    inside.trim_end_matches("/mod.rs").split('/').count()
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn an_import_in_a_group_is_found() {
        let code = "use crate::{api::Call, list::row, run::Run};";
        assert_eq!(offences("crates/core/src/list/read.rs", code), ["`list` imports `api`", "`list` imports `run`"]);
        for whole in ["*", "{self as all}"] {
            assert_eq!(offences("crates/core/src/list/read.rs", &format!("use crate::{whole};")).len(), 1, "{whole}");
        }
    }

    #[test]
    fn a_climb_out_of_the_own_family_is_found() {
        for (path, climb) in [
            ("list/read.rs", "super::super::run::Run"),
            ("list/read.rs", "super::{super::run::Run}"),
            ("list/read.rs", "self::super::super::run::Run"),
            ("list/mod.rs", "super::run::Run"),
            ("outcome.rs", "super::run::Run"),
        ] {
            let found = offences(&format!("crates/core/src/{path}"), &format!("use {climb};"));
            assert!(found.len() == 1 && found[0].contains("climbs out of"), "{path}: {climb}: {found:?}");
        }
        assert_eq!(offences("crates/core/src/api/https/failure.rs", "use super::super::fault::Fault;"), [""; 0]);
    }

    #[test]
    fn a_module_without_a_floor_is_found() {
        assert_eq!(offences("crates/core/src/new.rs", "").len(), 1);
        assert_eq!(offences("crates/core/src/lib.rs", "use crate::run::Run;"), [""; 0]);
    }
}
