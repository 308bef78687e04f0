"""A report depends on nothing but the file: the same in every process, whatever its hash seed."""

import os
import subprocess
import sys

import pytest

READ = """
import sys
from pathlib import Path
import msgspec
from msgspec.structs import replace
from aiqyn.subjects.datafile.csv_parts import read_large
from aiqyn.subjects.datafile.open import read
path = Path(sys.argv[1])
found = [read(path)]
if path.suffix == ".csv":
    found.append(read_large(path, name=path.name, part=1000))
sys.stdout.buffer.write(msgspec.json.encode([replace(each, seconds=0.0) for each in found]))
"""
GRAPH = """@prefix d: <http://purl.org/dc/terms/> .
<https://a.kz/1> d:relation <https://b.kz/1>, <https://c.kz/1>, <https://d.kz/1> ; d:title "x" .
<https://a.kz/2> d:relation <https://c.kz/2>, <https://e.kz/1> .
_:b d:title "y" .
"""


@pytest.fixture
def files(tmp_path):
    graph, table = tmp_path / "a.ttl", tmp_path / "a.csv"
    graph.write_text(GRAPH, "utf-8")
    rows = [f"{row},{row % 7},{row % 7},н/д,{row % 3} км,x{row % 5}" for row in range(300)]
    table.write_text("\n".join(["id,a,b,c,d,e", *rows, *rows[:9], "1,2", ""]), "utf-8")
    return graph, table


def told(path, seed):
    env = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", READ, path], env=env, capture_output=True, check=True
    )
    return done.stdout


def test_reports_do_not_depend_on_the_seed_of_hashes(files):
    for path in files:
        first, second = told(path, "1"), told(path, "2")

        assert first == second != b""
