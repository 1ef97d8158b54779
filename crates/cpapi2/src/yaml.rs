//! YAML laid out as the native programs lay it out: every key at the beginning of a line, where the scripts that people have look for it
//! (`uapi … Email list_pops | grep email: | awk '{print $2}'`, seen in independent repositories).

use std::fmt::Write as _;

use cprekey_core::text::is_harmless;
use serde_saphyr::{SerializerOptions, ser_options};

use crate::tree::Tree;

/// The document, without a newline at its end.
///
/// # Errors
///
/// Where the library cannot write a text, which is a bug.
pub(crate) fn document(tree: &Tree) -> Result<String, String> {
    let mut text = String::from("---");
    write(&mut text, tree, 0)?;
    Ok(text)
}

/// Writes a value behind what stands on the line already.
fn write(text: &mut String, tree: &Tree, depth: usize) -> Result<(), String> {
    match tree {
        Tree::Object(entries) if !entries.is_empty() => entries.iter().try_for_each(|(key, value)| {
            begin_line(text, depth);
            text.push_str(&scalar(&Tree::Text(key.clone()))?);
            text.push(':');
            write(text, value, depth + 1)
        }),
        Tree::List(values) if !values.is_empty() => values.iter().try_for_each(|value| {
            begin_line(text, depth);
            text.push('-');
            write(text, value, depth + 1)
        }),
        Tree::Null => {
            text.push_str(" ~");
            Ok(())
        }
        other => {
            text.push(' ');
            text.push_str(&scalar(other)?);
            Ok(())
        }
    }
}

fn begin_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// What fits on one line, in quotation marks where it could be taken for something else, or where it holds what could steer a terminal:
/// that is an escape then.
fn scalar(tree: &Tree) -> Result<String, String> {
    let written = serde_saphyr::to_string_with_options(tree, on_one_line()).map_err(|error| error.to_string())?;
    let written = written.trim_end_matches('\n');
    match tree {
        // The library leaves what has no width, and what turns a text around.
        Tree::Text(text) if !written.chars().all(is_harmless) => Ok(escaped(text)),
        _ => Ok(written.to_owned()),
    }
}

/// A text in double quotation marks (YAML 1.2, 5.7).
fn escaped(text: &str) -> String {
    let mut escaped = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => escaped.extend(['\\', character]),
            harmless if is_harmless(harmless) => escaped.push(harmless),
            other => {
                // Writing into a text cannot fail.
                let _written = write!(escaped, "\\U{:08X}", u32::from(other));
            }
        }
    }
    escaped + "\""
}

fn on_one_line() -> SerializerOptions {
    ser_options! { prefer_block_scalars: false }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn yaml(json: &str) -> String {
        document(&serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn every_key_begins_a_line_and_the_order_is_the_panels() {
        let json =
            r#"{"status":1,"errors":null,"data":{"z":[{"email":"a@example.com","login":"A"},[1]],"a":[],"e":{}}}"#;
        let expected = "---\nstatus: 1\nerrors: ~\ndata:\n  z:\n    -\n      email: a@example.com\n      login: A\n    -\n      - 1\n  a: []\n  e: {}";
        assert_eq!(yaml(json), expected);
    }

    #[test]
    fn what_is_text_stays_text_on_one_line() {
        for (json, expected) in [
            (r#"["0755"]"#, r#"- "0755""#),
            (r#"["yes"]"#, r#"- "yes""#),
            (r#"["~"]"#, r#"- "~""#),
            (r#"[""]"#, r#"- """#),
            (r#"["a: b"]"#, r#"- "a: b""#),
            (r#"["a\nb\n"]"#, r#"- "a\nb\n""#),
            (r#"["\u001b[31m"]"#, r#"- "\e[31m""#),
            (r#"["\u202ea\"\\\n\udb40\udc41"]"#, r#"- "\U0000202Ea\"\\\U0000000A\U000E0041""#),
            (r#"{"a: b":"x"}"#, r#""a: b": x"#),
            ("[true,2.5]", "- true\n- 2.5"),
        ] {
            assert_eq!(yaml(json), format!("---\n{expected}"));
        }
        let words = "word ".repeat(60);
        assert_eq!(yaml(&format!("[\"{words}\"]")).lines().count(), 2);
    }
}
