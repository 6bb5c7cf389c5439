# What the scripts share: a model on this machine or behind a server, and one task asked and judged.
#
#   MODEL      a model of the Hub or its folder; without it a tiny one with random weights is made
#   ENDPOINT   a server that speaks OpenAI's API, in the place of MODEL; MODEL_NAME is the model there
#   ROWS       a folder with the data of the tasks; without it rows/ beside this file, a few rows of our own
#   LIMIT      ask only so many questions of each task (0: all)
set -euo pipefail
seeds=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python}
rows=${ROWS:-$seeds/rows}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

tiny_model() { # tiny_model SET FOLDER: MODEL, or a tiny one with the vocabulary of SET
  if [ -n "${MODEL:-}" ]; then return; fi
  [ -e "$2/model.safetensors" ] || "$python" "$seeds/../difficulty_loop/tiny_model.py" "$1" "$2"
  MODEL=$2
}

ask() { # ask FOLDER TASK FILE [ADAPTER]: replies to FOLDER/TASK.jsonl, judged in FOLDER/TASK.json
  local there=(--model "${MODEL:-}" --batch-size "${BATCH_SIZE:-8}")
  if [ -n "${ENDPOINT:-}" ]; then there=(--endpoint "$ENDPOINT" --model-name "$MODEL_NAME"); fi
  if [ -n "${4:-}" ]; then there+=(--adapter "$4"); fi
  mkdir -p "$1"
  # shellcheck disable=SC2086 # several words
  jtextkit generate "$2" "${there[@]}" --data "$3" --limit "${LIMIT:-0}" ${ASK_OPTIONS:-} -o "$1/$2.jsonl"
  # shellcheck disable=SC2086
  jtextkit evaluate answers "$1/$2.jsonl" ${METRIC:-} --json > "$1/$2.json"
}
