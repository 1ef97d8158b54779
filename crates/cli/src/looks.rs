//! Everybody who is told of a run.

use cprekey_core::event::Observer;
use cprekey_frontend::failure::Failure;

use crate::args::{FileArgs, OutputArgs, OutputFormat, VolumeArgs};
use crate::look::{JsonEvents, LogFile, Observers, Progress, Tally};
use crate::outputs::Outputs;

/// Everybody who is told of a run.
pub(crate) struct Looks {
    /// The files that it writes.
    pub(crate) outputs: Outputs,
    pub(crate) log: Option<LogFile>,
    progress: Progress,
    /// What the closing summary is made of.
    pub(crate) tally: Tally,
    /// The events on standard output, where those are wanted.
    pub(crate) events: Option<JsonEvents>,
}

impl Looks {
    /// Makes ready what the user wants, and begins every file.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be written.
    pub(crate) fn open(
        files: &FileArgs,
        output: &OutputArgs,
        volume: &VolumeArgs,
        insecure: bool,
    ) -> Result<Self, Failure> {
        Ok(Self {
            outputs: Outputs::create(files, insecure)?,
            log: files.log.as_deref().map(LogFile::open).transpose()?,
            progress: Progress::new(output, volume),
            tally: Tally::default(),
            events: (output.output == OutputFormat::Json).then(JsonEvents::new),
        })
    }

    /// The files come first, so that nothing is shown that they do not have.
    pub(crate) fn observers(&self) -> Observers<'_> {
        let mut observers: Vec<&dyn Observer> = vec![&self.outputs, &self.tally, &self.progress];
        observers.extend(self.log.as_ref().map(|log| log as &dyn Observer));
        observers.extend(self.events.as_ref().map(|events| events as &dyn Observer));
        Observers(observers)
    }
}
