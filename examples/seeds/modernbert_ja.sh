#!/usr/bin/env bash
# modernbert-ja-130m: classification with a head, over the card's grid; chosen on validation, judged on test.
#
#     bash examples/seeds/modernbert_ja.sh [FOLDER]
#
# The published one: MODEL=sbintuitions/modernbert-ja-130m TRAIN_OPTIONS="", TASKS="jcommonsenseqa jnli jsts
# jcola marc_ja" and ROWS=a folder with a folder of JGLUE's train and validation files for each of them.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
work=${1:-modernbert-ja}
tiny="--set learning_rates=1e-3 --set epochs=1 --set folds=2 --set test_share=0.2 --set bf16=false"
train=(${TRAIN_OPTIONS-$tiny})

mkdir -p "$work"
if [ -z "${MODEL:-}" ]; then
  [ -e "$work/set/receipt.json" ] || jtextkit build stx --sample -o "$work/set"
  tiny_model "$work/set" "$work/tiny"
  [ -e "$work/encoder/config.json" ] || "$python" "$here/tiny_encoder.py" "$MODEL" "$work/encoder"
  MODEL=$work/encoder
fi
for task in ${TASKS:-jcommonsenseqa jnli marc_ja}; do
  data=$rows/$task
  [ -d "$data" ] || data=$rows/$task.jsonl
  jtextkit train encoder --task "$task" --data "$data" --model "$MODEL" -o "$work/scores/$task" \
    "${train[@]}" --resume
done
"$python" "$here/table.py" "$work/scores"
