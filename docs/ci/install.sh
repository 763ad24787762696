#!/bin/sh
# Puts one exact version of gopsc into a folder, without a container and without root: a JDK 25 and
# Maven are enough. The compiler is built when it is first run.
#
#   install.sh REPOSITORY COMMIT FOLDER
set -eu

if [ $# -ne 3 ]; then
  printf 'usage: install.sh REPOSITORY COMMIT FOLDER\n' >&2
  exit 2
fi
case $2 in
  *[!0-9a-f]* | '')
    printf 'install: a commit is 40 hexadecimal digits: a branch or tag can be moved\n' >&2
    exit 2
    ;;
esac
if [ "${#2}" -ne 40 ]; then
  printf 'install: a commit is 40 hexadecimal digits: a branch or tag can be moved\n' >&2
  exit 2
fi

git init -q -- "$3"
git -C "$3" fetch -q --depth 1 --end-of-options "$1" "$2"
git -C "$3" -c advice.detachedHead=false checkout -q "$2"
printf 'gopsc is %s/bin/gopsc\n' "$3"
