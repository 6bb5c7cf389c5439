#!/usr/bin/env bash
# sarashina2-7b-difficulty-balanced: accuracy of texts of each level, before and after LoRA.
#
#     bash examples/seeds/sarashina_difficulty.sh [FOLDER]
#
# The published one: SET=ronantakizawa's set or your build, MODEL=sbintuitions/sarashina2-7b PER_LEVEL=15
# (more is better: 15 a level leave an interval of 45 points) TRAIN_OPTIONS="".
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
work=${1:-sarashina-difficulty}
texts=(--per-level "${PER_LEVEL:-15}" --batch-size "${BATCH_SIZE:-8}")
train=(${TRAIN_OPTIONS---config "$here/../difficulty_loop/tiny.yaml" --set max_steps=40})

mkdir -p "$work"
set=${SET:-$work/set}
[ -n "${SET:-}" ] || [ -e "$set/receipt.json" ] || jtextkit build difficulty-2level --sample -o "$set"
tiny_model "$set" "$work/model"
jtextkit train difficulty --data "$set" --model "$MODEL" -o "$work/run" "${train[@]}" --resume
jtextkit generate difficulty --model "$MODEL" "${texts[@]}" -o "$work/base.jsonl"
jtextkit generate difficulty --model "$MODEL" --adapter "$work/run" "${texts[@]}" -o "$work/tuned.jsonl"
jtextkit evaluate difficulty "$work/tuned.jsonl" --against "$work/base.jsonl" --train "$set"
