//! The paths in Rust code, whole: `use a::{b, c::d};` holds `a::b` and `a::c::d`.

/// Every path with the line, counted from 1, on which it ends. The code has neither comments nor strings.
pub(super) fn paths(code: &str) -> Vec<(usize, String)> {
    let mut walk = Walk { line: 1, ..Walk::default() };
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("::") { 2 } else { name_length(rest).unwrap_or(first.len_utf8()) };
        let (token, after) = rest.split_at(length);
        walk.take(token);
        rest = after;
    }
    walk.end_path();
    walk.found
}

fn name_length(text: &str) -> Option<usize> {
    let length = text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(text.len());
    (length > 0).then_some(length)
}

#[derive(Default)]
struct Walk {
    line: usize,
    found: Vec<(usize, String)>,
    /// The path that is being read.
    path: String,
    /// Whether a `::` came last, so that the path goes on.
    goes_on: bool,
    /// Whether an `as` came last in a group, so that a new name follows.
    renames: bool,
    /// What stands before each group that is open.
    groups: Vec<String>,
}

impl Walk {
    fn take(&mut self, token: &str) {
        match token {
            "\n" => self.line += 1,
            space if space.trim().is_empty() => {}
            "::" => self.goes_on = true,
            "{" if self.goes_on => {
                self.groups.push(std::mem::take(&mut self.path));
                self.goes_on = false;
            }
            "}" => {
                self.end_path();
                self.groups.pop();
            }
            "as" if !self.groups.is_empty() => {
                self.end_path();
                self.renames = true;
            }
            _ if self.renames => self.renames = false,
            "*" if self.goes_on => self.add(token),
            name if name_length(name).is_some() => self.add(name),
            _ => self.end_path(),
        }
    }

    fn add(&mut self, name: &str) {
        if !self.goes_on {
            self.end_path();
            self.path = self.groups.last().cloned().unwrap_or_default();
        }
        if !self.path.is_empty() {
            self.path.push_str("::");
        }
        self.path.push_str(name);
        self.goes_on = false;
    }

    fn end_path(&mut self) {
        if !self.path.is_empty() {
            self.found.push((self.line, std::mem::take(&mut self.path)));
        }
        self.goes_on = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Vec<String> {
        paths(code).into_iter().map(|(line, path)| format!("{line} {path}")).filter(|path| path.contains(':')).collect()
    }

    #[test]
    fn groups_are_taken_apart_over_lines() {
        assert_eq!(found("use a::b;\nlet x = c::d(e);"), ["1 a::b", "2 c::d"]);
        assert_eq!(
            found("use a::{b, c::{d as e, f::*}};\nuse g::h;"),
            ["1 a::b", "1 a::c::d", "1 a::c::f::*", "2 g::h"]
        );
        assert_eq!(found("use a::{\n    b,\n    c,\n};\nfn f() { a::d }"), ["2 a::b", "3 a::c", "5 a::d"]);
        assert_eq!(found("use a::{self};\nuse b\n    :: c;"), ["1 a::self", "3 b::c"]);
    }
}
