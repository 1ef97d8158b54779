//! Work that is shared by as many threads as there are cores.

use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;

/// Gives every task to the next of these workers that is free, each on a thread of its own, and gathers what comes of them.
pub(crate) fn share<W: Send, T: Send, R: Send>(
    workers: Vec<W>,
    tasks: Vec<T>,
    work: impl Fn(&W, T) -> R + Sync,
) -> Vec<R> {
    let tasks = Mutex::new(tasks.into_iter());
    let (tell, told) = channel();
    thread::scope(|scope| {
        for worker in workers {
            let (tasks, work, tell) = (&tasks, &work, tell.clone());
            scope.spawn(move || {
                loop {
                    let task = tasks.lock().unwrap().next();
                    let Some(task) = task else { return };
                    tell.send(work(&worker, task)).unwrap();
                }
            });
        }
        drop(tell);
        told.iter().collect()
    })
}

/// As many workers as there are cores to work on.
pub(crate) fn count() -> usize {
    thread::available_parallelism().map_or(2, usize::from).min(4)
}
