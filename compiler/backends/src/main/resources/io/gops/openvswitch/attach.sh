#!/bin/sh
# Joins the interface of a pod to the bridge: attach.sh INTERFACE SERVER
# SERVER is a first word of ports.txt, for example game-10001-a/0.
set -eu
if [ $# -ne 2 ]; then
  echo "usage: attach.sh INTERFACE SERVER" >&2
  exit 2
fi
interface=$1
server=$2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ofport=$(awk -v server="$server" '$1 == server { print $2; exit }' "$here/ports.txt")
if [ -z "$ofport" ]; then
  echo "attach.sh: $server does not belong on this host" >&2
  exit 1
fi
ovs-vsctl \
  -- --may-exist add-port br-int "$interface" \
  -- set interface "$interface" "ofport_request=$ofport" "external_ids:gops=\"$server\""
# Open vSwitch gives another number when this one is taken; then no flow would speak of the port.
ovs-vsctl --timeout=10 wait-until interface "$interface" "ofport=$ofport"
