//! Everything that is left in the file system: logs, reports in every form, whatever lies beside them.

use cprekey_tests::Place;

use crate::finding::{Finding, Search};

/// The name of this detector.
pub(crate) const FILES: &str = "files";

/// Searches all files of the place that are not there to hold secrets, and the names of all.
pub(crate) fn search(place: &Place, search: &mut Search) {
    let searched = place.search_files(search.needles());
    search.places += searched.places;
    let finding = |leak| Finding { detector: FILES, place: place.path("").display().to_string(), what: leak };
    search.findings.extend(searched.leaks.into_iter().map(finding));
}
