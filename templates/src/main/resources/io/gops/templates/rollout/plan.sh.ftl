# ---- the plan

files_unchanged() {
  [ "$(sha256 <"$table")" = "$table_id" ] || die 9 "steps.tsv is not the one this script was made with"
  [ "$(sha256 <"$templates")" = "$templates_id" ] || die 9 "templates.jsonl is not the one this script was made with"
  [ "$(sha256 <"$here/plan.json")" = "$plan_id" ] || die 9 "plan.json is not the one this script was made with"
}

unpack() {
  awk -F '\t' -v d="$work" '
    $1 == "P" { f = d "/" $2; for (i = 3; i <= 6; i++) print $i >f; close(f) }
    $1 == "I" { f = d "/" $2; print $3 >f; close(f) }
    $1 == "C" { f = d "/" $2; for (i = 3; i <= NF; i++) print $i >f; close(f) }
    $1 == "S" { print >(d "/steps") }
    $1 == "K" { f = d "/" $2; for (i = 3; i <= NF; i++) print $i >f; close(f) }' "$table"
}

rows_of() { # kind step [unit]
  awk -F '\t' -v k="$1" -v s="$2" -v u="${3-}" '$1 == k && $2 == s && (u == "" || $3 == u)' "$table"
}

step_load() {
  s_id=$1
  s_row=$(awk -F '\t' -v s="$1" '$2 == s' "$work/steps")
  [ -n "$s_row" ] || die 2 "there is no step $1"
  IFS=$tab read -r _ _ s_wave s_kind s_hold s_timeout _ _ s_p95 s_acts s_who s_title <<ROW
$s_row
ROW
}

images_of() {
  read -r images <"$work/$1"
  [ "$images" != - ] || images=
}

patch_load() { # id: forward, backward, test of old, test of new
  {
    read -r p_forward
    read -r p_backward
    read -r p_old
    read -r p_new
  } <"$work/$1"
}
