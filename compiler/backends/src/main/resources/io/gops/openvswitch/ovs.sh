
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

# A switch in userspace makes the uplink anew whenever it starts, and with it the routes are gone.
if [ "$gateway" = yes ] && ip link show gops-up > /dev/null 2>&1; then
  ip link set gops-up up
  for prefix in $inside; do
    ip route replace "$prefix" dev gops-up
  done
fi
