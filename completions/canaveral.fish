function __canaveral_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __canaveral_parse_tokens
    # The first word may be a command's, or belong to the serve that was left out.
    test "$commands" = canaveral -a "$expected_commands" = 'canaveral serve'; and set commands $expected_commands
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __canaveral_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __canaveral_parse_tokens
    # The first word may be a command's, or belong to the serve that was left out.
    test "$commands" = canaveral -a "$expected_commands" = 'canaveral serve'; and set commands $expected_commands
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __canaveral_parse_tokens -S
    set -l unparsed_tokens (__canaveral_tokens -pc)
    # Without the name of a command, serve is meant.
    if set -q unparsed_tokens[2]; and not contains -- $unparsed_tokens[2] serve check certificate get put links doctor bench identity known-hosts import help
        set unparsed_tokens $unparsed_tokens[1] serve $unparsed_tokens[2..]
    end
    switch $unparsed_tokens[1]
    case 'canaveral'
        __canaveral_parse_subcommand 0 'h/help'
        switch $unparsed_tokens[1]
        case 'serve'
            __canaveral_parse_subcommand 1 'config=' 'd/dir=' 'index-file=+' 'default-lang=' 'charset=' 'no-listing' 'mime=+' 'cgi-dir=' 'cgi-style=' 'cgi-grant=+' 'cgi-unconfined' 'scgi=+' 'fastcgi=+' 'proxy=+' 'pass-through=+' 'proxy-header=' 'H/host=+' 'p/port=' 'listen=+' 'proxy-protocol' 'proxy-trust=+' 'no-tls' 'public-port=' 'hostname=+' 'reuse-port' 'c/cert=' 'k/key=' 'g/generate-cert' 'C/cn=' 's/san=' 'D/days=' 'state-dir=' 'rate-limit=+' 'tls-cafile=' 'tls-capath=' 'grace=' 'max-connections=' 'max-connections-per-address=' 'handshake-timeout=' 'request-timeout=' 'stall-timeout=' 'access-log=' 'no-access-log' 'log-format=' 'log-addresses=' 'metrics=' 'log-level=' 'user=' 'group=' 'chroot=' 'no-sandbox' 'V/version' 'h/help'
        case 'check'
            __canaveral_parse_subcommand 1 'config=' 'print-defaults' 'h/help'
        case 'certificate'
            __canaveral_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __canaveral_parse_subcommand 1 'k/key=' 'hostname=+' 'state-dir=' 'p/port=' 'h/help'
            case 'fingerprint'
                __canaveral_parse_subcommand 1 'k/key=' 'hostname=+' 'state-dir=' 'h/help'
            case 'generate'
                __canaveral_parse_subcommand 1 'k/key=' 'hostname=+' 'state-dir=' 'C/cn=' 's/san=' 'D/days=' 'f/force' 'h/help'
            case 'renew'
                __canaveral_parse_subcommand 1 'k/key=' 'hostname=+' 'state-dir=' 'D/days=' 'h/help'
            end
        case 'get'
            __canaveral_parse_subcommand 1 'o/output=' 'header' 'raw' 'input=' 'identity=' 'insecure' 'strict' 'known-hosts=' 'proxy=' 'connect=' 'timeout=' 'h/help'
        case 'put'
            __canaveral_parse_subcommand -r 1 'edit' 'delete' 'mime=' 'token=' 'identity=' 'insecure' 'strict' 'known-hosts=' 'proxy=' 'connect=' 'timeout=' 'h/help'
        case 'links'
            __canaveral_parse_subcommand 1 'hostname=+' 'index-file=+' 'no-listing' 'external' 'delay=' 'max-pages=' 'ignore=+' 'strict' 'json' 'h/help'
        case 'doctor'
            __canaveral_parse_subcommand 1 'gently' 'only=+' 'skip=+' 'connect=' 'timeout=' 'json' 'list' 'h/help'
        case 'bench'
            __canaveral_parse_subcommand 1 'c/concurrency=' 'r/rate=' 'd/duration=' 'n/requests=' 'warmup=' 'timeout=' 't/threads=' 'resume' 'tls=' 'expect=' 'accept-truncation' 'connect=' 'with-permission' 'json' 'h/help'
        case 'identity'
            __canaveral_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __canaveral_parse_subcommand 0 'h/help'
            case 'new'
                __canaveral_parse_subcommand 1 'D/days=' 'at=' 'h/help'
            case 'add'
                __canaveral_parse_subcommand 2 'h/help'
            case 'use'
                __canaveral_parse_subcommand 2 'h/help'
            case 'leave'
                __canaveral_parse_subcommand 1 'h/help'
            case 'remove'
                __canaveral_parse_subcommand 1 'y/yes' 'h/help'
            end
        case 'known-hosts'
            __canaveral_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __canaveral_parse_subcommand 0 'known-hosts=' 'h/help'
            case 'forget'
                __canaveral_parse_subcommand 1 'known-hosts=' 'h/help'
            case 'import'
                __canaveral_parse_subcommand 2 'known-hosts=' 'h/help'
            case 'export'
                __canaveral_parse_subcommand 1 'known-hosts=' 'h/help'
            end
        case 'import'
            __canaveral_parse_subcommand 0 'h/help'
            switch $unparsed_tokens[1]
            case 'jetforce'
                __canaveral_parse_subcommand -r 1 'in=' 'h/help'
            case 'gmid'
                __canaveral_parse_subcommand 1 'in=' 'h/help'
            case 'agate'
                __canaveral_parse_subcommand -r 1 'in=' 'h/help'
            case 'molly-brown'
                __canaveral_parse_subcommand 1 'in=' 'h/help'
            end
        case 'help'
            __canaveral_parse_subcommand -r 1 
        end
    end
end

function __canaveral_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __canaveral_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __canaveral_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __canaveral_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__canaveral_tokens -p)
    if test -z "$(__canaveral_tokens -t)"
        set -l index (count (__canaveral_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'canaveral' -f
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'serve' -d 'Serve a folder over the Gemini protocol (what canaveral does without a subcommand).'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'check' -d 'Judge a configuration file and what it points to.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'certificate' -d 'Show, make and renew certificates.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'get' -d 'Fetch a page, and print it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'put' -d 'Upload a file by Titan, edit a page, or delete one.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'links' -d 'Check the links and the gemtext of a capsule.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'doctor' -d 'Examine a Gemini server, ours or any other, and say what is wrong with it and how to mend it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'bench' -d 'Load a server, and measure how it bears that.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'identity' -d 'Make, list and remove the certificates that you show to servers.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'known-hosts' -d 'List and forget the servers that were met, and exchange them with other clients.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'import' -d 'Write a configuration that does what another server\'s does.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral serve" -eq 1' -fa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" config' -l 'config' -d 'A file that says what is served, as canaveral.toml(5) has it. (default: canaveral.toml in the current folder or in /etc/canaveral, where nothing else says what is served)' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'toml\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" d dir' -s 'd' -l 'dir' -d 'The folder to serve, the same as the argument.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'index-file' -d 'A file that stands for its folder. Repeat it: the first that exists is shown. (default: index.gmi, index.gemini)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" default-lang' -l 'default-lang' -d 'Label gemtext with a language: one or more BCP 47 tags, comma-separated.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" charset' -l 'charset' -d 'Label text of every kind with a character set. Without it, text is UTF-8.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" no-listing' -l 'no-listing' -d 'Answer 51 for a folder without an index file, instead of listing it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'mime' -d 'Serve files with an extension as a media type, as in --mime gmni=text/gemini. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" cgi-dir' -l 'cgi-dir' -d 'Answer with what the programs of a folder print (CGI), named relative to the folder that is served, as in --cgi-dir cgi-bin. Nothing of it is served as a file. (default: no programs are run)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" cgi-style' -l 'cgi-style' -d 'Whose variables programs get: canaveral, jetforce, gmid, molly-brown or gmcapsule. (default: canaveral, which has all of them by jetforce\'s spellings)' -rfka 'canaveral jetforce gmid molly-brown gmcapsule'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'cgi-grant' -d 'A folder or file that programs may read and write, beside their own folder, which they may read. Repeat it.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" cgi-unconfined' -l 'cgi-unconfined' -d 'Let programs reach every file that their user can, where Landlock would keep them from it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'scgi' -d 'Have a daemon answer by SCGI whatever is beneath a path, as in --scgi /wiki=127.0.0.1:4000 or --scgi /wiki=unix:/run/wiki.sock. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'fastcgi' -d 'The same by FastCGI. Where the daemon runs scripts of the folder that is served, it is told which.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'proxy' -d 'Ask another Gemini server for a path and everything beneath it, as in --proxy /wiki=gemini://localhost:1966/. Repeat it. Uploads are passed on too. The other server is asked for the host in the URL; its certificate is remembered when it is first seen, in known_hosts in the state directory.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'pass-through' -d 'Hand connections for a host name as they are to another server, which sees the visitor\'s certificate, as in --pass-through astro.example.org=127.0.0.1:1966. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" proxy-header' -l 'proxy-header' -d 'Tell those servers the visitor\'s address by the PROXY protocol, which they have to expect: v1 or v2. (default: it is not told)' -rfka 'v1 v2'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -s 'H' -l 'host' -d 'An address to listen on. Repeat it. (default: this machine only, over IPv4 and IPv6, while every --hostname is localhost or a loopback address; every address otherwise)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" p port' -s 'p' -l 'port' -d 'The port; 0 picks a free one. (default: 1965)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'listen' -d 'An address with its port to listen on, \'unix:\' and the path of a Unix socket, or \'systemd:\' and the name of a socket that systemd opened. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" proxy-protocol' -l 'proxy-protocol' -d 'Require the PROXY protocol, version 1 or 2, by which a proxy before this server tells the visitor\'s address.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'proxy-trust' -d 'An address, or a range such as 10.0.0.0/8, whose PROXY headers are believed; others are refused. Repeat it. (default: this machine)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" no-tls' -l 'no-tls' -d 'Serve in the clear, without certificates: for tunnels and onion services, which encrypt by themselves.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" public-port' -l 'public-port' -d 'The port that visitors connect to, where a router, tunnel or container hands it on to --port: the one that URLs may name. (default: the port that is listened on)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'hostname' -d 'A host name that is served. Repeat it. Requests for any other host get 53. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" reuse-port' -l 'reuse-port' -d 'Let another canaveral with this flag listen on the same addresses, so that a new version can start before the old one stops.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" c cert tls-certfile' -s 'c' -l 'cert' -l 'tls-certfile' -d 'The certificate and its chain, PEM or DER; it may hold the key too. (default: made by itself and kept in the state directory)' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" k key tls-keyfile' -s 'k' -l 'key' -l 'tls-keyfile' -d 'The private key, PEM or DER. (default: the file of the certificate)' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" g generate-cert' -s 'g' -l 'generate-cert' -d 'Make a new key and certificate now, then serve. What was there is kept beside them, with .old after its name.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" C cn' -s 'C' -l 'cn' -d 'The common name of a certificate that is made. (default: the first host name)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" s san' -s 's' -l 'san' -d 'Names and addresses that a certificate is made for besides the host names, comma-separated.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" D days' -s 'D' -l 'days' -d 'How many days a certificate that is made is valid. (default: 3650)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" state-dir' -l 'state-dir' -d 'Where certificates are kept. (default: $STATE_DIRECTORY, $XDG_STATE_HOME/canaveral, /var/lib/canaveral for root, ~/.local/state/canaveral)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve"' -l 'rate-limit' -d 'Answer 44 to an address that makes more than N requests in P seconds, minutes, hours or days, as in 60/5m. Repeat it. (default: no limit)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" tls-cafile' -l 'tls-cafile' -d 'A file with the certificates of authorities: programs are told by TLS_CLIENT_AUTHORISED whether one of them signed the visitor\'s certificate.' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" tls-capath' -l 'tls-capath' -d 'A folder of such files.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" grace' -l 'grace' -d 'How long responses may go on after a signal to stop. (default: 2)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" max-connections' -l 'max-connections' -d 'Connections open at once. (default: half of the descriptor limit, less a few)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" max-connections-per-address' -l 'max-connections-per-address' -d 'Connections open at once from one address, or one IPv6 network of 64 bits; 0: no cap. (default: 256)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" handshake-timeout' -l 'handshake-timeout' -d 'How long a TLS handshake may take. (default: 10)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" request-timeout' -l 'request-timeout' -d 'How long a client may take to send its request, at least 6. (default: 10)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" stall-timeout' -l 'stall-timeout' -d 'How long a client may take nothing of a response. A response as a whole may take as long as it likes. (default: 60)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" access-log' -l 'access-log' -d 'Append the access log to a file (-: write it to standard output). (default: standard output)' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" no-access-log' -l 'no-access-log' -d 'Write no access log.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" log-format' -l 'log-format' -d 'How a line of the access log is written: jetforce, common, combined, json or tsv. (default: jetforce)' -rfka 'jetforce common combined json tsv'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" log-addresses' -l 'log-addresses' -d 'How much of visitors\' addresses is written into logs: full, truncated to the network, hashed with a secret that changes daily, or off. (default: full)' -rfka 'full truncated hashed off'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" metrics' -l 'metrics' -d 'An address and port, such as 127.0.0.1:9965, at which metrics can be read over HTTP. (default: nowhere)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" log-level' -l 'log-level' -d 'How much the server says on standard error: trace, debug, info, notice, warning, error or critical. TLS failures are told at debug. (default: notice)' -rfka 'trace debug info notice warning error critical'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" user' -l 'user' -d 'Become this user once the server listens and has read its keys; it has to be started as root.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" group' -l 'group' -d 'The group to take then. (default: the user\'s own)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" chroot' -l 'chroot' -d 'Make a folder the root of the file system then.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" no-sandbox' -l 'no-sandbox' -d 'Keep the right to open files that are not the server\'s business, which Landlock takes from it where the kernel has it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" V version' -s 'V' -l 'version' -d 'Print the version.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral check" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'toml\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral check" config' -l 'config' -d 'The file, the same as the argument.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'toml\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral check" print-defaults' -l 'print-defaults' -d 'Print a configuration with every setting, what it is for, and its default.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate" -eq 1' -fa 'show' -d 'Show what a certificate says: names, validity, fingerprints, the TLSA record.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate" -eq 1' -fa 'fingerprint' -d 'Print a certificate\'s fingerprints, as Lagrange, Amfora and jetforce spell them.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate" -eq 1' -fa 'generate' -d 'Make a new key and a self-signed certificate.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate" -eq 1' -fa 'renew' -d 'Make a new certificate for the same key, with the same names.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate show" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate show" k key' -s 'k' -l 'key' -d 'The private key, where it is in a file of its own.' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate show"' -l 'hostname' -d 'A host name. Repeat it. In the state directory the first names the file. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate show" state-dir' -l 'state-dir' -d 'The state directory, where it is not the usual one.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate show" p port' -l 'port' -s 'p' -d 'The port in the TLSA record. (default: 1965)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate fingerprint" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate fingerprint" k key' -s 'k' -l 'key' -d 'The private key, where it is in a file of its own.' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate fingerprint"' -l 'hostname' -d 'A host name. Repeat it. In the state directory the first names the file. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate fingerprint" state-dir' -l 'state-dir' -d 'The state directory, where it is not the usual one.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate fingerprint" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate generate" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" k key' -s 'k' -l 'key' -d 'The private key, where it is in a file of its own.' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate"' -l 'hostname' -d 'A host name. Repeat it. In the state directory the first names the file. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" state-dir' -l 'state-dir' -d 'The state directory, where it is not the usual one.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" C cn' -s 'C' -l 'cn' -d 'The common name of a certificate that is made. (default: the first host name)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" s san' -s 's' -l 'san' -d 'Names and addresses that a certificate is made for besides the host names, comma-separated.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" D days' -s 'D' -l 'days' -d 'How many days a certificate that is made is valid. (default: 3650)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" f force' -l 'force' -s 'f' -d 'Replace a certificate that is there.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate generate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral certificate renew" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate renew" k key' -s 'k' -l 'key' -d 'The private key, where it is in a file of its own.' -rF
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate renew"' -l 'hostname' -d 'A host name. Repeat it. In the state directory the first names the file. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate renew" state-dir' -l 'state-dir' -d 'The state directory, where it is not the usual one.' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate renew" D days' -s 'D' -l 'days' -d 'How many days the new certificate is valid. (default: 3650)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral certificate renew" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" o output' -l 'output' -s 'o' -d 'Write the page to a file (-: to standard output).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" header' -l 'header' -d 'Print the header of the answer too, in front of the page.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" raw' -l 'raw' -d 'Print gemtext as it came on a terminal too.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" input' -l 'input' -d 'The answer to the question that the server asks.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" identity' -l 'identity' -d 'Show this identity: its name in the identity store, or a PEM file with certificate and key.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" insecure' -l 'insecure' -d 'Take any server certificate, and remember none.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" strict' -l 'strict' -d 'Trust a server only as long as its whole certificate is the same, not only its key.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" known-hosts' -l 'known-hosts' -d 'Where the servers met so far are remembered (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" proxy' -l 'proxy' -d 'Ask this server to relay the request.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" connect' -l 'connect' -d 'Connect there instead of to the URL\'s host, as to try it before its name is known. What is asked, by which name and whom is trusted stay as they are.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" timeout' -l 'timeout' -d 'How long the server may send nothing.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" edit' -l 'edit' -d 'Open the page in $VISUAL or $EDITOR, and upload what was changed.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" delete' -l 'delete' -d 'Delete the page.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" mime' -l 'mime' -d 'The media type (default: by the file\'s name; with --edit, that of the page).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" token' -l 'token' -d 'The server\'s upload token (default: $CANAVERAL_TOKEN, which other users cannot see).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" identity' -l 'identity' -d 'Show this identity: its name in the identity store, or a PEM file with certificate and key.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" insecure' -l 'insecure' -d 'Take any server certificate, and remember none.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" strict' -l 'strict' -d 'Trust a server only as long as its whole certificate is the same, not only its key.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" known-hosts' -l 'known-hosts' -d 'Where the servers met so far are remembered (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" proxy' -l 'proxy' -d 'Ask this server to relay the request.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" connect' -l 'connect' -d 'Connect there instead of to the URL\'s host, as to try it before its name is known. What is asked, by which name and whom is trusted stay as they are.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" timeout' -l 'timeout' -d 'How long the server may send nothing.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral links" -eq 1' -fa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links"' -l 'hostname' -d 'A host name that the folder is served by: links to it are links within the capsule. Repeat it. (default: localhost)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links"' -l 'index-file' -d 'A file that stands for its folder. Repeat it. (default: index.gmi, index.gemini)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" no-listing' -l 'no-listing' -d 'The server answers 51 for a folder without an index file.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" external' -l 'external' -d 'Also ask other hosts whether links to them lead anywhere.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" delay' -l 'delay' -d 'The pause between two requests to one host.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" max-pages' -l 'max-pages' -d 'The most requests that a crawl makes to the host.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links"' -l 'ignore' -d 'A rule that does not count, or several with commas between. Repeat it.' -rfka 'dead-link wrong-case hidden-target outside-root space-in-url scheme-like-name invalid-url unencoded-url userinfo long-url empty-link unknown-scheme redirect temporary-failure unreachable robots invalid-utf8 byte-order-mark stray-line-break control-character unended-line heading-jump unclosed-preformat missing-alt-text repeated-entry entry-order'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" strict' -l 'strict' -d 'End with 1 for warnings too.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" json' -l 'json' -d 'Print the findings as JSON.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral links" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" gently' -l 'gently' -d 'A connection a second, and no floods, long waits or suspicious paths: for other people\'s servers.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor"' -l 'only' -d 'Run this check only: its name or a row, such as GP-045. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor"' -l 'skip' -d 'Leave this check out: its name or a row. Repeat it.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" connect' -l 'connect' -d 'Connect to this address instead of the URL\'s.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" timeout' -l 'timeout' -d 'How long to wait for a connection, a handshake or an answer.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" json' -l 'json' -d 'Print the findings as JSON.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" list' -l 'list' -d 'List the checks and their rows instead of running them.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" c concurrency' -l 'concurrency' -s 'c' -d 'The most connections open at once. (default: 32, with --rate 128)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" r rate' -l 'rate' -s 'r' -d 'Hold so many requests a second, instead of as many as go.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" d duration' -l 'duration' -s 'd' -d 'How long to measure. (default: 10, or what --requests take)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" n requests' -s 'n' -l 'requests' -d 'How many requests to measure.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" warmup' -l 'warmup' -d 'How long to make requests first that are not counted.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" timeout' -l 'timeout' -d 'How long a request may take, and before that with --rate may wait for a free connection.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" t threads' -l 'threads' -s 't' -d 'Threads that make requests. (default: one for each core)' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" resume' -l 'resume' -d 'Resume TLS sessions where the server gives tickets.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" tls' -l 'tls' -d 'The newest version of TLS to speak.' -rfka '1.2 1.3'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" expect' -l 'expect' -d 'The status of the right answer; any other is a failure.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" accept-truncation' -l 'accept-truncation' -d 'Count a response that ends without close_notify as complete.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" connect' -l 'connect' -d 'Connect there instead of to the URL\'s host, as in 127.0.0.1:1965.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" with-permission' -l 'with-permission' -d 'Load a host that is not this machine: its owner has allowed it.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" json' -l 'json' -d 'Print the figures as JSON.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'list' -d 'List your identities, where they are shown, and their files.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'new' -d 'Make an identity.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'add' -d 'Add an identity from another program\'s files, in PEM or DER.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'use' -d 'Show an identity at an address from now on, and below.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'leave' -d 'Show no identity at an address any longer.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral identity" -eq 1' -fa 'remove' -d 'Remove an identity and its key. Accounts that know you by it are lost.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity new" D days' -s 'D' -l 'days' -d 'How long it is valid.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity new" at' -l 'at' -d 'Show it at this address, and below.' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity use" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity leave" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity remove" y yes' -l 'yes' -s 'y' -d 'Do not ask.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral identity remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts" -eq 1' -fa 'list' -d 'List the servers that were met.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts" -eq 1' -fa 'forget' -d 'Forget a server, so that it is met for the first time again.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts" -eq 1' -fa 'import' -d 'Take over the servers that another client knows.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts" -eq 1' -fa 'export' -d 'Print the servers that were met in the form of another client.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts list" known-hosts' -l 'known-hosts' -d 'The file (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts forget" known-hosts' -l 'known-hosts' -d 'The file (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts forget" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts import" -eq 1' -fka 'lagrange gmni go-gemini'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts import" known-hosts' -l 'known-hosts' -d 'The file (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral known-hosts export" -eq 1' -fka 'lagrange gmni go-gemini'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts export" known-hosts' -l 'known-hosts' -d 'The file (default: ~/.local/share/canaveral/known_hosts).' -rfka ''
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral known-hosts export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import" -eq 1' -fa 'jetforce' -d 'From jetforce\'s command line, as in \'canaveral import jetforce -- --hostname example.org --dir /srv/gemini\'.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import" -eq 1' -fa 'gmid' -d 'From gmid\'s configuration file.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import" -eq 1' -fa 'agate' -d 'From agate\'s command line, as in \'canaveral import agate -- --hostname example.org --content /srv/gemini\'.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import" -eq 1' -fa 'molly-brown' -d 'From molly-brown\'s configuration file.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import jetforce" in' -l 'in' -d 'The folder that the other server is started in, which its relative paths begin at. (default: this one)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import jetforce" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import gmid" in' -l 'in' -d 'The folder that the other server is started in, which its relative paths begin at. (default: this one)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import gmid" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import gmid" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import agate" in' -l 'in' -d 'The folder that the other server is started in, which its relative paths begin at. (default: this one)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import agate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import molly-brown" in' -l 'in' -d 'The folder that the other server is started in, which its relative paths begin at. (default: this one)' -rfa '(__canaveral_complete_directories)'
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_positional "canaveral import molly-brown" -eq 1' -F
complete -c 'canaveral' -n '__canaveral_should_offer_completions_for_flags_or_options "canaveral import molly-brown" h help' -s 'h' -l 'help' -d 'Show help information.'
