//! What a panic shows: where it was, and nothing of what was in memory there.

use std::io::{self, Write};
use std::panic::{self, UnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::exit::Exit;

/// Runs a program so that a bug in it ends with [`Exit::Failed`] and shows its place in the source only.
///
/// A panic on this thread that the program catches and answers for itself, as where a library panics over a damaged file, shows
/// nothing. On another thread nobody can tell whether it will be caught, so it is shown at once.
pub fn contain(program: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    contain_and_show(program, |place| {
        let _gone = writeln!(io::stderr().lock(), "error: a bug in this program, at {place}\n help: please report it");
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
        let place = panic.location().map_or_else(|| String::from("an unknown place"), ToString::to_string);
        if thread::current().id() == own {
            *noted.lock().unwrap_or_else(PoisonError::into_inner) = place;
        } else {
            show_elsewhere(&place);
        }
    }));
    panic::catch_unwind(program).unwrap_or_else(|_| {
        show(&last.lock().unwrap_or_else(PoisonError::into_inner));
        Exit::Failed
    })
}

#[cfg(test)]
#[expect(clippy::panic, reason = "it is what is tested")]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
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
}
