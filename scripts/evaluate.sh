#!/bin/sh
# Answers the development questions in $WENSHU_EVAL_DATA on a demo shop as of 2026-06-30 and scores the answers.
# Arguments go to score.py: --failures, --json FILE.
set -eu
cd "$(dirname "$0")/.."
python=${UV_PROJECT_ENVIRONMENT:-.venv}/bin/python
questions=${WENSHU_EVAL_DATA:-}/questions
as_of=2026-06-30
# Another shop for another generator.
recipe=$(cat warehouse/demo/*.py warehouse/demo/sql/* warehouse/demo/data/* | cksum | tr ' ' '-')
shop=.cache/eval-$as_of-$recipe.duckdb
answers=.cache/eval-answers.jsonl

for file in dev.jsonl score.py; do
    if [ ! -f "$questions/$file" ]; then
        echo "The questions are not here: set WENSHU_EVAL_DATA to the folder that holds questions/$file." >&2
        exit 2
    fi
done

mkdir -p .cache
if [ ! -f "$shop" ]; then
    rm -f .cache/eval-*.duckdb
    "$python" app.py demo --out "$shop" --as-of "$as_of"
fi
WENSHU_WAREHOUSE=$shop WENSHU_AS_OF=$as_of WENSHU_PLANNER=rules \
    "$python" app.py ask --jsonl "$questions/dev.jsonl" --max-rows 0 >"$answers"
exec "$python" "$questions/score.py" "$questions/dev.jsonl" "$shop" "$as_of" "$answers" "$@"
