
# Makes the bridge and the tunnel. Run again, it changes nothing.
if [ -n "${GOPS_DATAPATH:-}" ]; then
  ovs-vsctl --may-exist add-br br-int -- set bridge br-int "datapath_type=$GOPS_DATAPATH"
fi
ovs-vsctl \
  -- --may-exist add-br br-int \
  -- set bridge br-int fail_mode=secure protocols=OpenFlow13,OpenFlow14,OpenFlow15 \
  -- --may-exist add-port br-int tun0 \
  -- set interface tun0 "type=$tunnel" ofport_request=1 options:remote_ip=flow options:key=flow \
  "options:local_ip=$local_ip"

# The uplink of a gateway ends in the node's own routing: the node forwards between it and the
# network outside, and routes the gateway's addresses to it.
if [ "$gateway" = yes ]; then
  ovs-vsctl \
    -- --may-exist add-port br-int gops-up \
    -- set interface gops-up type=internal ofport_request=2 'mac="0a:60:00:00:00:02"'
fi

# A wrong number would send packets to the wrong port: stop before any flow relies on it.
ovs-vsctl --timeout=10 wait-until interface tun0 ofport=1
if [ "$gateway" = yes ]; then
  ovs-vsctl --timeout=10 wait-until interface gops-up ofport=2
fi

# A port of its own for each other end that is asked whether it lives (BFD), with VNI 0, which no VPC
# has: packets of VPCs keep coming and going by tun0.
sessions=
for session in $watched; do
  name=${session%%,*}
  sessions="$sessions $name"
done
set --
for name in $(ovs-vsctl list-ports br-int); do
  case "$name:$sessions " in
    bfd*:*" $name "*) ;;
    bfd*) set -- "$@" -- --if-exists del-port br-int "$name" ;;
  esac
done
for session in $watched; do
  name=${session%%,*}
  address=${session#*,}
  port=${address#*,}
  address=${address%,*}
  set -- "$@" -- --may-exist add-port br-int "$name" \
    -- set interface "$name" "type=$tunnel" "options:remote_ip=$address" options:key=0 \
    "options:local_ip=$local_ip" bfd:enable=true bfd:min_tx=500 bfd:min_rx=500
  if [ -n "$port" ]; then
    set -- "$@" "ofport_request=$port"
  fi
done
if [ $# -gt 0 ]; then
  ovs-vsctl "$@"
fi
set --
for session in $watched; do
  port=${session##*,}
  if [ -n "$port" ]; then
    set -- "$@" -- wait-until interface "${session%%,*}" "ofport=$port"
  fi
done
if [ $# -gt 0 ]; then
  ovs-vsctl --timeout=10 "$@"
fi

# A switch in userspace makes the uplink anew whenever it starts, and with it the routes are gone.
if [ "$gateway" = yes ] && ip link show gops-up > /dev/null 2>&1; then
  ip link set gops-up up
  for prefix in $inside; do
    ip route replace "$prefix" dev gops-up
  done
fi

# The queues of the uplink. Open vSwitch keeps rows of queues that nothing refers to, so all rows of
# gopsc are marked, and those from before go with the transaction that makes new ones.
shares="$uplink $rate $queues"
marked() {
  ovs-vsctl --bare --columns=_uuid find "$1" external_ids:gops=uplink
}
before=$(ovs-vsctl --bare --columns=_uuid find qos external_ids:gops=uplink "external_ids:shares=\"$shares\"")
in_use=
if [ -n "$before" ] && [ -n "$uplink" ]; then
  in_use=$(ovs-vsctl --bare --columns=name find port "qos=$before")
fi
if [ "$in_use" != "$uplink" ] || [ -z "$uplink" ]; then
  set --
  for port in $(for old in $(marked qos); do ovs-vsctl --bare --columns=name find port "qos=$old"; done); do
    set -- "$@" -- clear port "$port" qos
  done
  for old in $(marked qos); do
    set -- "$@" -- destroy qos "$old"
  done
  for old in $(marked queue); do
    set -- "$@" -- destroy queue "$old"
  done
  if [ -n "$uplink" ]; then
    if [ -z "$(ovs-vsctl --bare --columns=_uuid find port "name=\"$uplink\"")" ]; then
      echo "ovs.sh: $uplink is no port of Open vSwitch, so it can have no queues" >&2
      exit 1
    fi
    numbers=
    for queue in $queues; do
      id=${queue%%:*}
      share=${queue#*:}
      set -- "$@" -- --id="@queue$id" create queue "other_config:min-rate=${share%%:*}" \
        "other_config:max-rate=${share#*:}" external_ids:gops=uplink
      numbers="$numbers queues:$id=@queue$id"
    done
    # shellcheck disable=SC2086 # one word a queue
    set -- "$@" -- --id=@shares create qos type=linux-htb "other_config:max-rate=$rate" $numbers \
      external_ids:gops=uplink "external_ids:shares=\"$shares\"" -- set port "$uplink" qos=@shares
  fi
  if [ $# -gt 0 ]; then
    ovs-vsctl "$@"
  fi
fi
