//! Which crates do not keep to the rules.

use std::collections::{BTreeMap, BTreeSet};

use super::licence;
use super::metadata::Package;
use super::rules::Rules;

/// One line for every offence.
pub(super) fn all(packages: &[Package], rules: &Rules) -> Vec<String> {
    let each = packages.iter().flat_map(|package| one(package, rules));
    each.chain(registries(packages)).chain(versions(packages, rules)).collect()
}

/// One registry is enough, whichever it is.
fn registries(packages: &[Package]) -> Option<String> {
    let sources = packages.iter().filter_map(|package| package.source.as_deref());
    let registries: BTreeSet<&str> = sources.filter(|source| source.starts_with("registry+")).collect();
    (registries.len() > 1).then(|| format!("the crates come from {} registries", registries.len()))
}

fn one(package: &Package, rules: &Rules) -> Vec<String> {
    let Package { name, version, license, source, is_ours, .. } = package;
    let mut offences = Vec::new();
    let expression = license.as_deref().unwrap_or("no licence");
    if !licence::is_allowed(expression, &rules.licenses.allow) {
        offences.push(format!("{name} {version}: the licence {expression} is not allowed"));
    }
    let from = source.as_deref().unwrap_or("a folder outside the workspace");
    if !is_ours && !from.starts_with("registry+") {
        offences.push(format!("{name} {version}: it comes from {from}"));
    }
    let banned = rules.bans.deny.iter().find(|banned| banned.name == *name);
    offences.extend(banned.map(|banned| format!("{name} {version}: not wanted here; {}", banned.reason)));
    offences
}

fn versions(packages: &[Package], rules: &Rules) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let several = |name: &str| versions.get(name).is_some_and(|versions| versions.len() > 1);
    let skipped = |name: &str| rules.bans.skip.iter().any(|skip| skip.name == name);

    let twice = versions.iter().filter(|(name, _)| several(name) && !skipped(name)).map(|(name, versions)| {
        format!("{name} is there in several versions: {}", versions.iter().copied().collect::<Vec<_>>().join(", "))
    });
    let stale = rules.bans.skip.iter().filter(|skip| !several(&skip.name));
    let stale =
        stale.map(|skip| format!("deny.toml skips {}, which is there once or not at all ({})", skip.name, skip.reason));
    twice.chain(stale).collect()
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const RULES: &str = r#"
        licenses.allow = ["MIT"]
        bans.skip = [{ crate = "syn", reason = "two" }]
        bans.deny = [{ crate = "openssl", reason = "rustls alone" }]
    "#;

    fn package(name: &str, version: &str, license: &str, source: Option<&str>) -> Package {
        let [name, version, license] = [name, version, license].map(ToOwned::to_owned);
        let id = format!("{name} {version}");
        Package { id, name, version, license: Some(license), source: source.map(ToOwned::to_owned), is_ours: false }
    }

    fn registered(name: &str, version: &str, license: &str) -> Package {
        package(name, version, license, Some("registry+https://example.com/index"))
    }

    fn offences(more: &[Package]) -> Vec<String> {
        let syn = ["2.0.0", "3.0.0"].map(|version| registered("syn", version, "MIT"));
        all(&[&syn, more].concat(), &toml::from_str(RULES).expect("rules"))
    }

    #[test]
    fn crates_that_keep_to_the_rules_are_left_alone() {
        assert_eq!(offences(&[Package { is_ours: true, ..package("ours", "1.0.0", "MIT", None) }]), [""; 0]);
    }

    #[test]
    fn each_offence_is_found() {
        for (planted, found) in [
            (registered("a", "1.0.0", "GPL-3.0"), "a 1.0.0: the licence GPL-3.0 is not allowed"),
            (package("a", "1.0.0", "MIT", Some("git+https://x")), "a 1.0.0: it comes from git+https://x"),
            (package("a", "1.0.0", "MIT", None), "a 1.0.0: it comes from a folder outside the workspace"),
            (package("a", "1.0.0", "MIT", Some("registry+https://other")), "the crates come from 2 registries"),
            (registered("openssl", "1.0.0", "MIT"), "openssl 1.0.0: not wanted here; rustls alone"),
        ] {
            assert_eq!(offences(&[planted]), [found]);
        }
        let twice = ["1.0.0", "2.0.0"].map(|version| registered("a", version, "MIT"));
        assert_eq!(offences(&twice), ["a is there in several versions: 1.0.0, 2.0.0"]);
    }

    #[test]
    fn a_skip_that_is_needed_no_more_is_found() {
        let rules = toml::from_str(RULES).expect("rules");
        assert_eq!(all(&[], &rules), ["deny.toml skips syn, which is there once or not at all (two)"]);
    }
}
