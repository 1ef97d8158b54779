//! Arms the place where a test makes a program break; a build without the feature `failpoints` has nothing to arm.

/// Arms the place that the variable `CPREKEY_FAILPOINT` names.
///
/// # Panics
///
/// Where there is no such place.
#[cfg(feature = "failpoints")]
pub fn arm() {
    if let Ok(name) = std::env::var("CPREKEY_FAILPOINT") {
        assert!(cprekey_core::failpoint::arm(&name), "there is no place {name} to break at");
    }
}

/// Does nothing.
#[cfg(not(feature = "failpoints"))]
pub const fn arm() {}
