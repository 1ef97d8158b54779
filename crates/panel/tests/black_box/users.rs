//! Where the local programs lie, and who may run them.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use super::local::{Said, is_root, program, said, skip};
use super::program::{Program, STRONG, STRONG_FORM, run};

/// The user number of `shop`, and one that is nobody's.
const SHOP: u32 = 65534;
const STRANGER: u32 = 4242;

const CONFIG: &str = "[[whm]]\nuser='agency'\nuid=1500\n\
    [[account]]\nname='shop'\ndomain='example.com'\nowner='agency'\nuid=[1001,65534]\n\
    mailboxes=[{address='anna@example.com',password='before'}]\n\
    [[account]]\nname='studio'\ndomain='example.net'\n";

/// A panel with these accounts, and its configuration's folder.
fn started(options: &[&str]) -> (Program, TempDir) {
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("panel.toml");
    fs::write(&config, CONFIG).unwrap();
    (Program::start(&[&["--config", config.to_str().unwrap()], options].concat()), place)
}

fn as_user(uid: u32, command: &mut Command) -> Said {
    said(command.current_dir("/").uid(uid).gid(uid))
}

fn call(panel: &Program, uid: u32, name: &str, line: &str) -> Said {
    as_user(uid, &mut panel.command(name, &line.split(' ').collect::<Vec<_>>()))
}

#[test]
fn an_account_changes_its_mailboxes_without_naming_itself() {
    if !is_root() {
        return;
    }
    let (panel, _place) = started(&[]);
    let line = format!("--output=json Email passwd_pop email=anna password={STRONG_FORM}");
    assert_eq!(call(&panel, SHOP, "uapi", &line).json()["result"]["status"], 1);
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 1}));
    let named = call(&panel, SHOP, "uapi", &format!("--user=shop {line}"));
    assert_eq!(named.json()["result"]["status"], 1);
    assert!(
        call(&panel, SHOP, "uapi", &format!("--user=studio {line}")).complains("only root may call for \"studio\"")
    );
    assert!(panel.file("command_log").contains("\"euid\":65534"));
}

#[test]
fn a_stranger_is_told_so_and_gets_no_envelope() {
    if !is_root() {
        return;
    }
    let (panel, _place) = started(&["--no-hashing"]);
    for (name, line) in [("uapi", "Email count_pops"), ("cpapi2", "Email passwdpop"), ("whmapi1", "listaccts")] {
        assert!(call(&panel, STRANGER, name, line).complains("no account for the user number 4242"), "{name}");
    }
}

#[test]
fn whm_is_for_root_and_resellers() {
    if !is_root() {
        return;
    }
    let (panel, _place) = started(&["--no-hashing"]);
    let accounts = |said: Said| said.json()["data"]["acct"].as_array().unwrap().len();
    assert_eq!(accounts(panel.local("whmapi1", "--output=json listaccts")), 2);
    assert_eq!(accounts(panel.local("whmapi1", "--user=agency --output=json listaccts")), 1);
    assert_eq!(accounts(call(&panel, 1500, "whmapi1", "--output=json listaccts")), 1);
    assert!(call(&panel, SHOP, "whmapi1", "listaccts").complains("\"shop\" is neither root nor a reseller"));
    assert!(call(&panel, 1500, "whmapi1", "--user=root listaccts").complains("only root may call for \"root\""));
}

#[test]
fn a_file_is_read_as_the_user_who_calls() {
    if !is_root() {
        return;
    }
    let (panel, place) = started(&["--no-hashing"]);
    let secret = place.path().join("secret");
    fs::write(&secret, STRONG).unwrap();
    fs::set_permissions(place.path(), Permissions::from_mode(0o711)).unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o600)).unwrap();
    let line = format!("--output=json Email passwd_pop email=anna password=@{}", secret.display());
    assert!(call(&panel, SHOP, "uapi", &line).complains("Permission denied"));
    fs::set_permissions(&secret, Permissions::from_mode(0o644)).unwrap();
    assert_eq!(call(&panel, SHOP, "uapi", &line).json()["result"]["status"], 1);
}

#[test]
fn others_can_run_the_programs_and_read_nothing_secret() {
    if !is_root() {
        return;
    }
    let (panel, _place) = started(&[]);
    call(&panel, SHOP, "uapi", "Email count_pops");
    let state = Path::new(panel.ready["state"].as_str().unwrap()).to_owned();
    let files = [
        "access_log",
        "command_log",
        "panel.lock",
        "tls/ca-key.pem",
        "tls/server-key.pem",
        "home/shop/etc/example.com/shadow",
    ];
    for file in files {
        let path = state.join(file);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
        assert!(!as_user(SHOP, &mut program(Path::new("/bin/cat"), &[path.to_str().unwrap()])).stderr.is_empty());
    }
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&state), mode(&panel.bin()), mode(&panel.bin().join("panel.json"))), (0o711, 0o755, 0o644));
    assert!(!as_user(SHOP, &mut program(Path::new("/bin/ls"), &[state.to_str().unwrap()])).stderr.is_empty());
}

#[test]
fn the_programs_are_found_by_any_name_that_leads_to_them() {
    if !is_root() {
        return;
    }
    let (panel, place) = started(&["--no-hashing"]);
    let elsewhere = place.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(panel.bin().join("uapi"), elsewhere.join("uapi")).unwrap();
    let arguments = ["--user=shop", "--output=json", "Email", "count_pops"];
    let relative = said(program(Path::new("./uapi"), &arguments).current_dir(panel.bin()));
    let linked = said(&mut program(&elsewhere.join("uapi"), &arguments));
    let bare =
        said(program(Path::new("sh"), &["-c", "uapi \"$@\"", "sh"]).args(arguments).env("PATH", path_with(&elsewhere)));
    for (way, said) in [("relative", relative), ("linked", linked), ("bare", bare)] {
        assert_eq!(said.json()["result"]["data"], 1, "{way}");
    }
}

fn path_with(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

#[test]
fn the_folder_works_where_it_is_mounted_elsewhere() {
    if !is_root() {
        return;
    }
    let (panel, place) = started(&["--no-hashing"]);
    let there = place.path().join("there");
    fs::create_dir(&there).unwrap();
    let script = format!(
        "mount --bind {} {there} || exit 77; exec {there}/uapi --user=shop --output=json Email count_pops",
        panel.bin().display(),
        there = there.display()
    );
    let said = said(&mut program(Path::new("unshare"), &["--mount", "sh", "-c", &script]));
    if said.code() == Some(77) || said.stderr.starts_with("unshare:") {
        return skip(&format!("this root may not mount: {}", said.stderr));
    }
    assert_eq!(said.json()["result"]["data"], 1);
}

#[test]
fn a_folder_of_ones_own_is_made_and_says_so_when_the_panel_is_gone() {
    let place = tempfile::tempdir().unwrap();
    let bin = place.path().join("usr/local/cpanel/bin");
    let options = ["--no-hashing", "--bin-dir", bin.to_str().unwrap()];
    let panel = Program::start(&options);
    assert_eq!(panel.bin(), bin.canonicalize().unwrap());
    let help = |fragment: &str| {
        let said = said(&mut program(&bin.join("uapi"), &["--help"]));
        assert!(said.stdout.contains(fragment) || said.stderr.contains(fragment), "{} {}", said.stdout, said.stderr);
        said.code()
    };
    assert_eq!(help("Usage: uapi"), Some(0));
    panel.stop();
    assert_eq!(help("no rehearsal panel listens at"), Some(1));
    drop(Program::start(&options));
    fs::remove_file(bin.join("panel.json")).unwrap();
    assert_eq!(help("there is no panel.json"), Some(1));
    let refused = run(&options);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no panel put it there"));
}

#[test]
fn a_state_with_a_long_path_has_its_socket_elsewhere() {
    if !is_root() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let state = place.path().join("a".repeat(120));
    let panel = Program::start(&["--no-hashing", "--state", state.to_str().unwrap()]);
    assert_eq!(panel.uapi("Email count_pops")["data"], 5);
    let notice = fs::read_to_string(panel.bin().join("panel.json")).unwrap();
    let socket = serde_json::from_str::<serde_json::Value>(&notice).unwrap()["socket"].as_str().unwrap().to_owned();
    assert!(Path::new(&socket).exists() && !socket.contains("aaaa"));
    panel.stop();
    assert!(!Path::new(&socket).exists());
}
