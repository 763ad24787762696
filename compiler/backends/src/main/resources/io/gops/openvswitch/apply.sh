#!/bin/sh
# Applies the files beside it to this node. Safe to run again; on failure the tables are as before.
#
#   apply.sh                  login groups that exist keep their weights: a release owns them
#   apply.sh --reset-logins   login groups get the weights of groups.txt
#   apply.sh --restore        what was applied last, with the weights that login groups had
#   apply.sh --watch          restores now and whenever Open vSwitch has started again
#
# What was applied is kept in /var/lib/gopsc/openvswitch, or where GOPS_KEPT says.
set -eu
mode=${1:-apply}
case $mode in
  apply | --reset-logins | --restore | --watch) ;;
  *) mode=usage ;;
esac
if [ $# -gt 1 ] || [ "$mode" = usage ]; then
  echo "usage: apply.sh [--reset-logins | --restore | --watch]" >&2
  exit 2
fi
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kept=${GOPS_KEPT:-/var/lib/gopsc/openvswitch}
bridge=br-int

ofctl() {
  ovs-ofctl -O OpenFlow15 "$@"
}

flow_count() {
  ofctl dump-aggregate "$bridge" 2> /dev/null | sed -n 's/.*flow_count=\([0-9]*\).*/\1/p'
}

# A switch that has started again has no flow at all, whoever started it.
if [ "$mode" = --watch ]; then
  while :; do
    if [ "$(flow_count)" != 0 ] && [ -n "${restored:-}" ]; then
      sleep 0.5
    elif sh "$here/apply.sh" --restore; then
      restored=yes
    else
      sleep 2
    fi
  done
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$kept" 2> /dev/null || kept=
if [ -n "$kept" ] && command -v flock > /dev/null; then
  exec 9> "$kept.lock"
  flock 9
fi

groups_now() {
  ofctl dump-groups "$bridge" | sed -n 's/^ *group_id=/group_id=/p'
}

# One line a meter: the switch prints its bands on lines of their own.
meters_now() {
  ofctl dump-meters "$bridge" |
    awk '/^meter=/ { if (line != "") print line; line = $0; next } line != "" { line = line " " $0 } END { if (line != "") print line }'
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

# Whether the switch has exactly what the delta starts from, as far as a look tells; the comparison
# after it tells for certain.
delta_fits() {
  if [ "$mode" = --restore ] || [ ! -f "$kept/flows.txt" ] || [ ! -f "$here/flows.delta" ]; then
    return 1
  fi
  from=$(sed -n '1s/^# from \([0-9a-f]\{64\}\) .*/\1/p' "$here/flows.delta")
  to=$(sed -n '2s/^# to \([0-9a-f]\{64\}\) .*/\1/p' "$here/flows.delta")
  [ -n "$from" ] && [ -n "$to" ] &&
    [ "$(sha256sum < "$kept/flows.txt")" = "$from  -" ] &&
    [ "$(sha256sum < "$here/flows.txt")" = "$to  -" ] &&
    [ "$(flow_count)" -eq "$(wc -l < "$kept/flows.txt")" ]
}

put_meter() {
  ofctl mod-meter "$bridge" "$1" 2> /dev/null || ofctl add-meter "$bridge" "$1"
}

# Deletes the groups and meters that one list has and another has not. Deleting one deletes the flows
# that use it, so this always comes after the flows.
delete_groups() {
  sed -n 's/^group_id=\([0-9]*\).*/\1/p' "$1" | while read -r id; do
    grep -q "^group_id=$id," "$2" || ofctl del-groups "$bridge" "group_id=$id"
  done
}
delete_meters() {
  sed -n 's/^meter=\([0-9]*\).*/\1/p' "$1" | while read -r id; do
    grep -q "^meter=${id}[ ,]" "$2" || ofctl del-meter "$bridge" "meter=$id"
  done
}

# The conntrack zones that a table file uses.
zones() {
  sed -n 's/.*set_field:\(0x[0-9a-f]*\)->reg4.*/\1/p' "$1" | sort -u
}

restore() {
  echo "apply.sh: $1; the former tables stay" >&2
  while read -r line; do
    ofctl --may-create mod-group "$bridge" "$line" || true
  done < "$work/groups.before"
  while read -r line; do
    put_meter "$line" || true
  done < "$work/meters.before"
  ofctl --bundle replace-flows "$bridge" "$work/flows.before" || true
  groups_now > "$work/groups.failed"
  delete_groups "$work/groups.failed" "$work/groups.before"
  meters_now > "$work/meters.failed"
  delete_meters "$work/meters.failed" "$work/meters.before"
  exit 1
}

sh "$here/ovs.sh"
groups_now > "$work/groups.before"
meters_now > "$work/meters.before"
if delta_fits; then
  how=changes
  cp "$kept/flows.txt" "$work/flows.before"
else
  how=all
  ofctl --no-stats dump-flows "$bridge" | sed '/^OFPST_FLOW/d; s/^ *//' > "$work/flows.before"
fi

# Groups and meters before the flows that use them. A switch that has started again has no groups,
# so the weights of its login groups are those that were kept.
cp "$work/groups.before" "$work/groups.weights"
if [ "$mode" = --restore ] && [ -f "$here/groups.now" ]; then
  cp "$here/groups.now" "$work/groups.weights"
fi
servers "$work/groups.weights" > "$work/servers.before"
servers "$here/groups.txt" > "$work/servers.after"
while read -r line; do
  id=${line%%,*}
  id=${id#group_id=}
  wanted=$(sed -n "/^$id /p" "$work/servers.after")
  if [ "$mode" != --reset-logins ] && grep -qxF "$wanted" "$work/servers.before"; then
    if [ "$mode" != --restore ]; then
      continue
    fi
    line=$(grep "^group_id=$id," "$work/groups.weights")
  fi
  ofctl --may-create mod-group "$bridge" "$line" || restore "a group was refused"
done < "$here/groups.txt"

while read -r line; do
  put_meter "$line" || restore "a meter was refused"
done < "$here/meters.txt"

# All flows or none, in one transaction; flows that stay keep their counters.
if [ "$how" = changes ]; then
  ofctl --bundle add-flows "$bridge" "$here/flows.delta" || restore "a changed flow was refused"
  ofctl diff-flows "$bridge" "$here/flows.txt" > /dev/null || how=all
fi
if [ "$how" = all ]; then
  ofctl --bundle replace-flows "$bridge" "$here/flows.txt" || restore "a flow was refused"
  ofctl diff-flows "$bridge" "$here/flows.txt" > "$work/difference" || {
    cat "$work/difference" >&2
    restore "the switch has other flows than flows.txt"
  }
fi
delete_groups "$work/groups.before" "$here/groups.txt"
delete_meters "$work/meters.before" "$here/meters.txt"

# A VPC that comes here later, with the zone of one that has left, must not meet its connections.
zones "$work/flows.before" > "$work/zones.before"
zones "$here/flows.txt" > "$work/zones.after"
comm -23 "$work/zones.before" "$work/zones.after" | while read -r zone; do
  ofctl ct-flush-zone "$bridge" "$((zone))"
  echo "apply.sh: conntrack zone $((zone)) is empty"
done

# Open vSwitch forwards nothing between its start and this, so no packet meets half of the tables.
if [ "$mode" = --restore ]; then
  ovs-vsctl --if-exists remove Open_vSwitch . other_config flow-restore-wait
  ovs-vsctl set Open_vSwitch . other_config:flow-restore-wait=true
fi

# What is restored after a start of Open vSwitch, and what the next delta is compared with.
if [ -z "$kept" ]; then
  echo "apply.sh: ${GOPS_KEPT:-/var/lib/gopsc/openvswitch} cannot be made; nothing is kept for a restart" >&2
elif [ "$here" != "$(CDPATH='' cd -- "$kept" && pwd)" ]; then
  rm -rf "$kept.new" "$kept.old"
  mkdir "$kept.new"
  for name in apply.sh attach.sh cookies.json flows.txt groups.txt meters.txt ovs.sh ports.txt; do
    cp "$here/$name" "$kept.new/$name"
  done
  echo "# no earlier tables" > "$kept.new/flows.delta"
  groups_now > "$kept.new/groups.now"
  mv "$kept" "$kept.old"
  mv "$kept.new" "$kept"
  rm -rf "$kept.old"
fi
if [ "$how" = changes ]; then
  changed=$(sed '/^#/d' "$here/flows.delta" | wc -l)
  echo "apply.sh: $changed changes, $(wc -l < "$here/flows.txt") flows, $(wc -l < "$here/groups.txt") groups"
else
  echo "apply.sh: $(wc -l < "$here/flows.txt") flows, $(wc -l < "$here/groups.txt") groups"
fi
