//! Relative links in Markdown files lead somewhere.

use super::source::Offence;

/// The links of a Markdown file that lead to nothing; `exists` says whether a path from the project's root does.
pub(super) fn check(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Offence> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let dead = (1..).zip(text.lines()).flat_map(|(number, line)| targets(line).map(move |target| (number, target)));
    dead.filter(|(_, target)| is_relative(target) && !exists(&joined(folder, file_of(target))))
        .map(|(number, target)| Offence::at(path, number, format!("the link {target} leads to nothing"), "mend it"))
        .collect()
}

/// The targets of the links in a line: `[words](target)` and `[words]: target`.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = line.split("](").skip(1).filter_map(|after| after.split([')', ' ']).next());
    let reference = line.starts_with('[').then(|| line.split_once("]: ")).flatten();
    inline.chain(reference.map(|(_, target)| target.trim()))
}

fn is_relative(target: &str) -> bool {
    !target.is_empty() && !target.contains("://") && !target.starts_with(['#', '/']) && !target.starts_with("mailto:")
}

fn file_of(target: &str) -> &str {
    target.split('#').next().unwrap_or(target)
}

fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found_and_living_ones_are_not() {
        let text = "[a](LICENSE) and [b](docs/missing.md#x)\n[c](https://example.com/x) [d](#here)\n[e]: ../gone.md\n";
        let places = |path| {
            let offences = check(path, text, |path| path == "LICENSE" || path == "docs/LICENSE");
            offences.into_iter().map(|offence| (offence.place, offence.what)).collect::<Vec<_>>()
        };
        let found = places("README.md");
        assert_eq!(found[0], ("README.md:1".to_owned(), "the link docs/missing.md#x leads to nothing".to_owned()));
        assert_eq!(found[1], ("README.md:3".to_owned(), "the link ../gone.md leads to nothing".to_owned()));
        assert_eq!(found.len(), 2);
        assert_eq!(places("docs/MORE.md").len(), 2);
    }
}
