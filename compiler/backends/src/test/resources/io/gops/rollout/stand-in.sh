#!/bin/bash
# Hands a command to the cluster of the test that serves this port: the name it was called by, each
# argument, then its standard input, each with its length in bytes; gets exit code, output and errors.
LC_ALL=C
exec 9<>"/dev/tcp/127.0.0.1/$GOPS_STAND_IN" || exit 1
name=${0##*/}
input=
if [ "$name" = host ]; then IFS= read -r -d '' input; fi
printf '%d\n' "$(($# + 2))" >&9
for word in "$name" "$@" "$input"; do
  printf '%d\n%s' "${#word}" "$word" >&9
done
read -r code out errors <&9 || exit 1
IFS= read -r -N "$out" text <&9
printf '%s' "$text"
IFS= read -r -N "$errors" text <&9
printf '%s' "$text" >&2
exit "$code"
