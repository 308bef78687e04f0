import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from aiqyn.audit import audit_site, edition_on
from aiqyn.errors import InputError
from aiqyn.report.comparing import Changes
from aiqyn.report.worth import worth
from aiqyn.report.written import read_written, schema, written_json
from tests.aiqyn.worked import TAKEN, crawl

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def report():
    kept = crawl({"/": "<title>Әкімдік</title><img src=a>"})
    day = TAKEN.date()
    return audit_site(kept.manifest, kept.store, edition_on("sites", day), as_of=day)


def test_report_fits_its_schema(report):
    changes = Changes(earlier=date(2026, 1, 1), rules=())
    document = json.loads(written_json(report, worth(report), changes))

    jsonschema.Draft202012Validator(json.loads(schema())).validate(document)

    assert document["rating"]["methodology"] == "aiqyn-site-2026"
    assert document["advice"][0].keys() == {"rule", "indicator", "gain"}


def test_schema_in_the_docs_is_the_one_printed():
    written = (DOCS / "audit.schema.json").read_text("utf-8")

    assert written == schema(), "run: aiqyn audit --schema > docs/audit.schema.json"


def test_report_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_written(tmp_path / "none.json")


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"start": 1}', b"\xff"])
def test_file_that_is_no_report_is_told(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_bytes(content)

    with pytest.raises(InputError, match="not a report of `aiqyn audit`"):
        read_written(path)
