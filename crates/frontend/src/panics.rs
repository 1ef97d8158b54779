//! What a panic shows: where it was, and nothing of what was in memory there.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::exit::Exit;

/// What helps where the program breaks off now, in one line.
static ADVICE: Mutex<Option<String>> = Mutex::new(None);

/// Says what helps where the program breaks off from now on: shown behind the place of a panic that ends it.
pub fn advise(advice: Option<String>) {
    *ADVICE.lock().unwrap_or_else(PoisonError::into_inner) = advice;
}

/// Runs a program so that a bug in it ends with [`Exit::Failed`] and shows its place in the source only.
///
/// A panic on this thread that the program catches and answers for itself, as where a library panics over a damaged file, shows
/// nothing. On another thread nobody can tell whether it will be caught, so it is shown at once; and so is one within another, because the
/// system's own end of the process comes right behind it.
pub fn contain(program: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    contain_and_show(program, |place| {
        let advice = ADVICE.lock().unwrap_or_else(PoisonError::into_inner);
        let before = advice.as_deref().map(|advice| format!("{advice}; ")).unwrap_or_default();
        let _gone =
            writeln!(io::stderr().lock(), "error: a bug in this program, at {place}\n help: {before}please report it");
    })
}

fn contain_and_show(
    program: impl FnOnce() -> Exit + UnwindSafe,
    show: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> Exit {
    let last = Arc::new(Mutex::new(String::new()));
    let own = thread::current().id();
    let (noted, show_elsewhere) = (Arc::clone(&last), show.clone());
    panic::set_hook(Box::new(move |panic| {
        let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
        if ends_the_process(panic) {
            show_elsewhere(&noted);
            return;
        }
        *noted = panic.location().map_or_else(|| String::from("an unknown place"), ToString::to_string);
        if thread::current().id() != own {
            show_elsewhere(&noted);
        }
    }));
    panic::catch_unwind(program).unwrap_or_else(|_| {
        show(&last.lock().unwrap_or_else(PoisonError::into_inner));
        Exit::Failed
    })
}

/// Whether it is the standard library's own panic behind one that cannot be unwound; its place is within the library.
fn ends_the_process(panic: &PanicHookInfo<'_>) -> bool {
    let words = panic.payload().downcast_ref::<&str>().copied().unwrap_or_default();
    words.starts_with("panic in a ")
        && panic.location().is_some_and(|place| place.file().contains("core/src/panicking.rs"))
}

#[cfg(test)]
#[expect(clippy::panic, reason = "it is what is tested")]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::process::{Command, Output};

    use super::*;

    /// The exit of a program, and how many places it showed; all of them are in this file.
    fn shown(program: impl FnOnce() -> Exit + UnwindSafe) -> (Exit, usize) {
        let places = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&places);
        let exit = contain_and_show(program, move |place| kept.lock().unwrap().push(place.to_owned()));
        drop(panic::take_hook());
        let places = places.lock().unwrap();
        assert!(places.iter().all(|place| place.contains("panics.rs:")), "{places:?}");
        (exit, places.len())
    }

    /// One test: the hook is one for all threads.
    #[test]
    fn a_panic_shows_its_place_unless_it_is_answered_for() {
        assert_eq!(shown(|| Exit::Done), (Exit::Done, 0));
        assert_eq!(shown(|| panic!("S3CRET")), (Exit::Failed, 1));
        let caught = || panic::catch_unwind(|| panic!("S3CRET")).map_or(Exit::BadInput, |()| Exit::Done);
        assert_eq!(shown(caught), (Exit::BadInput, 0));
        let elsewhere = || thread::spawn(|| panic!("S3CRET")).join().map_or(Exit::BadInput, |()| Exit::Done);
        assert_eq!(shown(elsewhere), (Exit::BadInput, 1));
    }

    /// Panics while it is dropped.
    struct Stubborn;

    impl Drop for Stubborn {
        fn drop(&mut self) {
            panic!("S3CRET-2");
        }
    }

    fn panic_twice() -> Exit {
        let _stubborn = Stubborn;
        panic!("S3CRET-1");
    }

    /// Says which panics the process is to die of that the test below starts.
    const VARIABLE: &str = "CPREKEY_TEST_PANICS";

    /// Not a test by itself: the process of the test below.
    #[test]
    fn dies_of_the_panics_that_it_is_told() {
        match std::env::var(VARIABLE).as_deref() {
            Ok("one") => drop(contain(|| panic!("S3CRET-1"))),
            Ok("twice") => drop(contain(panic_twice)),
            Ok("elsewhere") => drop(contain(|| thread::spawn(panic_twice).join().unwrap_or(Exit::Failed))),
            _ => {}
        }
    }

    fn dying(of: &str) -> Output {
        let own = std::env::current_exe().unwrap();
        let test = "panics::tests::dies_of_the_panics_that_it_is_told";
        let mut command = Command::new(own);
        command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
        command.env(VARIABLE, of).env("RUST_BACKTRACE", "full").output().unwrap()
    }

    /// SEC-09: neither what a panic says is shown nor a backtrace, however many there are and wherever.
    #[test]
    fn a_panic_within_a_panic_shows_its_place_alone() {
        for of in ["one", "twice", "elsewhere"] {
            let Output { stdout, stderr, .. } = dying(of);
            let text = String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned();
            assert!(text.contains("error: a bug in this program, at crates/frontend/src/panics.rs:"), "{of}: {text}");
            assert!(!text.contains("S3CRET") && !text.contains("stack backtrace") && !text.contains(" at /"), "{text}");
        }
    }
}
