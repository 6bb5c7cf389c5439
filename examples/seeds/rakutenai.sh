#!/usr/bin/env bash
# RakutenAI-7B: the eight tasks of the Japanese LM-Harness and their mean, 3, 3, 3, 2, 1, 1, 0 and 5
# examples.
#
#     MODEL=Rakuten/RakutenAI-7B bash examples/seeds/rakutenai.sh [FOLDER]
#     ENDPOINT=http://127.0.0.1:8000/v1 MODEL_NAME=NAME bash examples/seeds/rakutenai.sh [FOLDER]
#
# The published one: ROWS=a folder with the eight validation or test files, named as in rows/. A server
# replies in chats, and is not asked for likelihoods: compare its figures with their like only.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
work=${1:-rakutenai}

mkdir -p "$work"
if [ -z "${ENDPOINT:-}" ]; then
  [ -n "${MODEL:-}" ] || [ -e "$work/set/receipt.json" ] || jtextkit build stx --sample -o "$work/set"
  tiny_model "$work/set" "$work/model"
fi
xwinograd=xwinograd
if [ -n "${ENDPOINT:-}" ]; then xwinograd=xwinograd_ja-ask; fi
for task in jcommonsenseqa jnli marc_ja jsquad jaqket xlsum "$xwinograd" mgsm; do
  METRIC=""
  if [ "$task" = jsquad ]; then METRIC="--metric lm-harness-jp"; fi
  ask "$work/model-scores" "$task" "$(ls "$rows/${task%%_ja-*}".*)"
done
"$python" "$here/table.py" "$work/model-scores"
