//! Names in a sentence: some of them, and how many more there are.

const NAMED: usize = 5;

/// The first names, and how many more there are: nobody reads a thousand.
pub(super) fn some_of<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// INP-40: however many sheets or headers a list has, the terminal gets a few of their names.
    #[test]
    fn a_long_list_names_the_first() {
        assert_eq!(some_of(&["A", "B"]), "A, B");
        assert_eq!(some_of(&["A", "B", "C", "D", "E"]), "A, B, C, D, E");
        assert_eq!(some_of(&["A", "B", "C", "D", "E", "F", "G"]), "A, B, C, D, E and 2 more");
        assert_eq!(some_of::<String>(&[]), "");
    }
}
