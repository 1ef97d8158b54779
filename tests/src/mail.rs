//! Real mail servers on loopback: Dovecot for IMAP, Exim for SMTP AUTH, over the shadow files of a rehearsal panel.
//!
//! Both run unprivileged: as nobody where the tests run as root, and else as whoever runs them.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::deadline::eventually;
use crate::identity::Identity;
use crate::panel::Panel;
use crate::place::Place;

/// The number of the user nobody and of the group nogroup, on Debian and its kin.
const NOBODY: u32 = 65_534;

/// A server in a process of its own, which ends when this is dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts it as nobody where we are root, and waits until it listens.
    fn start(program: &str, arguments: &[&str], folder: &Path, port: u16) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).stdin(Stdio::null()).process_group(0);
        let output = fs::File::create(folder.join("output")).unwrap();
        command.stdout(output.try_clone().unwrap()).stderr(output);
        if we_are_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let process =
            command.spawn().unwrap_or_else(|error| panic!("{program}: {error}: cargo xtask truth installs it"));
        let mut server = Self { process, port };
        eventually(program, || {
            let ended = server.process.try_wait().unwrap();
            assert!(ended.is_none(), "{program} ended: {}", fs::read_to_string(folder.join("output")).unwrap());
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It takes its own children with it; what is left of its group goes after it.
        let _ended_already = Command::new("kill").args(["-s", "TERM", &self.process.id().to_string()]).output();
        let _ended_already = self.process.wait();
    }
}

/// Dovecot, with the mailboxes of an account of a panel.
pub struct Dovecot {
    server: Server,
    certificate: String,
    folder: PathBuf,
    /// Where the shadow files would be that it may not read.
    locked: Option<TempDir>,
}

impl Dovecot {
    /// Starts it over the shadow files of the account `shop`, and waits until it listens.
    pub fn start(place: &Place, panel: &Panel) -> Self {
        open_to_all(place, panel);
        Self::over(place, &panel.state().join("home/shop/etc"))
    }

    /// The same, which may not read the shadow files: it cannot say of any password whether it is right.
    pub fn that_cannot_read(place: &Place, panel: &Panel) -> Self {
        open_to_all(place, panel);
        // Not in the place, whose files are searched by whoever we are.
        let locked = tempfile::tempdir().unwrap();
        fs::set_permissions(locked.path(), fs::Permissions::from_mode(0o000)).unwrap();
        let mut dovecot = Self::over(place, locked.path());
        dovecot.locked = Some(locked);
        dovecot
    }

    fn over(place: &Place, etc: &Path) -> Self {
        let folder = place.path(&place.new_folder("dovecot"));
        let identity = Identity::new();
        let port = free_port();
        write(&folder, "certificate.pem", &identity.pem);
        write(&folder, "key.pem", &identity.key_pem);
        write(&folder, "dovecot.conf", &dovecot_config(&folder, etc, port));
        fs::create_dir(folder.join("boxes")).unwrap();
        fs::create_dir(folder.join("run")).unwrap();
        give_to_nobody(&folder);
        let config = folder.join("dovecot.conf");
        let server = Server::start("dovecot", &["-F", "-c", config.to_str().unwrap()], &folder, port);
        Self { server, certificate: identity.pem, folder, locked: None }
    }

    /// The port of IMAP within TLS.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// `localhost:PORT`.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port())
    }

    /// Its certificate, in PEM.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // What nobody may look into could not be taken away.
        if let Some(locked) = &self.locked {
            let _gone = fs::set_permissions(locked.path(), fs::Permissions::from_mode(0o700));
        }
    }
}

/// Exim, which looks passwords up in the shadow files at every login.
pub struct Exim {
    server: Server,
}

impl Exim {
    /// Starts it over the shadow files of the account `shop`, and waits until it listens.
    pub fn start(place: &Place, panel: &Panel) -> Self {
        open_to_all(place, panel);
        let folder = place.path(&place.new_folder("exim"));
        let port = free_port();
        write(&folder, "exim.conf", &exim_config(&folder, &panel.state().join("home/shop/etc"), port));
        fs::create_dir(folder.join("spool")).unwrap();
        give_to_nobody(&folder);
        let config = folder.join("exim.conf");
        let arguments = ["-bdf", "-C", config.to_str().unwrap()];
        Self { server: Server::start("/usr/sbin/exim4", &arguments, &folder, port) }
    }

    /// The port of SMTP.
    pub fn port(&self) -> u16 {
        self.server.port
    }
}

fn we_are_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// A port that nobody listens at.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// Lets nobody read what mail servers read; it is hashes, and the place goes at the end.
fn open_to_all(place: &Place, panel: &Panel) {
    if !we_are_root() {
        return;
    }
    let state = panel.state();
    for folder in [&place.path(""), state.parent().unwrap(), &state] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(state.join("home")).status().unwrap();
    assert!(opened.success());
}

fn give_to_nobody(folder: &Path) {
    if we_are_root() {
        let given = Command::new("chown").args(["-R", &format!("{NOBODY}:{NOBODY}")]).arg(folder).status().unwrap();
        assert!(given.success());
    }
}

/// The name of whoever the servers run as, and of the group.
fn runner() -> (String, String) {
    let asked = |what: &str| {
        let said = Command::new("id").args([what, "-n"]).output().unwrap();
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    };
    if we_are_root() { ("nobody".to_owned(), "nogroup".to_owned()) } else { (asked("-u"), asked("-g")) }
}

fn dovecot_config(folder: &Path, etc: &Path, port: u16) -> String {
    let (folder, etc, (user, group)) = (folder.display(), etc.display(), runner());
    format!(
        "base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:~/
auth_mechanisms = plain
auth_failure_delay = 0 secs
auth_cache_size = 0
mail_max_userip_connections = 0
passdb {{
  driver = passwd-file
  args = scheme=CRYPT username_format=%n {etc}/%d/shadow
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/boxes/%d/%n
}}
service anvil {{
  chroot =
  # Whoever is refused is not slowed down.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"
    )
}

/// Only its own user may start it as a daemon, so that it is told that this is the one. `dsearch` makes the domain that a client named one that Exim takes in a path.
fn exim_config(folder: &Path, etc: &Path, port: u16) -> String {
    let (folder, etc, (user, group)) = (folder.display(), etc.display(), runner());
    format!(
        "primary_hostname = localhost
exim_user = {user}
exim_group = {group}
keep_environment =
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts =
smtp_accept_max = 0
helo_lookup_domains =
acl_smtp_rcpt = deny
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_set_id = $auth2
  server_condition = ${{if crypteq{{$auth3}}{{${{extract{{1}}{{:}}{{${{lookup{{${{local_part:$auth2}}}}lsearch{{{etc}/${{lookup{{${{domain:$auth2}}}}dsearch,filter=dir{{{etc}}}}}/shadow}}}}}}}}}}}}
"
    )
}
