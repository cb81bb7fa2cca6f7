#!/bin/bash

__canaveral_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__canaveral_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__canaveral_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__canaveral_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_canaveral() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(-h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __canaveral_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    serve|check|certificate|get|put|links|doctor|bench|identity|known-hosts|import|help)
        # Offer subcommand argument completions
        "_canaveral_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'serve check certificate get put links doctor bench identity known-hosts import help' -- "${cur}"))
        ;;
    esac
}

_canaveral_serve() {
    repeating_flags=()
    non_repeating_flags=(--no-listing --cgi-unconfined --proxy-protocol --no-tls --reuse-port -g --generate-cert --no-access-log --no-sandbox -V --version -h --help)
    repeating_options=(--index-file --mime --cgi-grant --scgi --fastcgi --proxy --pass-through -H --host --listen --proxy-trust --hostname --rate-limit)
    non_repeating_options=(--config -d --dir --default-lang --charset --cgi-dir --cgi-style --proxy-header -p --port --public-port -c --cert --tls-certfile -k --key --tls-keyfile -C --cn -s --san -D --days --state-dir --tls-cafile --tls-capath --grace --max-connections --max-connections-per-address --handshake-timeout --request-timeout --stall-timeout --access-log --log-format --log-addresses --metrics --log-level --user --group --chroot)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __canaveral_add_completions -o plusdirs -fX '!*.@(toml)'
        return
        ;;
    '-d'|'--dir')
        __canaveral_add_completions -d
        return
        ;;
    '--index-file')
        return
        ;;
    '--default-lang')
        return
        ;;
    '--charset')
        return
        ;;
    '--mime')
        return
        ;;
    '--cgi-dir')
        __canaveral_add_completions -d
        return
        ;;
    '--cgi-style')
        __canaveral_add_completions -W 'canaveral'$'\n''jetforce'$'\n''gmid'$'\n''molly-brown'$'\n''gmcapsule'
        return
        ;;
    '--cgi-grant')
        __canaveral_add_completions -d
        return
        ;;
    '--scgi')
        return
        ;;
    '--fastcgi')
        return
        ;;
    '--proxy')
        return
        ;;
    '--pass-through')
        return
        ;;
    '--proxy-header')
        __canaveral_add_completions -W 'v1'$'\n''v2'
        return
        ;;
    '-H'|'--host')
        return
        ;;
    '-p'|'--port')
        return
        ;;
    '--listen')
        return
        ;;
    '--proxy-trust')
        return
        ;;
    '--public-port')
        return
        ;;
    '--hostname')
        return
        ;;
    '-c'|'--cert'|'--tls-certfile')
        __canaveral_add_completions -f
        return
        ;;
    '-k'|'--key'|'--tls-keyfile')
        __canaveral_add_completions -f
        return
        ;;
    '-C'|'--cn')
        return
        ;;
    '-s'|'--san')
        return
        ;;
    '-D'|'--days')
        return
        ;;
    '--state-dir')
        __canaveral_add_completions -d
        return
        ;;
    '--rate-limit')
        return
        ;;
    '--tls-cafile')
        __canaveral_add_completions -f
        return
        ;;
    '--tls-capath')
        __canaveral_add_completions -d
        return
        ;;
    '--grace')
        return
        ;;
    '--max-connections')
        return
        ;;
    '--max-connections-per-address')
        return
        ;;
    '--handshake-timeout')
        return
        ;;
    '--request-timeout')
        return
        ;;
    '--stall-timeout')
        return
        ;;
    '--access-log')
        __canaveral_add_completions -f
        return
        ;;
    '--log-format')
        __canaveral_add_completions -W 'jetforce'$'\n''common'$'\n''combined'$'\n''json'$'\n''tsv'
        return
        ;;
    '--log-addresses')
        __canaveral_add_completions -W 'full'$'\n''truncated'$'\n''hashed'$'\n''off'
        return
        ;;
    '--metrics')
        return
        ;;
    '--log-level')
        __canaveral_add_completions -W 'trace'$'\n''debug'$'\n''info'$'\n''notice'$'\n''warning'$'\n''error'$'\n''critical'
        return
        ;;
    '--user')
        return
        ;;
    '--group')
        return
        ;;
    '--chroot')
        __canaveral_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -d
        return
        ;;
    esac
}

_canaveral_check() {
    repeating_flags=()
    non_repeating_flags=(--print-defaults -h --help)
    repeating_options=()
    non_repeating_options=(--config)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __canaveral_add_completions -o plusdirs -fX '!*.@(toml)'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -o plusdirs -fX '!*.@(toml)'
        return
        ;;
    esac
}

_canaveral_certificate() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|fingerprint|generate|renew)
        # Offer subcommand argument completions
        "_canaveral_certificate_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show fingerprint generate renew' -- "${cur}"))
        ;;
    esac
}

_canaveral_certificate_show() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=(--hostname)
    non_repeating_options=(-k --key --state-dir --port -p)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-k'|'--key')
        __canaveral_add_completions -f
        return
        ;;
    '--hostname')
        return
        ;;
    '--state-dir')
        __canaveral_add_completions -d
        return
        ;;
    '--port'|'-p')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_certificate_fingerprint() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=(--hostname)
    non_repeating_options=(-k --key --state-dir)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-k'|'--key')
        __canaveral_add_completions -f
        return
        ;;
    '--hostname')
        return
        ;;
    '--state-dir')
        __canaveral_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_certificate_generate() {
    repeating_flags=()
    non_repeating_flags=(--force -f -h --help)
    repeating_options=(--hostname)
    non_repeating_options=(-k --key --state-dir -C --cn -s --san -D --days)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-k'|'--key')
        __canaveral_add_completions -f
        return
        ;;
    '--hostname')
        return
        ;;
    '--state-dir')
        __canaveral_add_completions -d
        return
        ;;
    '-C'|'--cn')
        return
        ;;
    '-s'|'--san')
        return
        ;;
    '-D'|'--days')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_certificate_renew() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=(--hostname)
    non_repeating_options=(-k --key --state-dir -D --days)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-k'|'--key')
        __canaveral_add_completions -f
        return
        ;;
    '--hostname')
        return
        ;;
    '--state-dir')
        __canaveral_add_completions -d
        return
        ;;
    '-D'|'--days')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_get() {
    repeating_flags=()
    non_repeating_flags=(--header --raw --insecure --strict -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --input --identity --known-hosts --proxy --connect --timeout)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        return
        ;;
    '--input')
        return
        ;;
    '--identity')
        return
        ;;
    '--known-hosts')
        return
        ;;
    '--proxy')
        return
        ;;
    '--connect')
        return
        ;;
    '--timeout')
        return
        ;;
    esac
}

_canaveral_put() {
    repeating_flags=()
    non_repeating_flags=(--edit --delete --insecure --strict -h --help)
    repeating_options=()
    non_repeating_options=(--mime --token --identity --known-hosts --proxy --connect --timeout)
    __canaveral_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--mime')
        return
        ;;
    '--token')
        return
        ;;
    '--identity')
        return
        ;;
    '--known-hosts')
        return
        ;;
    '--proxy')
        return
        ;;
    '--connect')
        return
        ;;
    '--timeout')
        return
        ;;
    esac
}

_canaveral_links() {
    repeating_flags=()
    non_repeating_flags=(--no-listing --external --strict --json -h --help)
    repeating_options=(--hostname --index-file --ignore)
    non_repeating_options=(--delay --max-pages)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--hostname')
        return
        ;;
    '--index-file')
        return
        ;;
    '--delay')
        return
        ;;
    '--max-pages')
        return
        ;;
    '--ignore')
        __canaveral_add_completions -W 'dead-link'$'\n''wrong-case'$'\n''hidden-target'$'\n''outside-root'$'\n''space-in-url'$'\n''scheme-like-name'$'\n''invalid-url'$'\n''unencoded-url'$'\n''userinfo'$'\n''long-url'$'\n''empty-link'$'\n''unknown-scheme'$'\n''redirect'$'\n''temporary-failure'$'\n''unreachable'$'\n''robots'$'\n''invalid-utf8'$'\n''byte-order-mark'$'\n''stray-line-break'$'\n''control-character'$'\n''unended-line'$'\n''heading-jump'$'\n''unclosed-preformat'$'\n''missing-alt-text'$'\n''repeated-entry'$'\n''entry-order'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -d
        return
        ;;
    esac
}

_canaveral_doctor() {
    repeating_flags=()
    non_repeating_flags=(--gently --json --list -h --help)
    repeating_options=(--only --skip)
    non_repeating_options=(--connect --timeout)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--only')
        return
        ;;
    '--skip')
        return
        ;;
    '--connect')
        return
        ;;
    '--timeout')
        return
        ;;
    esac
}

_canaveral_bench() {
    repeating_flags=()
    non_repeating_flags=(--resume --accept-truncation --with-permission --json -h --help)
    repeating_options=()
    non_repeating_options=(--concurrency -c --rate -r --duration -d -n --requests --warmup --timeout --threads -t --tls --expect --connect)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--concurrency'|'-c')
        return
        ;;
    '--rate'|'-r')
        return
        ;;
    '--duration'|'-d')
        return
        ;;
    '-n'|'--requests')
        return
        ;;
    '--warmup')
        return
        ;;
    '--timeout')
        return
        ;;
    '--threads'|'-t')
        return
        ;;
    '--tls')
        __canaveral_add_completions -W '1.2'$'\n''1.3'
        return
        ;;
    '--expect')
        return
        ;;
    '--connect')
        return
        ;;
    esac
}

_canaveral_identity() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|new|add|use|leave|remove)
        # Offer subcommand argument completions
        "_canaveral_identity_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list new add use leave remove' -- "${cur}"))
        ;;
    esac
}

_canaveral_identity_list() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 0
}

_canaveral_identity_new() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(-D --days --at)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-D'|'--days')
        return
        ;;
    '--at')
        return
        ;;
    esac
}

_canaveral_identity_add() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 2
}

_canaveral_identity_use() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 2
}

_canaveral_identity_leave() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 1
}

_canaveral_identity_remove() {
    repeating_flags=()
    non_repeating_flags=(--yes -y -h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 1
}

_canaveral_known-hosts() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|forget|import|export)
        # Offer subcommand argument completions
        "_canaveral_known-hosts_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list forget import export' -- "${cur}"))
        ;;
    esac
}

_canaveral_known-hosts_list() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--known-hosts)
    __canaveral_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--known-hosts')
        return
        ;;
    esac
}

_canaveral_known-hosts_forget() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--known-hosts)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--known-hosts')
        return
        ;;
    esac
}

_canaveral_known-hosts_import() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--known-hosts)
    __canaveral_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--known-hosts')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -W 'lagrange'$'\n''gmni'$'\n''go-gemini'
        return
        ;;
    esac
}

_canaveral_known-hosts_export() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--known-hosts)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--known-hosts')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -W 'lagrange'$'\n''gmni'$'\n''go-gemini'
        return
        ;;
    esac
}

_canaveral_import() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=()
    __canaveral_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    jetforce|gmid|agate|molly-brown)
        # Offer subcommand argument completions
        "_canaveral_import_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'jetforce gmid agate molly-brown' -- "${cur}"))
        ;;
    esac
}

_canaveral_import_jetforce() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--in)
    __canaveral_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--in')
        __canaveral_add_completions -d
        return
        ;;
    esac
}

_canaveral_import_gmid() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--in)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--in')
        __canaveral_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_import_agate() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--in)
    __canaveral_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--in')
        __canaveral_add_completions -d
        return
        ;;
    esac
}

_canaveral_import_molly-brown() {
    repeating_flags=()
    non_repeating_flags=(-h --help)
    repeating_options=()
    non_repeating_options=(--in)
    __canaveral_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--in')
        __canaveral_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __canaveral_add_completions -f
        return
        ;;
    esac
}

_canaveral_help() {
    :
}

# Without the name of a command, serve is meant.
_canaveral_or_serve() {
    case "${COMP_WORDS[1]}" in
    serve|check|certificate|get|put|links|doctor|bench|identity|known-hosts|import|help)
        if [[ "${COMP_CWORD}" -gt 1 ]]; then
            _canaveral "${@}"
            return
        fi
        ;;
    esac
    if [[ "${COMP_CWORD}" -eq 1 && "${2}" != -* ]]; then
        COMPREPLY+=($(compgen -W 'serve check certificate get put links doctor bench identity known-hosts import help' -- "${2}"))
    fi
    local -a words=("${COMP_WORDS[0]}" serve "${COMP_WORDS[@]:1}")
    local -a COMP_WORDS=("${words[@]}")
    local COMP_LINE="${COMP_LINE/ / serve }"
    local -i COMP_CWORD="${COMP_CWORD}+1" COMP_POINT="${COMP_POINT}+6"
    _canaveral "${@}"
}

complete -o filenames -F _canaveral_or_serve canaveral
