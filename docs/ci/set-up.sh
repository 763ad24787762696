#!/bin/sh
# Puts the workflows for GitHub into a repository with a fleet, with this very commit of gopsc in them.
# Read it before: it is the code that will judge your pull requests.
#
#   set-up.sh REPOSITORY [OWNER/NAME]
#
# OWNER/NAME is where your copy of gopsc is on GitHub; otherwise it is called gopsc and belongs to whoever
# owns the repository with the fleet.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  printf 'usage: set-up.sh REPOSITORY [OWNER/NAME]\n' >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
commit=$(git -C "$here" rev-parse --verify 'HEAD^{commit}')
copy=${2:-}
case $copy in
  *[!A-Za-z0-9_./-]* | */*/* | /* | */)
    printf 'set-up: %s is no OWNER/NAME\n' "$copy" >&2
    exit 2
    ;;
  '' | */*) ;;
  *)
    printf 'set-up: %s is no OWNER/NAME\n' "$copy" >&2
    exit 2
    ;;
esac

mkdir -p "$1/.github/workflows"
for name in review comment; do
  to=$1/.github/workflows/gopsc-$name.yml
  if [ -e "$to" ]; then
    printf 'set-up: %s exists and stays as it is\n' "$to" >&2
    exit 8
  fi
  sed -e "s/0000000000000000000000000000000000000000/$commit/" "$here/github-$name.yml" >"$to"
  if [ -n "$copy" ]; then
    sed -e "s|^  GOPSC_REPOSITORY: .*|  GOPSC_REPOSITORY: $copy|" "$to" >"$to.new"
    mv "$to.new" "$to"
  fi
  printf 'wrote %s\n' "$to"
done
