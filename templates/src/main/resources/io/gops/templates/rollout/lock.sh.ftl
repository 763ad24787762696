# ---- the lock: one runner of a journal, on this machine

lock() {
  lock=$journal.lock
  if mkdir "$lock" 2>/dev/null; then
    lock_hold
    return 0
  fi
  lock_read
  [ -n "$l_pid" ] || {
    sleep 1
    lock_read
  }
  if [ -n "$l_machine" ] && [ "$l_machine" != "$machine" ]; then
    # A folder that machines share, or pods of which each is one: its processes cannot be seen from here.
    foreign=$l_machine
    [ "${GOPS_LEASE-}" != none ] ||
      die 75 "$foreign is at work on this plan, or died at it; without a lease nobody knows: see to it, then remove $lock"
    return 0
  fi
  if [ -n "$l_pid" ] && kill -0 "$l_pid" 2>/dev/null; then
    die 75 "process $l_pid is at work on this plan ($lock)"
  fi
  lock_break
}

lock_read() {
  l_pid=
  l_machine=
  if [ -f "$lock/pid" ]; then
    read -r l_pid l_machine <"$lock/pid"
  fi
}

# Only one of several waiting runners can move the lock of a dead one away.
lock_break() {
  mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
  mkdir "$lock" 2>/dev/null || die 75 "another runner was faster ($lock)"
  lock_hold
}

lock_hold() {
  locked=$lock
  printf '%s %s\n' "$$" "$machine" >"$lock/pid"
}

# A runner on another machine that lives renews the lease. Once the lease is ours, its lock is a dead one's.
lock_outlast() {
  command -v "${GOPS_KUBECTL:-kubectl}" >/dev/null 2>&1 || die 10 "kubectl is missing, and $foreign has the lock"
  lease_take
  lock_break
}
