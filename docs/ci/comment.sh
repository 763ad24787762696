#!/bin/sh
# Makes one comment of a report and updates it from then on: the comment of a pull request of GitHub,
# or the note of a merge request of GitLab. Needs curl and jq; reads nothing but the report.
#
#   FORGE     github or gitlab
#   API       address of the API
#   TOKEN     may read and write comments
#   github:   REPOSITORY, RUN, HEAD, OWNER_BRANCH: the run that left the report as an artifact
#   gitlab:   PROJECT, MERGE_REQUEST, and REPORT, the folder with comment.md
#
# The report was made where a stranger's text ran, so all of it is hostile: at most 60,000 bytes of it
# are taken, and nothing in it notifies, links, embeds or formats as HTML. Which request it belongs to
# is asked of the forge, never of the report.
set -eu
umask 077

forge=${FORGE:?github or gitlab}
api=${API:?address of the API}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A token in the arguments of curl is seen by every process of the machine.
case $forge in
  github) printf 'header = "Authorization: Bearer %s"\n' "${TOKEN:?a token}" >"$work/token" ;;
  gitlab) printf 'header = "PRIVATE-TOKEN: %s"\n' "${TOKEN:?a token}" >"$work/token" ;;
  *)
    printf 'comment: FORGE is github or gitlab\n' >&2
    exit 2
    ;;
esac

call() {
  curl --silent --show-error --fail --location --max-time 60 --retry 2 \
    --config "$work/token" --header 'Content-Type: application/json' "$@"
}

# Text as Markdown that only shows itself. A zero-width space stands where something would begin to
# act; bidirectional controls, which can make text look like other text, and control characters go.
neutral() {
  zero=$(printf '\342\200\213')
  LC_ALL=C tr -d '\000-\010\013-\037\177' \
    | LC_ALL=C sed -E \
      -e 's/\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]//g' \
      -e 's/&/\&amp;/g' \
      -e 's/</\&lt;/g' \
      -e "s/(^|[^A-Za-z0-9_])@/\\1@$zero/g" \
      -e "s/(^|[^A-Za-z0-9_])#([0-9])/\\1#$zero\\2/g" \
      -e "s/GH-([0-9])/GH$zero-\\1/g" \
      -e 's/\]\(/]\\(/g' \
      -e 's/\]\[/]\\[/g' \
      -e 's/^( {0,3}\[[^]]*\]):/\1\\:/' \
      -e "s#://#:$zero//#g" \
      -e "s/([Ww][Ww][Ww])\\./\\1$zero./g"
}

# The request, or nothing when there is none any more.
request() {
  if [ "$forge" = gitlab ]; then
    printf '%s\n' "${MERGE_REQUEST:?number of the merge request}"
    return
  fi
  call --get --data-urlencode "head=${OWNER_BRANCH:?owner:branch}" --data state=open \
    "$api/repos/${REPOSITORY:?owner/name}/pulls" \
    | jq -r --arg head "${HEAD:?commit}" '[.[] | select(.head.sha == $head)][0].number // empty'
}

# The report as it was made.
report() {
  if [ "$forge" = gitlab ]; then
    cat "${REPORT:?folder of the report}/comment.md"
    return
  fi
  archive=$(call "$api/repos/$REPOSITORY/actions/runs/${RUN:?run}/artifacts?name=gopsc-review" \
    | jq -r '.artifacts[0].archive_download_url // empty')
  [ -n "$archive" ] || return 0
  call --max-filesize 10000000 --output "$work/report.zip" "$archive"
  unzip -p "$work/report.zip" comment.md
}

number=$(request)
case $number in
  '')
    printf 'comment: no open request has this commit\n'
    exit 0
    ;;
  *[!0-9]*)
    printf 'comment: the number of the request is no number\n' >&2
    exit 2
    ;;
esac

marker='<!-- gopsc:review -->'
report | head -c 60000 | grep -v '^<!-- gopsc:[A-Za-z0-9_.:-]* -->$' | neutral | head -c 60000 >"$work/text" || true
[ -s "$work/text" ] || printf 'The review left no report: see its log.\n' >"$work/text"
{
  printf '%s\n' "$marker"
  cat "$work/text"
} | iconv -c -f UTF-8 -t UTF-8 | jq -Rs '{body: .}' >"$work/body.json"

if [ "$forge" = github ]; then
  comments="$api/repos/$REPOSITORY/issues/$number/comments"
  one="$api/repos/$REPOSITORY/issues/comments"
  update=PATCH
  mine='.user.login == "github-actions[bot]"'
else
  comments="$api/projects/${PROJECT:?id of the project}/merge_requests/$number/notes"
  one=$comments
  update=PUT
  mine=".author.id == $(call "$api/user" | jq '.id | numbers')"
fi

# Only an own comment is updated: anybody can write the marker.
old=
page=1
while [ -z "$old" ] && [ "$page" -le 30 ]; do
  call "$comments?per_page=100&page=$page" >"$work/page.json"
  old=$(jq -r --arg marker "$marker" \
    "[.[] | select(($mine) and (.body | startswith(\$marker))) | .id][0] // empty" <"$work/page.json")
  [ "$(jq length <"$work/page.json")" -eq 100 ] || break
  page=$((page + 1))
done

if [ -n "$old" ]; then
  call --request "$update" --data "@$work/body.json" "$one/$old" >"$work/answer"
  printf 'comment: updated %s\n' "$old"
else
  call --request POST --data "@$work/body.json" "$comments" >"$work/answer"
  printf 'comment: made one\n'
fi
