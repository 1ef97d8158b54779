# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_cprekey_global_optspecs
    string join \n h/help V/version
end

function __fish_cprekey_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_cprekey_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_cprekey_using_subcommand
    set -l cmd (__fish_cprekey_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c cprekey -n "__fish_cprekey_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_needs_command" -s V -l version -d 'Print version'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "check" -d 'Read the list and name every problem with its place; touches no network'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "plan" -d 'Ask the panel too: what would change, what cannot, and why; changes nothing'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "apply" -d 'Plan, show the counts, ask (or --yes), do it, and report'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "verify" -d 'Ask whether every mailbox has the password of the list; changes nothing'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "resume" -d 'Go on with a run that was cut off, or that left rows: exactly with those'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "runs" -d 'List the runs that are kept, newest first; show, audit or remove one'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "report" -d 'Write reports of a run anew, from its journal alone'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "man" -d 'Print the manual page of the program, or of one of its commands'
complete -c cprekey -n "__fish_cprekey_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l sheet -d 'The sheet of the workbook' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l columns -d 'Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l delimiter -d 'The character between the cells of a CSV: ; , | or tab' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l encoding -d 'The encoding of a CSV, for example utf-8, windows-1252 or utf-16le' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l kind -d 'What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts' -r -f -a "mailbox\t''
account\t''"
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l domain -d 'The domain of bare user names' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l include -d 'Only the addresses and account names that match, for example \'*@example.com\' (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l exclude -d 'Not the addresses and account names that match (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l limit -d 'Only the first N changes' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l output -d 'How standard output is written; json is one event a line' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l no-header -d 'The first row is no header (needs --columns)'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l allow-numeric -d 'Accept passwords from number cells, where the number is whole and short enough to be exact'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l allow-spaces -d 'Accept passwords with spaces at an end'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -l include-hidden -d 'Take rows that are hidden in the sheet, by hand or by a filter'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -s q -l quiet -d 'Show errors only, and what is to be known before a question'
complete -c cprekey -n "__fish_cprekey_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l sheet -d 'The sheet of the workbook' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l columns -d 'Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l delimiter -d 'The character between the cells of a CSV: ; , | or tab' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l encoding -d 'The encoding of a CSV, for example utf-8, windows-1252 or utf-16le' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l kind -d 'What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts' -r -f -a "mailbox\t''
account\t''"
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l domain -d 'The domain of bare user names' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l include -d 'Only the addresses and account names that match, for example \'*@example.com\' (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l exclude -d 'Not the addresses and account names that match (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l limit -d 'Only the first N changes' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l user -d 'Whose token it is: the cPanel account, or with --as whm root or a reseller' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l account -d 'The cPanel account that owns the list\'s mailboxes, for root and resellers [default: looked up for each domain]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l host -d 'The panel; port 2083 where none is given, or 2087 with --as whm' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l as -d 'Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]' -r -f -a "cpanel\t'one cPanel account, by a token of its own'
whm\t'many accounts, by a token of root or a reseller'"
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l bin-dir -d 'Where those programs are' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l token-file -d 'A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l token-command -d 'A command that prints the API token, for example of a password manager' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l cacert -d 'Trust the certificates in this PEM file instead of the system\'s' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l pin -d 'Trust this public key and no other, in curl\'s notation; it takes the place of every other check' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l resolve -d 'Connect to this address for that name, in curl\'s notation' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l connect-timeout -d 'Seconds to wait for a connection' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l timeout -d 'Seconds to wait for a whole answer' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l jobs -d 'Rows under way at once [default: 4, or the number of cores with --local, where more than two a core are not started]; over HTTPS they wait for their retries side by side, while each request leaves when the one before has been answered, unless --overlap is given' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l rate -d 'Calls a second at most (10, 10/s, 30/m), or none for no limit' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l retries -d 'How often a call is tried again after a passing fault' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l output -d 'How standard output is written; json is one event a line' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l no-header -d 'The first row is no header (needs --columns)'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l allow-numeric -d 'Accept passwords from number cells, where the number is whole and short enough to be exact'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l allow-spaces -d 'Accept passwords with spaces at an end'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l include-hidden -d 'Take rows that are hidden in the sheet, by hand or by a filter'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l skip-invalid -d 'Go on without the rows that are wrong'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l local -d 'Drive this server\'s own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l allow-argv -d 'Give a program passwords as arguments where it takes them in no other way: others on the server can read them'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l insecure -d 'Do not check the panel\'s certificate: whoever is in between can read the token and every password'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -l overlap -d 'Let up to --jobs requests be under way at once over HTTPS: quicker on a distant panel, but a token that dies in the middle is refused once for each'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -s q -l quiet -d 'Show errors only, and what is to be known before a question'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -s v -l verbose -d 'Show every row as it is settled, and every retry'
complete -c cprekey -n "__fish_cprekey_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l sheet -d 'The sheet of the workbook' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l columns -d 'Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l delimiter -d 'The character between the cells of a CSV: ; , | or tab' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l encoding -d 'The encoding of a CSV, for example utf-8, windows-1252 or utf-16le' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l kind -d 'What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts' -r -f -a "mailbox\t''
account\t''"
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l domain -d 'The domain of bare user names' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l include -d 'Only the addresses and account names that match, for example \'*@example.com\' (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l exclude -d 'Not the addresses and account names that match (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l limit -d 'Only the first N changes' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l user -d 'Whose token it is: the cPanel account, or with --as whm root or a reseller' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l account -d 'The cPanel account that owns the list\'s mailboxes, for root and resellers [default: looked up for each domain]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l host -d 'The panel; port 2083 where none is given, or 2087 with --as whm' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l as -d 'Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]' -r -f -a "cpanel\t'one cPanel account, by a token of its own'
whm\t'many accounts, by a token of root or a reseller'"
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l bin-dir -d 'Where those programs are' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l token-file -d 'A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l token-command -d 'A command that prints the API token, for example of a password manager' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l cacert -d 'Trust the certificates in this PEM file instead of the system\'s' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l pin -d 'Trust this public key and no other, in curl\'s notation; it takes the place of every other check' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l resolve -d 'Connect to this address for that name, in curl\'s notation' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l connect-timeout -d 'Seconds to wait for a connection' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l timeout -d 'Seconds to wait for a whole answer' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l jobs -d 'Rows under way at once [default: 4, or the number of cores with --local, where more than two a core are not started]; over HTTPS they wait for their retries side by side, while each request leaves when the one before has been answered, unless --overlap is given' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l rate -d 'Calls a second at most (10, 10/s, 30/m), or none for no limit' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l retries -d 'How often a call is tried again after a passing fault' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l max-changes -d 'Send nothing where the plan has more changes than this' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l max-failures -d 'Take no further row when so many are refused or unknown' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l batch -d 'Changes in one request at most, with --as whm; 1 sends each by itself' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l verify -d 'Which rows are settled by asking the panel whether the mailbox has the new password, or by logging in to it' -r -f -a "none\t'verify nothing'
unknown\t'those of which nobody knows whether they were changed'
all\t'every row that was sent; a wrong guess may count as a failed login'
imap\t'every row that was sent, by one real login with the new password over IMAPS, a second after its change'"
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l imap-host -d 'The mail server that --verify imap logs in to [default: each mailbox\'s own domain; port 993]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l report -d 'Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l failed -d 'Write the rows to try again (refused, not-tried, unknown), with their passwords, as a CSV list that only you can read' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l log -d 'Append every row and every retry to this file, with the time; no secrets' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l reason -d 'Why this is done, for the journal and whoever audits it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l ticket -d 'Where it was asked for, for the journal: the number of a ticket' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l output -d 'How standard output is written; json is one event a line' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l no-header -d 'The first row is no header (needs --columns)'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l allow-numeric -d 'Accept passwords from number cells, where the number is whole and short enough to be exact'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l allow-spaces -d 'Accept passwords with spaces at an end'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l include-hidden -d 'Take rows that are hidden in the sheet, by hand or by a filter'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l skip-invalid -d 'Go on without the rows that are wrong; without it nothing is sent while a row is wrong'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l allow-suspicious -d 'Send new passwords that look as if another column was meant, as domains or the same again and again do; without it `check` and `plan` warn of them and end with 0, but `apply --yes` and `resume --yes` refuse them with 2'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l local -d 'Drive this server\'s own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l allow-argv -d 'Give a program passwords as arguments where it takes them in no other way: others on the server can read them'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l insecure -d 'Do not check the panel\'s certificate: whoever is in between can read the token and every password'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l overlap -d 'Let up to --jobs requests be under way at once over HTTPS: quicker on a distant panel, but a token that dies in the middle is refused once for each'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -s y -l yes -d 'Do not ask before the first change'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l keep-going -d 'Go on where the first 20 changes are all refused for the same reason, which ends the run otherwise'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l update-db-password -d 'Change an account\'s database password with its own'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -s q -l quiet -d 'Show errors only, and what is to be known before a question'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -s v -l verbose -d 'Show every row as it is settled, and every retry'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -l no-journal -d 'Keep no journal, and write nothing where runs are kept: a run that is cut off can then not be resumed, nobody can tell what it did, and nothing keeps a second run on the same list away'
complete -c cprekey -n "__fish_cprekey_using_subcommand apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l sheet -d 'The sheet of the workbook' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l columns -d 'Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l delimiter -d 'The character between the cells of a CSV: ; , | or tab' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l encoding -d 'The encoding of a CSV, for example utf-8, windows-1252 or utf-16le' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l kind -d 'What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts' -r -f -a "mailbox\t''
account\t''"
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l domain -d 'The domain of bare user names' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l include -d 'Only the addresses and account names that match, for example \'*@example.com\' (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l exclude -d 'Not the addresses and account names that match (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l limit -d 'Only the first N changes' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l user -d 'Whose token it is: the cPanel account, or with --as whm root or a reseller' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l account -d 'The cPanel account that owns the list\'s mailboxes, for root and resellers [default: looked up for each domain]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l host -d 'The panel; port 2083 where none is given, or 2087 with --as whm' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l as -d 'Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]' -r -f -a "cpanel\t'one cPanel account, by a token of its own'
whm\t'many accounts, by a token of root or a reseller'"
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l bin-dir -d 'Where those programs are' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l token-file -d 'A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l token-command -d 'A command that prints the API token, for example of a password manager' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l cacert -d 'Trust the certificates in this PEM file instead of the system\'s' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l pin -d 'Trust this public key and no other, in curl\'s notation; it takes the place of every other check' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l resolve -d 'Connect to this address for that name, in curl\'s notation' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l connect-timeout -d 'Seconds to wait for a connection' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l timeout -d 'Seconds to wait for a whole answer' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l jobs -d 'Rows under way at once [default: 4, or the number of cores with --local, where more than two a core are not started]; over HTTPS they wait for their retries side by side, while each request leaves when the one before has been answered, unless --overlap is given' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l rate -d 'Calls a second at most (10, 10/s, 30/m), or none for no limit' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l retries -d 'How often a call is tried again after a passing fault' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l verify -d 'Who is asked whether the mailbox has the password of the list' -r -f -a "all\t'the panel'
imap\t'the mail server, by one real login over IMAPS for each mailbox; neither panel nor token are needed'"
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l imap-host -d 'The mail server that --verify imap logs in to [default: each mailbox\'s own domain; port 993]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l report -d 'Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l failed -d 'Write the rows to try again (refused, not-tried, unknown), with their passwords, as a CSV list that only you can read' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l log -d 'Append every row and every retry to this file, with the time; no secrets' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l output -d 'How standard output is written; json is one event a line' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l no-header -d 'The first row is no header (needs --columns)'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l allow-numeric -d 'Accept passwords from number cells, where the number is whole and short enough to be exact'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l allow-spaces -d 'Accept passwords with spaces at an end'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l include-hidden -d 'Take rows that are hidden in the sheet, by hand or by a filter'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l skip-invalid -d 'Go on without the rows that are wrong'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l local -d 'Drive this server\'s own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l allow-argv -d 'Give a program passwords as arguments where it takes them in no other way: others on the server can read them'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l insecure -d 'Do not check the panel\'s certificate: whoever is in between can read the token and every password'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l overlap -d 'Let up to --jobs requests be under way at once over HTTPS: quicker on a distant panel, but a token that dies in the middle is refused once for each'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -l keep-going -d 'Go on where the first 20 mailboxes all have another password, which ends it otherwise; not with --verify imap'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -s q -l quiet -d 'Show errors only, and what is to be known before a question'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -s v -l verbose -d 'Show every row as it is settled, and every retry'
complete -c cprekey -n "__fish_cprekey_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l sheet -d 'The sheet of the workbook' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l columns -d 'Which column is which, by letter, number or header: email=A,domain=B,password=C, and kind, old-password, account; kind=- reads no such column' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l delimiter -d 'The character between the cells of a CSV: ; , | or tab' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l encoding -d 'The encoding of a CSV, for example utf-8, windows-1252 or utf-16le' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l kind -d 'What the rows are of that do not say it in a column kind; with account, the address column holds names of cPanel accounts' -r -f -a "mailbox\t''
account\t''"
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l domain -d 'The domain of bare user names' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l include -d 'Only the addresses and account names that match, for example \'*@example.com\' (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l exclude -d 'Not the addresses and account names that match (again for more)' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l limit -d 'Only the first N changes' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l user -d 'Whose token it is: the cPanel account, or with --as whm root or a reseller' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l account -d 'The cPanel account that owns the list\'s mailboxes, for root and resellers [default: looked up for each domain]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l host -d 'The panel; port 2083 where none is given, or 2087 with --as whm' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l as -d 'Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]' -r -f -a "cpanel\t'one cPanel account, by a token of its own'
whm\t'many accounts, by a token of root or a reseller'"
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l bin-dir -d 'Where those programs are' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l token-file -d 'A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l token-command -d 'A command that prints the API token, for example of a password manager' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l cacert -d 'Trust the certificates in this PEM file instead of the system\'s' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l pin -d 'Trust this public key and no other, in curl\'s notation; it takes the place of every other check' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l resolve -d 'Connect to this address for that name, in curl\'s notation' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l connect-timeout -d 'Seconds to wait for a connection' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l timeout -d 'Seconds to wait for a whole answer' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l jobs -d 'Rows under way at once [default: 4, or the number of cores with --local, where more than two a core are not started]; over HTTPS they wait for their retries side by side, while each request leaves when the one before has been answered, unless --overlap is given' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l rate -d 'Calls a second at most (10, 10/s, 30/m), or none for no limit' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l retries -d 'How often a call is tried again after a passing fault' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l max-changes -d 'Send nothing where the plan has more changes than this' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l max-failures -d 'Take no further row when so many are refused or unknown' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l batch -d 'Changes in one request at most, with --as whm; 1 sends each by itself' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l verify -d 'Which rows are settled by asking the panel whether the mailbox has the new password, or by logging in to it' -r -f -a "none\t'verify nothing'
unknown\t'those of which nobody knows whether they were changed'
all\t'every row that was sent; a wrong guess may count as a failed login'
imap\t'every row that was sent, by one real login with the new password over IMAPS, a second after its change'"
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l imap-host -d 'The mail server that --verify imap logs in to [default: each mailbox\'s own domain; port 993]' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l report -d 'Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l failed -d 'Write the rows to try again (refused, not-tried, unknown), with their passwords, as a CSV list that only you can read' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l log -d 'Append every row and every retry to this file, with the time; no secrets' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l reason -d 'Why this is done, for the journal and whoever audits it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l ticket -d 'Where it was asked for, for the journal: the number of a ticket' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l output -d 'How standard output is written; json is one event a line' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it' -r
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l failed-too -d 'Try rows again that were refused'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l no-header -d 'The first row is no header (needs --columns)'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l allow-numeric -d 'Accept passwords from number cells, where the number is whole and short enough to be exact'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l allow-spaces -d 'Accept passwords with spaces at an end'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l include-hidden -d 'Take rows that are hidden in the sheet, by hand or by a filter'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l skip-invalid -d 'Go on without the rows that are wrong; without it nothing is sent while a row is wrong'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l allow-suspicious -d 'Send new passwords that look as if another column was meant, as domains or the same again and again do; without it `check` and `plan` warn of them and end with 0, but `apply --yes` and `resume --yes` refuse them with 2'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l local -d 'Drive this server\'s own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l allow-argv -d 'Give a program passwords as arguments where it takes them in no other way: others on the server can read them'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l insecure -d 'Do not check the panel\'s certificate: whoever is in between can read the token and every password'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l overlap -d 'Let up to --jobs requests be under way at once over HTTPS: quicker on a distant panel, but a token that dies in the middle is refused once for each'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -s y -l yes -d 'Do not ask before the first change'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l keep-going -d 'Go on where the first 20 changes are all refused for the same reason, which ends the run otherwise'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -l update-db-password -d 'Change an account\'s database password with its own'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -s q -l quiet -d 'Show errors only, and what is to be known before a question'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -s v -l verbose -d 'Show every row as it is settled, and every retry'
complete -c cprekey -n "__fish_cprekey_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -l output -d 'How standard output is written; json is one object a line, one for each run' -r -f -a "human\t'for people'
json\t'one event a line, and nothing else'"
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -f -a "show" -d 'Show who did what, what became of it, and how to go on'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -f -a "audit" -d 'Verify the journal from its first line to its last, and print who, where, when, with which options and why; no secret'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -f -a "remove" -d 'Remove journals: what was done can then neither be resumed nor shown any more'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and not __fish_seen_subcommand_from show audit remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show who did what, what became of it, and how to go on'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Verify the journal from its first line to its last, and print who, where, when, with which options and why; no secret'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove journals: what was done can then neither be resumed nor shown any more'
complete -c cprekey -n "__fish_cprekey_using_subcommand runs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cprekey -n "__fish_cprekey_using_subcommand report" -l report -d 'Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)' -r -F
complete -c cprekey -n "__fish_cprekey_using_subcommand report" -l color -d 'When to use colours' -r -f -a "auto\t'where there is a terminal that wants them'
always\t'everywhere'
never\t'nowhere'"
complete -c cprekey -n "__fish_cprekey_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey -n "__fish_cprekey_using_subcommand completions" -s h -l help -d 'Print help'
complete -c cprekey -n "__fish_cprekey_using_subcommand man" -s h -l help -d 'Print help'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "check" -d 'Read the list and name every problem with its place; touches no network'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "plan" -d 'Ask the panel too: what would change, what cannot, and why; changes nothing'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "apply" -d 'Plan, show the counts, ask (or --yes), do it, and report'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "verify" -d 'Ask whether every mailbox has the password of the list; changes nothing'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "resume" -d 'Go on with a run that was cut off, or that left rows: exactly with those'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "runs" -d 'List the runs that are kept, newest first; show, audit or remove one'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "report" -d 'Write reports of a run anew, from its journal alone'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "man" -d 'Print the manual page of the program, or of one of its commands'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and not __fish_seen_subcommand_from check plan apply verify resume runs report completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "show" -d 'Show who did what, what became of it, and how to go on'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "audit" -d 'Verify the journal from its first line to its last, and print who, where, when, with which options and why; no secret'
complete -c cprekey -n "__fish_cprekey_using_subcommand help; and __fish_seen_subcommand_from runs" -f -a "remove" -d 'Remove journals: what was done can then neither be resumed nor shown any more'
