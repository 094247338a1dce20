#!/bin/sh
# Answers the development questions in $WENSHU_EVAL_DATA on a demo shop as of 2026-06-30 and scores the answers.
# Arguments go to score.py: --failures, --json FILE.
set -eu
cd "$(dirname "$0")/.."
python=${UV_PROJECT_ENVIRONMENT:-.venv}/bin/python
questions=${WENSHU_EVAL_DATA:-}/questions
as_of=2026-06-30
shop=.cache/eval-$as_of.duckdb
answers=.cache/eval-answers.jsonl

for file in dev.jsonl score.py; do
    if [ ! -f "$questions/$file" ]; then
        echo "The questions are not here: set WENSHU_EVAL_DATA to the folder that holds questions/$file." >&2
        exit 2
    fi
done

mkdir -p .cache
[ -f "$shop" ] || "$python" app.py demo --out "$shop" --as-of "$as_of"
WENSHU_WAREHOUSE=$shop WENSHU_AS_OF=$as_of WENSHU_PLANNER=rules \
    "$python" app.py ask --jsonl "$questions/dev.jsonl" --max-rows 0 >"$answers"
exec "$python" "$questions/score.py" "$questions/dev.jsonl" "$shop" "$as_of" "$answers" "$@"
