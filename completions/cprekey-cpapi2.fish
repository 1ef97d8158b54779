complete -c cprekey-cpapi2 -l api -d 'Whose line it is [default: the program that it is called as, else cpapi2]' -r -f -a "cpapi2\t'cPanel API 2: Module function key=value …'
uapi\t'UAPI: Module function key=value …'
whmapi1\t'WHM API 1: function key=value …'"
complete -c cprekey-cpapi2 -l output -d 'How the answer is written' -r -f -a "json\t'JSON on one line'
jsonpretty\t'JSON on many lines'
yaml\t'YAML'"
complete -c cprekey-cpapi2 -l input -d 'Where the arguments are' -r -f -a "key-value\t'the words of the command line'
json\t'one JSON object on standard input, where nothing is decoded: a list gives its key once for each of its values, a null leaves its key out'"
complete -c cprekey-cpapi2 -l retries -d 'How often the call is made again after a passing fault, also where it may have been done; then not where it names an old password' -r
complete -c cprekey-cpapi2 -l profile -d 'Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it, and its user is --token-user' -r
complete -c cprekey-cpapi2 -l user -d 'The account that the call is for; for whmapi1 the reseller who calls' -r
complete -c cprekey-cpapi2 -l token-user -d 'Whose token it is [default: the --user, or root with --as whm]' -r
complete -c cprekey-cpapi2 -l host -d 'The panel; port 2083 where none is given, or 2087 with --as whm' -r
complete -c cprekey-cpapi2 -l as -d 'Which door of the panel, and so whose token [default: whm at port 2087, else cpanel]' -r -f -a "cpanel\t'one cPanel account, by a token of its own'
whm\t'many accounts, by a token of root or a reseller'"
complete -c cprekey-cpapi2 -l bin-dir -d 'Where those programs are' -r -F
complete -c cprekey-cpapi2 -l token-file -d 'A file whose first line is the API token, readable by you alone; else the variable `CPREKEY_TOKEN`, else a prompt' -r -F
complete -c cprekey-cpapi2 -l token-command -d 'A command that prints the API token, for example of a password manager' -r
complete -c cprekey-cpapi2 -l cacert -d 'Trust the certificates in this PEM file instead of the system\'s' -r -F
complete -c cprekey-cpapi2 -l pin -d 'Trust this public key and no other, in curl\'s notation; it takes the place of every other check' -r
complete -c cprekey-cpapi2 -l resolve -d 'Connect to this address for that name, in curl\'s notation' -r
complete -c cprekey-cpapi2 -l connect-timeout -d 'Seconds to wait for a connection' -r
complete -c cprekey-cpapi2 -l timeout -d 'Seconds to wait for a whole answer' -r
complete -c cprekey-cpapi2 -l completions -d 'Print a completion script for a shell' -r -f -a "bash\t''
elvish\t''
fish\t''
powershell\t''
zsh\t''"
complete -c cprekey-cpapi2 -l explain -d 'Show what would be sent and how, without secrets; send nothing, and ask for no token'
complete -c cprekey-cpapi2 -s q -l quiet -d 'Show errors only, no warnings'
complete -c cprekey-cpapi2 -l local -d 'Drive this server\'s own uapi, cpapi2 and whmapi1 instead: as root for every account, else for your own'
complete -c cprekey-cpapi2 -l allow-argv -d 'Give a program passwords as arguments where it takes them in no other way: others on the server can read them'
complete -c cprekey-cpapi2 -l insecure -d 'Do not check the panel\'s certificate: whoever is in between can read the token and every password'
complete -c cprekey-cpapi2 -l man -d 'Print the manual page'
complete -c cprekey-cpapi2 -s h -l help -d 'Print help (see more with \'--help\')'
complete -c cprekey-cpapi2 -s V -l version -d 'Print version'
