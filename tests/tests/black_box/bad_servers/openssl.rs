//! A server by `openssl s_server`, which does what rustls would never do.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use super::certificates::Shown;
use super::server::Server;

/// A running `openssl s_server`; it writes out what clients send it.
pub(super) struct Openssl {
    process: Child,
    port: u16,
    got: Arc<Mutex<Vec<u8>>>,
}

impl Openssl {
    /// Shows this certificate, and is told what else it is to do.
    pub(super) fn start(shown: &Shown, options: &[&str]) -> Self {
        let own = ["-cert".as_ref(), shown.certificate.as_os_str(), "-key".as_ref(), shown.key.as_os_str()];
        Self::with(|command| command.args(own).args(options))
    }

    /// Shows none.
    pub(super) fn nameless(options: &[&str]) -> Self {
        Self::with(|command| command.arg("-nocert").args(options))
    }

    fn with(options: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let mut command = Command::new("openssl");
        options(command.args(["s_server", "-accept", "127.0.0.1:0"]));
        // It ends when its standard input does, so that is held open.
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(output.read_line(&mut line).unwrap() > 0, "{command:?} does not start");
            if let Some(address) = line.trim().strip_prefix("ACCEPT ") {
                break address.rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        let got = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&got);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut chunk) {
                into.lock().unwrap().extend_from_slice(&chunk[..count]);
            }
        });
        Self { process, port, got }
    }
}

impl Server for Openssl {
    fn port(&self) -> u16 {
        self.port
    }

    fn got(&self) -> String {
        String::from_utf8_lossy(&self.got.lock().unwrap()).into_owned()
    }
}

impl Drop for Openssl {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}
