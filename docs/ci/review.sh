#!/bin/sh
# Reviews the change of a fleet on a build server: checks it, compares its committed output, and says
# what the change does. Needs no secret and no network, and writes to one folder only.
#
#   GOPSC     the compiler; otherwise gopsc on the PATH
#   FLEET     the fleet, in the checkout that the job runs in
#   OUTPUT    the committed output folder; empty when output is not committed
#   BASE      the git revision to compare with; empty for the first commit of a branch
#   FAIL_ON   R0 to R6: the class from which a change fails the job; empty for none
#   REPORT    where to write: comment.md always, and annotations as FORMAT says
#   FORMAT    github, gitlab, sarif or junit
#
# Ends with the first of these that is not 0: gopsc check, compile --check, diff.
set -u

gopsc=${GOPSC:-gopsc}
fleet=${FLEET:?the fleet to review}
output=${OUTPUT:-}
base=${BASE:-}
fail_on=${FAIL_ON:-}
report=${REPORT:-gopsc-review}
format=${FORMAT:-github}

# A name that looks like an option is an attack or a mistake.
for word in "$fleet" "$output" "$base" "$report"; do
  case $word in
    -*)
      printf 'review: %s looks like an option\n' "$word" >&2
      exit 2
      ;;
  esac
done
case $fail_on in
  '' | R[0-6]) ;;
  *)
    printf 'review: FAIL_ON is R0 to R6\n' >&2
    exit 2
    ;;
esac

mkdir -p "$report" || exit 8
comment=$report/comment.md

# Text of the source as Markdown that does nothing: no mention, no link, no end of its block. Control
# characters are dropped; every line is indented, so no fence in the text can end the block.
as_block() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' <"$1" | head -c 20000 | sed 's/^/    /'
  printf '\n'
}

# Begins the comment that a bot finds again and updates.
begin() {
  printf '<!-- gopsc:review -->\n### gopsc: %s\n\n' "$1" >"$comment"
}

# The words of a step, for the log: no line of them is a command to the runner, which takes them from
# lines that begin with :: behind spaces, and from ##[ anywhere.
log() {
  sed 's/##\[/# #[/g; s/^/| /' "$1"
}

failed() {
  begin "$2"
  as_block "$3" >>"$comment"
  log "$3" >&2
  exit "$1"
}

"$gopsc" check "$fleet" --format "$format" >"$report/check.$format" 2>"$report/log.txt"
code=$?
if [ "$code" -ne 0 ]; then
  "$gopsc" check "$fleet" >"$report/check.txt" 2>&1
  if [ "$format" = github ]; then cat "$report/check.$format"; fi
  failed "$code" 'the fleet does not compile' "$report/check.txt"
fi
if [ "$format" = github ]; then cat "$report/check.$format"; fi

if [ -n "$output" ]; then
  "$gopsc" compile "$fleet" -o "$output" --check --locked >"$report/compile.txt" 2>&1
  code=$?
  [ "$code" -eq 0 ] || failed "$code" 'the committed output is not what the source says' "$report/compile.txt"
fi

if [ -z "$base" ]; then
  begin 'the fleet compiles'
  exit 0
fi

set -- "$fleet" --against "$base" --format markdown -o "$comment"
[ -z "$fail_on" ] || set -- "$@" --fail-on "$fail_on"
"$gopsc" diff "$@" >"$report/diff.txt" 2>&1
code=$?
case $code in
  0 | 6 | 7) exit "$code" ;;
  *) failed "$code" 'the change cannot be compared' "$report/diff.txt" ;;
esac
