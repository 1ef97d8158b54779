//! Where a value comes from that is not typed: `@FILE`, `@-`, `@env:NAME`.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};

use cprekey_frontend::failure::Failure;
use zeroize::Zeroizing;

use crate::{standard_input, wiped};

/// How the value of a key, the first argument, is had from the place that the second names: what stands behind the `@`.
pub(crate) type Source = fn(&str, &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure>;

/// Nothing, in place of the value, for those who show no value: no place is opened.
///
/// # Errors
///
/// Where no place is named.
pub(crate) fn leave_closed(key: &str, name: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if name.is_empty() { Err(nameless(key)) } else { Ok(Zeroizing::default()) }
}

/// The value of `key` from the place that `name`, what stands behind the `@`, says.
///
/// A file's content is taken byte for byte, but for one newline at its end, which editors and `echo` leave there.
///
/// # Errors
///
/// Says which place cannot be read, and never what stands there.
pub(crate) fn fetch(key: &str, name: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match name {
        b"" => Err(nameless(key)),
        b"-" => standard_input::line(key),
        _ => match name.strip_prefix(b"env:") {
            Some(variable) => from_variable(key, OsStr::from_bytes(variable)),
            None => from_file(key, OsStr::from_bytes(name)),
        },
    }
}

fn nameless(key: &str) -> Failure {
    Failure::bad_input(format!("{key}=@ names no file"))
        .with_remedy(format!("write {key}=@FILE; a value that itself begins with @ is written {key}=%40…"))
}

fn from_file(key: &str, path: &OsStr) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let read = File::open(path).and_then(wiped::read);
    let mut bytes = read.map_err(|error| {
        Failure::bad_input(format!("the file for {key}, {}, cannot be read: {error}", path.display())).with_remedy(
            format!("behind =@ stands the name of a file; a value that itself begins with @ is written {key}=%40…"),
        )
    })?;
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes.pop_if(|last| *last == b'\r');
    }
    Ok(bytes)
}

fn from_variable(key: &str, name: &OsStr) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // `var_os` panics over such a name.
    let is_name = !name.is_empty() && !name.as_bytes().contains(&b'=');
    let value = is_name.then(|| std::env::var_os(name)).flatten();
    value.map(OsString::into_vec).map(Zeroizing::new).ok_or_else(|| {
        Failure::bad_input(format!("the variable for {key}, {}, is not set", name.display()))
            .with_remedy("export it to this program, or name a file: =@FILE")
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::*;

    fn from_file_with(content: &[u8]) -> Vec<u8> {
        let name = format!("cprekey-cpapi2-{}-{:?}", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(name);
        fs::File::create(&path).unwrap().write_all(content).unwrap();
        let value = fetch("newpass", path.as_os_str().as_bytes());
        fs::remove_file(&path).unwrap();
        value.unwrap().to_vec()
    }

    #[test]
    fn a_file_is_taken_byte_for_byte_but_for_one_newline_at_its_end() {
        for (content, value) in [
            ("a+b%41", "a+b%41"),
            ("secret\n", "secret"),
            ("secret\r\n", "secret"),
            ("two\n\n", "two\n"),
            (" \tblanks \n", " \tblanks "),
            ("a\rb\r", "a\rb\r"),
            ("\n", ""),
            ("", ""),
        ] {
            assert_eq!(from_file_with(content.as_bytes()), value.as_bytes(), "{content:?}");
        }
    }

    #[test]
    fn a_place_that_is_left_closed_need_not_be_there() {
        for name in ["/no/such/file", "-", "env:NO_SUCH_VARIABLE"] {
            assert!(leave_closed("newpass", name.as_bytes()).unwrap().is_empty(), "{name}");
        }
        assert!(leave_closed("newpass", b"").is_err());
    }

    #[test]
    fn a_variable_is_taken_as_it_is() {
        let (name, value) = std::env::vars().find(|(name, _)| name == "PATH").unwrap();
        assert_eq!(*fetch("newpass", format!("env:{name}").as_bytes()).unwrap(), value.into_bytes());
    }

    #[test]
    fn a_place_that_holds_nothing_is_named() {
        for (name, told) in [
            ("", "newpass=@ names no file"),
            ("/no/such/file", "/no/such/file"),
            ("env:NO_SUCH_VARIABLE", "NO_SUCH_VARIABLE"),
            ("env:", "is not set"),
            ("env:A=B", "is not set"),
        ] {
            let failure = fetch("newpass", name.as_bytes()).unwrap_err();
            assert!(failure.what.contains(told) && failure.what.contains("newpass"), "{failure}");
            assert!(failure.remedy.is_some());
        }
    }
}
