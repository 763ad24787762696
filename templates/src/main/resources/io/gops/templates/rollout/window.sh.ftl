# ---- the window: when steps may begin that do more than wait

window_load() {
  win_name=
  win_row=$(awk -F '\t' '$1 == "W"' "$table")
  [ -n "$win_row" ] || return 0
  IFS=$tab read -r _ win_name win_zone win_days win_from win_until win_closed win_words <<ROW
$win_row
ROW
  zone_is_known || die 10 "this machine does not know the time zone $win_zone of window $win_name: install tzdata"
  if [ "$(date -u -d @0 +%Y 2>/dev/null)" = 1970 ]; then
    date_at=-d@
  elif [ "$(date -u -r 0 +%Y 2>/dev/null)" = 1970 ]; then
    date_at=-r
  else
    die 10 "date of this machine cannot print a given second (neither -d @0 nor -r 0)"
  fi
}

# The C library takes a zone that it does not know for UTC, without a word.
zone_is_known() {
  if [ "$win_zone" = UTC ]; then return 0; fi
  if [ -n "${TZDIR-}" ]; then
    [ -f "$TZDIR/$win_zone" ]
    return
  fi
  for z_folder in /usr/share/zoneinfo /usr/lib/zoneinfo /usr/share/lib/zoneinfo /share/zoneinfo /etc/zoneinfo; do
    [ ! -f "$z_folder/$win_zone" ] || return 0
  done
  return 1
}

# Sets day of the week, minute of the day and date of a second, on the clock of the window.
local_time() { # seconds
  IFS=' ' read -r l_day l_hour l_minute l_date <<TIME
$(TZ=$win_zone date "$date_at$1" '+%u %H %M %Y%m%d')
TIME
  # The 1 keeps 08 from being read as an octal number.
  l_minute=$(((1$l_hour - 100) * 60 + 1$l_minute - 100))
}

opens_on() { # day of the week
  case $win_days in
    *"$1"*) return 0 ;;
    *) return 1 ;;
  esac
}

closed_date() {
  [ "$win_closed" != - ] || return 1
  c_rest=$win_closed,
  while [ -n "$c_rest" ]; do
    c_range=${c_rest%%,*}
    c_rest=${c_rest#*,}
    if [ "$l_date" -ge "${c_range%-*}" ] && [ "$l_date" -le "${c_range#*-}" ]; then return 0; fi
  done
  return 1
}

is_open() { # seconds
  local_time "$1"
  if closed_date; then return 1; fi
  if [ "$win_from" -lt "$win_until" ]; then
    [ "$l_minute" -ge "$win_from" ] && [ "$l_minute" -lt "$win_until" ] && opens_on "$l_day"
  elif [ "$l_minute" -ge "$win_from" ]; then
    opens_on "$l_day"
  else
    # After midnight it is still the window of the day before.
    [ "$l_minute" -lt "$win_until" ] && opens_on $(((l_day + 5) % 7 + 1))
  fi
}

# The second at which the window that is open now closes. When the clock is changed before then, what it
# shows at the second that was computed is not yet, or no longer, the end.
closing() { # seconds
  local_time "$1"
  c_left=$(((win_until - l_minute + 1439) % 1440 + 1))
  c_at=$(($1 - $1 % 60 + c_left * 60))
  local_time "$c_at"
  c_off=$(((win_until - l_minute + 2160) % 1440 - 720))
  c_moved=$((c_at + c_off * 60))
  local_time "$c_moved"
  [ "$l_minute" -ne "$win_until" ] || c_at=$c_moved
  # A time that the clock skips, or a date that is closed: the last minute that is open.
  while [ "$c_at" -gt "$1" ] && ! is_open $((c_at - 1)); do
    c_at=$((c_at - 60))
  done
}

# Whether the loaded step may begin now; says why not.
in_window() {
  [ -n "$win_name" ] && [ "$s_acts" = acts ] || return 0
  i_now=$(now)
  if ! is_open "$i_now"; then
    i_why="$win_words is closed"
    return 1
  fi
  closing "$i_now"
  if [ $((i_now + s_p95)) -gt "$c_at" ]; then
    i_why="it may take $(span "$s_p95"), and $win_words closes in $(span $((c_at - i_now)))"
    return 1
  fi
}

await_window() { # step
  a_said=
  until in_window; do
    if [ -n "$outside" ]; then
      journal_add outside "$1" - "$outside"
      say "$1: outside the window: $(plain "$outside")"
      return 0
    fi
    [ -n "$wait_window" ] || die 7 "$1 does not begin now: $i_why"
    go_on
    [ -n "$a_said" ] || say "$1 waits: $i_why"
    a_said=yes
    progress "waits for the window"
    sleep "$poll"
  done
}
