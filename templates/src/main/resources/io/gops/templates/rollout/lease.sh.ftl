# ---- the lease: one runner of this release, on whatever machine

micro_time() { date -u +%Y-%m-%dT%H:%M:%S.000000Z; }

lease_patch() { # holder and time that are expected, holder from now on
  kube -n "$lease_space" patch "$leases" "$lease_name" --type=json --field-manager=gopsc-release -o name -p "[
    {\"op\":\"test\",\"path\":\"/spec/holderIdentity\",\"value\":\"$1\"},
    {\"op\":\"test\",\"path\":\"/spec/renewTime\",\"value\":\"$2\"},
    {\"op\":\"add\",\"path\":\"/spec/leaseDurationSeconds\",\"value\":$lease_seconds},
    {\"op\":\"add\",\"path\":\"/spec/renewTime\",\"value\":\"$(micro_time)\"},
    {\"op\":\"add\",\"path\":\"/spec/holderIdentity\",\"value\":\"$3\"}]" >/dev/null 2>&1
}

# Who holds it and since when; nothing when there is none.
lease_read() {
  l_found=$(kube -n "$lease_space" get "$leases" "$lease_name" --ignore-not-found \
    -o 'jsonpath={.spec.holderIdentity}{"\t"}{.spec.renewTime}') ||
    die 75 "the lease $lease_name in namespace $lease_space cannot be read (GOPS_LEASE=none goes without)"
  l_holder=${l_found%%"$tab"*}
  l_time=${l_found##*"$tab"}
}

lease_create() {
  printf '{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"%s","namespace":"%s"},"spec":{"holderIdentity":"%s","leaseDurationSeconds":%s,"renewTime":"%s"}}\n' \
    "$lease_name" "$lease_space" "$lease_me" "$lease_seconds" "$(micro_time)" >"$work/lease.json"
  kube create -f "$work/lease.json" -o name >/dev/null
}

# This machine and journal have it, once the lock beside the journal is held: nobody else is both.
# Another holder has to stay without a sign of life for as long as it asked for, on the clock of this
# machine: clocks of two machines may differ.
lease_take() {
  leases=leases.coordination.k8s.io
  lease_name=gopsc-$environment-$release
  lease_space=${GOPS_LEASE_NAMESPACE:-default}
  lease_seconds=${GOPS_LEASE_SECONDS:-60}
  if [ "${GOPS_LEASE-}" = none ]; then
    say "going without a lease: nothing keeps a runner on another machine away"
    return 0
  fi
  case $journal in
    /*) plain_field "$machine:$journal" ;;
    *) plain_field "$machine:$PWD/$journal" ;;
  esac
  lease_me=$j_plain
  lease_read
  if [ -z "$l_found" ]; then
    lease_create || die 75 "another runner was faster, or the lease $lease_name in namespace $lease_space cannot be made"
  else
    [ -z "$l_holder" ] || [ "$l_holder" = "$lease_me" ] || lease_outlast
    lease_patch "$l_holder" "$l_time" "$lease_me" || die 75 "another runner was faster ($lease_name)"
    [ -z "$l_holder" ] || [ "$l_holder" = "$lease_me" ] || lease_note="taken from $l_holder, last seen $l_time"
  fi
  now >"$work/lease"
  lease=$lease_name
  lease_renew &
  renewer=$!
}

lease_outlast() {
  l_length=$(kube -n "$lease_space" get "$leases" "$lease_name" -o 'jsonpath={.spec.leaseDurationSeconds}')
  l_was="$l_holder $l_time"
  l_until=$(($(now) + ${l_length:-$lease_seconds}))
  say "$l_holder runs this plan; watching for $(span "${l_length:-$lease_seconds}") whether it still does"
  while [ "$(now)" -le "$l_until" ]; do
    sleep "$poll"
    lease_read
    [ "$l_was" = "$l_holder $l_time" ] || die 75 "$l_holder is at work on this plan"
  done
}

# Beside the runner, and not longer than it lives.
lease_renew() {
  trap - EXIT INT TERM HUP
  while sleep $((lease_seconds / 3)) && kill -0 $$ 2>/dev/null; do
    lease_read
    if [ "$l_holder" = "$lease_me" ] && lease_patch "$lease_me" "$l_time" "$lease_me"; then
      now >"$work/lease.new" && mv "$work/lease.new" "$work/lease"
    fi
  done >/dev/null 2>&1
}

lease_give() {
  kill "$renewer" 2>/dev/null
  wait "$renewer" 2>/dev/null
  lease_read
  [ "$l_holder" != "$lease_me" ] || lease_patch "$lease_me" "$l_time" ""
}

cleanup() {
  if [ -n "$lease" ]; then
    (lease_give)
  fi
  [ -z "$shown" ] || printf '\n' >&2
  [ "$verb" != lost ] || rm -f "$journal.freeze"
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$locked" ] || rm -rf "$locked"
}
