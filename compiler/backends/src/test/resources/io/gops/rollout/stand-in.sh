#!/bin/bash
# Hands a command to the cluster of the test that serves this port: the name it was called by, then
# each argument, then its standard input, all in base64; answers with exit code, output and errors.
exec 9<>"/dev/tcp/127.0.0.1/$GOPS_STAND_IN"
{
  printf '%s\n' "$(printf '%s' "${0##*/}" | base64 -w 0)"
  for argument in "$@"; do
    printf '%s\n' "$(printf '%s' "$argument" | base64 -w 0)"
  done
  printf '.\n'
  if [ "${0##*/}" = host ]; then base64 -w 0; fi
  printf '\n'
} >&9
IFS= read -r code <&9
IFS= read -r out <&9
IFS= read -r errors <&9
printf '%s' "$out" | base64 -d
printf '%s' "$errors" | base64 -d >&2
exit "$code"
