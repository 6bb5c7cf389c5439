#!/usr/bin/env bash
# openorca_stx: four tasks of JGLUE before and after QLoRA on the set stx, prompts 1.1-0.3, 2, 3, 3 and 3
# examples.
#
#     bash examples/seeds/openorca_stx.sh [FOLDER]
#
# The published one: SET=your build, MODEL=Open-Orca/OpenOrcaxOpenChat-Preview2-13B TRAIN_OPTIONS="", and
# ROWS=a folder with JGLUE's validation files, named as in rows/ (jsquad.json, jnli.jsonl, ...).
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=common.sh
. "$here/common.sh"
work=${1:-openorca-stx}
train=(${TRAIN_OPTIONS---set quantization=none --set bf16=false --set max_steps=5})

mkdir -p "$work"
set=${SET:-$work/set}
[ -n "${SET:-}" ] || [ -e "$set/receipt.json" ] || jtextkit build stx --sample -o "$set"
tiny_model "$set" "$work/model"
jtextkit train stx --data "$set" --model "$MODEL" -o "$work/run" "${train[@]}" --resume
for task in ${TASKS:-jsquad jcommonsenseqa jnli marc_ja}; do
  METRIC=""
  if [ "$task" = jsquad ]; then METRIC="--metric lm-harness-jp"; fi
  data=$(ls "$rows/$task".*)
  ask "$work/base" "$task-1.1-0.3" "$data"
  ask "$work/tuned" "$task-1.1-0.3" "$data" "$work/run"
done
"$python" "$here/table.py" "$work/base" "$work/tuned"
