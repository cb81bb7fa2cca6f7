#!/bin/sh
# Asks for a name, then greets.
case $QUERY_STRING in
"") printf '10 What is your name?\r\n' ;;
*)
    printf '20 text/gemini\r\n'
    # Still encoded, so that nothing in it is markup.
    printf '# Hello\n\nYou typed: %s\n' "$QUERY_STRING"
    printf '=> %s Again\n' "$SCRIPT_NAME"
    ;;
esac
