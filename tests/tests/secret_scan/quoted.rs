//! The strings in a line of strace.

/// The strings in a line as the program had them, by the brackets in which they stand: first those before any, then a group for each
/// bracket that opens, as for the arguments and the environment of `execve`.
pub(crate) fn strings(line: &str) -> Vec<Vec<Vec<u8>>> {
    let mut groups = vec![Vec::new()];
    let mut rest = line.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'[' => groups.push(Vec::new()),
            b'"' => groups.last_mut().unwrap().push(string(&mut rest)),
            _ => {}
        }
    }
    groups
}

/// What stands before the closing mark, its escapes undone.
fn string(rest: &mut (impl Iterator<Item = u8> + Clone)) -> Vec<u8> {
    let mut text = Vec::new();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => break,
            b'\\' => text.push(escaped(rest)),
            _ => text.push(byte),
        }
    }
    text
}

/// The byte that an escape stands for, of which the backslash has been read.
fn escaped(rest: &mut (impl Iterator<Item = u8> + Clone)) -> u8 {
    let Some(byte) = rest.next() else { return b'\\' };
    match byte {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'v' => 0x0b,
        b'f' => 0x0c,
        b'0'..=b'7' => octal(byte - b'0', rest),
        other => other,
    }
}

/// Up to two digits more, as many as there are.
fn octal(first: u8, rest: &mut (impl Iterator<Item = u8> + Clone)) -> u8 {
    let mut value = first;
    for _ in 0..2 {
        let Some(digit @ b'0'..=b'7') = rest.clone().next() else { break };
        value = value.wrapping_mul(8).wrapping_add(digit - b'0');
        rest.next();
    }
    value
}

#[test]
fn strings_are_read_as_the_program_had_them() {
    let line = r#"execve("/bin/a\"b", ["a", "\303\251\0001\n"], ["A=\\"]) = 0"#;
    let bytes = |text: &str| text.as_bytes().to_vec();
    let expected =
        vec![vec![bytes("/bin/a\"b")], vec![bytes("a"), [&b"\xc3\xa9\x001\n"[..]].concat()], vec![bytes("A=\\")]];
    assert_eq!(strings(line), expected);
}
