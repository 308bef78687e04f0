#!/usr/bin/env bash
# All benchmarks, one after another; each result goes to bench/results/.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
failed=0
for name in start portal rating_engine crawl memory dates documents rendering tables data words likeness anchors search harvest; do
  [ -e "bench/$name.py" ] || continue
  echo "── $name"
  "$python" -m "bench.$name" || failed=1
done
exit "$failed"
