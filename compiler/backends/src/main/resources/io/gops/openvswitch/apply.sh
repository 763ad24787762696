#!/bin/sh
# Applies the files beside it to this node. Safe to run again; on failure the tables are as before.
#
#   apply.sh                  login groups that exist keep their weights: a release owns them
#   apply.sh --reset-logins   login groups get the weights of groups.txt
set -eu
reset=no
if [ "${1:-}" = --reset-logins ]; then
  reset=yes
elif [ $# -ne 0 ]; then
  echo "usage: apply.sh [--reset-logins]" >&2
  exit 2
fi
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bridge=br-int
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ofctl() {
  ovs-ofctl -O OpenFlow15 "$@"
}

# One line a group: its id, then its buckets in a fixed order, without their weights.
servers() {
  sed -n 's/^ *group_id=\([0-9]*\).*fields([^)]*),bucket=/\1 /p' "$1" |
    sed 's/weight:[0-9]*,//g; s/,bucket=/ /g' |
    while read -r id buckets; do
      # shellcheck disable=SC2086 # one word a bucket
      printf '%s %s\n' "$id" "$(printf '%s\n' $buckets | sort | tr '\n' ' ')"
    done
}

restore() {
  echo "apply.sh: $1; restoring the former tables" >&2
  ofctl --bundle replace-flows "$bridge" "$work/flows.before" || true
  while read -r line; do
    ofctl --may-create mod-group "$bridge" "$line" || true
  done < "$work/groups.before"
  exit 1
}

sh "$here/ovs.sh"
ofctl --no-stats dump-flows "$bridge" | sed '/^OFPST_FLOW/d; s/^ *//' > "$work/flows.before"
ofctl dump-groups "$bridge" | sed -n 's/^ *group_id=/group_id=/p' > "$work/groups.before"

# Groups before the flows that use them.
servers "$work/groups.before" > "$work/servers.before"
servers "$here/groups.txt" > "$work/servers.after"
while read -r line; do
  id=${line%%,*}
  id=${id#group_id=}
  wanted=$(sed -n "/^$id /p" "$work/servers.after")
  if [ "$reset" = no ] && grep -qxF "$wanted" "$work/servers.before"; then
    continue
  fi
  ofctl --may-create mod-group "$bridge" "$line" || restore "a group was refused"
done < "$here/groups.txt"

while read -r line; do
  ofctl mod-meter "$bridge" "$line" 2> /dev/null ||
    ofctl add-meter "$bridge" "$line" || restore "a meter was refused"
done < "$here/meters.txt"

# All flows or none, in one transaction; flows that stay keep their counters.
ofctl --bundle replace-flows "$bridge" "$here/flows.txt" || restore "a flow was refused"
ofctl diff-flows "$bridge" "$here/flows.txt" > "$work/difference" || {
  cat "$work/difference" >&2
  restore "the switch has other flows than flows.txt"
}

# Deleting a group deletes the flows that use it, so stale groups go last.
sed -n 's/^group_id=\([0-9]*\).*/\1/p' "$work/groups.before" | while read -r id; do
  if ! grep -q "^group_id=$id," "$here/groups.txt"; then
    ofctl del-groups "$bridge" "group_id=$id"
  fi
done
echo "apply.sh: $(wc -l < "$here/flows.txt") flows, $(wc -l < "$here/groups.txt") groups"
