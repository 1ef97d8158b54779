//! Writes JSON values as YAML (YAML 1.1 and 1.2 read the same in it): blocks, and text in quotes wherever it could be taken
//! for something else.

use serde_json::{Map, Value};

/// The value as a document of its own.
pub(super) fn document(value: &Value) -> String {
    let mut text = String::from("---");
    write(&mut text, value, 0);
    text.push('\n');
    text
}

/// Writes a value behind what stands on the line already.
fn write(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for field in fields {
                new_line(text, depth);
                write_field(text, field, depth);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                new_line(text, depth);
                text.push('-');
                write_item(text, item, depth);
            }
        }
        scalar => {
            text.push(' ');
            text.push_str(&flow(scalar));
        }
    }
}

fn write_field(text: &mut String, (key, value): (&String, &Value), depth: usize) {
    text.push_str(&quoted(key));
    text.push(':');
    write(text, value, depth + 1);
}

/// The first field of an object stands behind the dash, the others below it.
fn write_item(text: &mut String, item: &Value, depth: usize) {
    match item.as_object().filter(|fields| !fields.is_empty()) {
        Some(fields) => write_fields_behind_dash(text, fields, depth + 1),
        None => write(text, item, depth + 1),
    }
}

fn write_fields_behind_dash(text: &mut String, fields: &Map<String, Value>, depth: usize) {
    for (place, field) in fields.iter().enumerate() {
        if place == 0 {
            text.push(' ');
        } else {
            new_line(text, depth);
        }
        write_field(text, field, depth);
    }
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// What fits on one line: a scalar, or an empty list or object.
fn flow(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// The text as it is where it can only be text, else in double quotes, where JSON's escapes hold.
fn quoted(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { escaped(text) }
}

fn escaped(text: &str) -> String {
    let json = Value::from(text).to_string();
    // JSON leaves these as they are, but YAML takes them for breaks, or for nothing that can be printed.
    let special = |character: char| matches!(character, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    json.chars().map(|one| if special(one) { format!("\\u{:04x}", u32::from(one)) } else { one.to_string() }).collect()
}

fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let inner = |other: char| other.is_ascii_alphanumeric() || matches!(other, '_' | '-' | '.' | '/' | '@' | ' ');
    begins && text.chars().all(inner) && !text.ends_with(' ') && !is_word(text)
}

/// Words that YAML takes for truth values or for nothing.
fn is_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_envelope_is_written_in_blocks() {
        let envelope = json!({
            "apiversion": 3,
            "func": "list_pops",
            "result": {
                "data": [{"email": "anna@example.com", "login": "Main Account"}, [1, "x"], "text", {}],
                "errors": null, "metadata": {}, "none": [], "status": 1
            }
        });
        let expected = "---\n\
            apiversion: 3\n\
            func: list_pops\n\
            result:\n\
            \x20 data:\n\
            \x20   - email: anna@example.com\n\
            \x20     login: Main Account\n\
            \x20   -\n\
            \x20     - 1\n\
            \x20     - x\n\
            \x20   - text\n\
            \x20   - {}\n\
            \x20 errors: ~\n\
            \x20 metadata: {}\n\
            \x20 none: []\n\
            \x20 status: 1\n";
        assert_eq!(document(&envelope), expected);
    }

    #[test]
    fn text_that_could_be_something_else_stands_in_quotes() {
        for (text, written) in [
            ("", "\"\""),
            ("1", "\"1\""),
            ("1.5e3", "\"1.5e3\""),
            ("Yes", "\"Yes\""),
            ("null", "\"null\""),
            ("~", "\"~\""),
            ("- a", "\"- a\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("a ", "\"a \""),
            ("two\nlines\ttab", "\"two\\nlines\\ttab\""),
            ("say \"no\"", "\"say \\\"no\\\"\""),
            ("“anna”", "\"“anna”\""),
            ("a\u{85}b\u{2028}", "\"a\\u0085b\\u2028\""),
            ("plain text", "plain text"),
            ("a@b.c", "a@b.c"),
        ] {
            assert_eq!(document(&json!(text)), format!("--- {written}\n"), "{text:?}");
        }
    }
}
