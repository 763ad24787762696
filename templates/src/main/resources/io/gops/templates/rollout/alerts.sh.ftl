# ---- alerts: those of the release, as Prometheus sees them

# Sets alerts_are to "quiet", "firing", "ending" (one of those that fire ends the release) or "unknown", and
# alerts_why. A rule that Prometheus does not have, or
# cannot evaluate, is not quiet.
look_at_alerts() {
  alerts_are=unknown
  alerts_why="$GOPS_PROMETHEUS does not answer"
  a_url="${GOPS_PROMETHEUS%/}/api/v1/rules?type=alert"
  if command -v curl >/dev/null 2>&1; then
    curl -fsS --max-time 10 "$a_url" >"$work/rules" 2>/dev/null || return 0
  elif command -v wget >/dev/null 2>&1; then
    wget -q -T 10 -O - "$a_url" >"$work/rules" 2>/dev/null || return 0
  else
    die 10 "neither curl nor wget is there to ask Prometheus"
  fi
  awk -F '\t' '
    # Texts of people are strings in which quotes are escaped, so none of them looks like these.
    FILENAME == ARGV[1] { text = text $0; next }
    $1 == "A" { name[++n] = $2; game[n] = $3; reaction[n] = $4 }
    END {
      if (text !~ /^[{]"status":"success"/) { print "unknown\tPrometheus has no rules to show"; exit }
      rules = split(text, rule, /[{]"state":"/)
      for (i = 1; i <= n; i++) {
        there = 0
        for (k = 2; k <= rules; k++) {
          state = substr(rule[k], 1, index(rule[k], "\"") - 1)
          rest = substr(rule[k], length(state) + 1)
          if (index(rest, "\",\"name\":\"" name[i] "\",") != 1) continue
          # Labels of the rule stand before its alerts, which have labels of their own.
          own = index(rest, ",\"alerts\":[")
          if (!index(own ? substr(rest, 1, own) : rest, "\"game\":\"" game[i] "\"")) continue
          there = 1
          if (state == "firing") { firing = firing " " name[i]; if (reaction[i] == "abort") ends = 1 }
          if (!index(rest, "\"health\":\"ok\"")) sick = sick " " name[i]
        }
        if (!there) sick = sick " " name[i]
      }
      if (firing != "") print (ends ? "ending" : "firing") "\tfires:" firing
      else if (sick != "") print "unknown\tnot known whether it fires:" sick
      else print "quiet\t-"
    }' "$work/rules" "$table" >"$work/alerts"
  IFS=$tab read -r alerts_are alerts_why <"$work/alerts"
}

# A step that acts does not begin, and a soak does not go on, while an alert fires. What is not known
# is asked again for a while.
alerts_allow() { # step
  grep -q "^A$tab" "$table" || return 0
  if [ -z "${GOPS_PROMETHEUS-}" ]; then
    [ -n "$alerts_said" ] || say "nobody looks at the alerts of this release: GOPS_PROMETHEUS is not set"
    alerts_said=yes
    return 0
  fi
  a_tries=0
  while :; do
    look_at_alerts
    case $alerts_are in
      quiet) return 0 ;;
      unknown)
        a_tries=$((a_tries + 1))
        [ "$a_tries" -ge 6 ] || {
          go_on
          sleep "$poll"
          continue
        }
        ;;
    esac
    if [ -n "$despite" ]; then
      [ "$despite_said" = "$1" ] || journal_add despite "$1" - "$alerts_why: $despite"
      despite_said=$1
      return 0
    fi
    journal_add alert "$1" - "$alerts_why"
    if [ "$alerts_are" = ending ]; then
      say "rollout: $1: $alerts_why; that ends this release"
      verb_abort
      exit 11
    fi
    die 11 "$1: $alerts_why; run again, roll back or abort"
  done
}

# 2h 05min, 12min, 40s
span() { # seconds
  if [ "$1" -ge 3600 ]; then
    printf '%dh %02dmin' $(($1 / 3600)) $(($1 % 3600 / 60))
  elif [ "$1" -ge 60 ]; then
    printf '%dmin' $(($1 / 60))
  else
    printf '%ds' "$1"
  fi
}
