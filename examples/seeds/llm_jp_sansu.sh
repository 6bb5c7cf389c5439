#!/usr/bin/env bash
# llm-jp-4-8b-instruct-sansu: are the answers right, and are the solutions in the style of 算数, before and
# after QLoRA? The card claims style and gives no figures; these are the two that it would need.
#
#     bash examples/seeds/llm_jp_sansu.sh [FOLDER]
#
# The published one: SIZE=3189 MODEL=llm-jp/llm-jp-4-8b-instruct TRAIN_OPTIONS="".
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
work=${1:-llm-jp-sansu}
train=(${TRAIN_OPTIONS---set quantization=none --set bf16=false --set max_steps=5 --set num_epochs=0})

mkdir -p "$work"
[ -e "$work/set/receipt.json" ] || jtextkit build sansu --size "${SIZE:-60}" -o "$work/set"
tiny_model "$work/set" "$work/model"
jtextkit train sansu --data "$work/set" --model "$MODEL" -o "$work/run" "${train[@]}" --resume
ask "$work/base" sansu "$work/set"
ask "$work/tuned" sansu "$work/set" "$work/run"

jtextkit evaluate answers "$work/tuned/sansu.jsonl" --against "$work/base/sansu.jsonl"
for system in base tuned; do
  echo "$system:"
  jtextkit audit-solutions "$work/$system/sansu.jsonl" --style strict
done
