#!/bin/sh
# A program behind GmCapsule: asks for a name, and then says who is there.
if [ -z "${GEMINI_QUERY_STRING+set}" ]; then
    printf '10 Your name?\r\n'
else
    printf '20 text/plain\r\n%s %s' "$GEMINI_QUERY_STRING" "${REMOTE_USER:-nobody}"
fi
