//! What the program says of itself.

use cprekey_tests::Place;

#[test]
fn help_is_there_for_every_command() {
    let place = Place::new();
    for command in ["check", "plan", "apply", "verify", "resume", "runs", "report", "completions", "man"] {
        for option in ["--help", "-h"] {
            let run = place.cprekey([command, option]).run();
            assert!(run.code == 0 && run.stderr.is_empty(), "{run}");
            assert!(run.stdout.contains(&format!("Usage: cprekey {command}")), "{run}");
        }
    }
}

#[test]
fn the_version_says_whose_it_is_not() {
    let place = Place::new();
    for option in ["--version", "-V"] {
        let run = place.cprekey([option]).run();
        assert!(run.code == 0 && run.stdout.starts_with("cprekey "), "{run}");
        assert!(run.stdout.contains("not affiliated with") && run.stdout.contains("cPanel, L.L.C."), "{run}");
    }
}

#[test]
fn completions_are_there_for_each_shell() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = place.cprekey(["completions", shell]).run();
        assert!(run.code == 0 && run.stdout.contains("max-failures") && run.stderr.is_empty(), "{run}");
    }
    let run = place.cprekey(["completions", "tcsh"]).run();
    assert!(run.code == 2 && run.stderr.contains("elvish"), "{run}");
}

#[test]
fn bash_reads_its_completions() {
    let place = Place::new();
    let script = "eval \"$({})\"; COMP_WORDS=(cprekey apply --max-f); COMP_CWORD=2; _cprekey cprekey --max-f apply; echo \"${COMPREPLY[@]}\"";
    std::fs::write(place.path("complete.sh"), script.replace("{}", "cat completions")).unwrap();
    let run = place.cprekey(["completions", "bash"]).in_shell("{} >completions && bash complete.sh").run();
    assert_eq!((run.code, &*run.stdout, &*run.stderr), (0, "--max-failures\n", ""), "{run}");
}

#[test]
fn manual_pages_are_there_for_the_program_and_its_commands() {
    let place = Place::new();
    for (arguments, title) in [
        (vec!["man"], ".TH cprekey 1"),
        (vec!["man", "apply"], ".TH cprekey-apply 1"),
        (vec!["man", "check"], ".TH cprekey-check 1"),
        (vec!["man", "plan"], ".TH cprekey-plan 1"),
    ] {
        let run = place.cprekey(arguments).run();
        assert!(run.code == 0 && run.stdout.contains(title) && run.stderr.is_empty(), "{run}");
    }
    let run = place.cprekey(["man", "resume-all"]).run();
    assert!(run.code == 2 && run.stderr.contains("commands: check, plan, apply"), "{run}");
}
