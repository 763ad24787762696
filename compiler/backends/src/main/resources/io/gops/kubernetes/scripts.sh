#!/bin/sh
# Entry point of a script sidecar.
#   scripts.sh FROM TO STATE [answer | signal NAME NUMBER PROCESS ATTEMPTS]
# FROM is a folder of the image, TO the folder shared with the engine, STATE this sidecar's own.
from=$1 to=$2 state=$3
shift 3
umask 022

# As process 1 a shell ignores TERM unless it says otherwise, and a pod would wait its whole grace.
job=
trap 'kill "$job" 2>/dev/null; exit 0' TERM INT

present() {
  [ -e "$1" ] || [ -L "$1" ]
}

same() {
  if [ -L "$1" ] || [ -L "$2" ]; then
    [ -L "$1" ] && [ -L "$2" ] && [ "$(readlink "$1")" = "$(readlink "$2")" ]
    return
  fi
  [ -f "$2" ] && cmp -s "$1" "$2" || return 1
  if [ -x "$1" ]; then [ -x "$2" ]; else [ ! -x "$2" ]; fi
}

# A file appears under its name only when it is complete; one that did not change is left alone.
copy_file() {
  same "$1" "$2" && return 0
  rm -f "$to/.gops-new"
  cp -P "$1" "$to/.gops-new" || return 1
  if [ -L "$2" ] || [ -d "$2" ]; then
    rm -rf "$2" || return 1
  fi
  mv -f "$to/.gops-new" "$2"
}

copy_folder() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    present "$entry" || continue
    set -- "$1" "$2" "$entry" "$2/${entry##*/}"
    if [ ! -d "$3" ] || [ -L "$3" ]; then
      copy_file "$3" "$4" || return 1
      continue
    fi
    if present "$4" && { [ -L "$4" ] || [ ! -d "$4" ]; }; then
      rm -f "$4" || return 1
    fi
    mkdir -p "$4" || return 1
    (copy_folder "$3" "$4") || return 1
  done
}

# What the image no longer has must not stay for the engine to load.
remove_stale() {
  for entry in "$2"/* "$2"/.[!.]* "$2"/..?*; do
    present "$entry" || continue
    case ${entry##*/} in .gops-*) continue ;; esac
    set -- "$1" "$2" "$1/${entry##*/}" "$entry"
    if ! present "$3"; then
      rm -rf "$4" || return 1
    elif [ -d "$4" ] && [ ! -L "$4" ]; then
      (remove_stale "$3" "$4") || return 1
    fi
  done
}

# The last thing written: whoever watches the folder knows that it is whole again.
mark_complete() {
  date > "$to/.gops-new" && mv -f "$to/.gops-new" "$to/.gops-complete"
}

# A process is told only when it has a handler: the default action of most signals is to end it,
# and an engine that has just started has no handler yet. Of a process and its children of the
# same name, only the first is told.
tell() {
  for process in /proc/[0-9]*; do
    [ "$(cat "$process/comm" 2>/dev/null)" = "$3" ] || continue
    parent=$(sed -n 's/^PPid:[[:space:]]*//p' "$process/status" 2>/dev/null)
    [ "$(cat "/proc/$parent/comm" 2>/dev/null)" = "$3" ] && continue
    caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' "$process/status" 2>/dev/null)
    [ -n "$caught" ] || continue
    [ $((0x$caught >> ($2 - 1) & 1)) -eq 1 ] || continue
    kill -s "$1" "${process#/proc/}" && told=yes
  done
}

signal() {
  echo "pending" > "$state/reload"
  told=no
  left=$4
  while [ "$left" -gt 0 ]; do
    tell "$1" "$2" "$3"
    if [ "$told" = yes ]; then
      echo "done" > "$state/reload"
      return
    fi
    left=$((left - 1))
    sleep 1
  done
  echo "failed: no process $3 has a handler for $1" > "$state/reload"
}

# The postStart hook asks, again and again, whether the copy of this very start is done.
answer() {
  until [ -e "$state/asked" ]; do
    sleep 1
  done
  : > "$state/answered"
}

rm -f "$state/copied" "$state/asked" "$state/answered"
if [ ! -d "$from" ]; then
  echo "this image has no folder $from" >&2
  exit 1
fi
{ copy_folder "$from" "$to" && remove_stale "$from" "$to" && mark_complete; } &
job=$!
wait "$job" || exit 1
: > "$state/copied"
echo "scripts are in place"

if [ $# -gt 0 ]; then
  "$@" &
  job=$!
  wait "$job"
fi
while :; do
  sleep 3600 &
  job=$!
  wait "$job"
done
