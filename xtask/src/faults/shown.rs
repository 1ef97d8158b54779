//! Whether a test that the page names is there.

use std::fs;
use std::path::Path;

/// Why the test `path/of/file.rs::name` is not there; nothing where it is.
pub(super) fn missing(root: &Path, test: &str) -> Option<String> {
    let Some((file, name)) = test.rsplit_once("::") else {
        return Some(format!("{test} is not path/of/file.rs::name"));
    };
    match fs::read_to_string(root.join(file)) {
        Ok(source) if has_test(&source, name) => None,
        Ok(_) => Some(format!("{file} has no test {name}")),
        Err(_) => Some(format!("there is no file {file}")),
    }
}

/// Whether a source has a function of this name that is marked as a test.
fn has_test(source: &str, name: &str) -> bool {
    let mut marked = false;
    for line in source.lines().map(str::trim_start) {
        marked |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let Some(function) = function(line) else { continue };
        if marked && function == name {
            return true;
        }
        marked = false;
    }
    false
}

/// The name of the function that begins on a line.
fn function(line: &str) -> Option<&str> {
    if line.starts_with("//") {
        return None;
    }
    let (before, after) = line.split_once("fn ")?;
    let words = before.split_whitespace().all(|word| word.starts_with("pub") || matches!(word, "async" | "const"));
    let end = after.find(|sign: char| !sign.is_alphanumeric() && sign != '_')?;
    (words && end > 0).then(|| &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "fn helper() {}\n/// INP-05: fn told()\n#[test]\n#[expect(\n    x,\n)]\nfn shown() {\n    fn within() {}\n}\n\
        #[tokio::test(start_paused = true)]\nasync fn waits() {}\nfn last() {}\n";

    #[test]
    fn only_tests_count() {
        for (name, is_test) in
            [("shown", true), ("waits", true), ("helper", false), ("within", false), ("last", false), ("told", false)]
        {
            assert_eq!(has_test(SOURCE, name), is_test, "{name}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(missing(root, "src/faults/shown.rs::only_tests_count"), None);
        assert!(missing(root, "src/faults/shown.rs::nothing").is_some_and(|why| why.contains("no test nothing")));
        assert!(missing(root, "src/nowhere.rs::a").is_some_and(|why| why.contains("no file")));
        assert!(missing(root, "nonsense").is_some());
    }
}
