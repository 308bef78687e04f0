import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from click.testing import CliRunner

from aiqyn.catalogue import ROOT, read
from aiqyn.cli import main
from aiqyn.ledger.receipts import Opened, encode
from aiqyn.text import Text, missing
from tests.aiqyn.ledger.papers import Ledger


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    held = Ledger(5, 5)
    (tmp_path / "receipt.json").write_bytes(encode(held.receipt("2026-000001")))
    (tmp_path / "roots.json").write_bytes(encode(held.roots))
    fresh = Ledger(5, 5, without_root=1)
    (tmp_path / "fresh.json").write_bytes(encode(fresh.receipt("2026-000001")))
    receipt = held.receipt("2026-000001")
    forged = msgspec.structs.replace(
        receipt.steps[0], opened={"text": Opened(salt="ab", value="Басқа \x1b[31m мәтін")}
    )
    closed = tuple(msgspec.structs.replace(step, opened={}) for step in receipt.steps)
    unread = msgspec.structs.replace(receipt, steps=closed)
    (tmp_path / "unread.json").write_bytes(encode(unread))
    changed = msgspec.structs.replace(receipt, steps=(forged, *receipt.steps[1:]))
    (tmp_path / "forged.json").write_bytes(encode(changed))
    return tmp_path


def asked(folder: Path, receipt: str, *more: str, roots: str = "roots.json") -> tuple[int, str]:
    place = roots if roots.startswith("http") else str(folder / roots)
    said = CliRunner().invoke(
        main, ["verify", str(folder / receipt), "--roots", place, "--lang", "en", *more]
    )
    return said.exit_code, said.output


def test_a_receipt_is_proven_in_words(papers: Path) -> None:
    code, said = asked(papers, "receipt.json")

    assert code == 0
    assert said.startswith("Receipt of No 2026-000001\n\nThe text at step 1: “Пікір 1”\n")
    assert "✓ Step 1 is under the published root of 2026-11-20.\n" in said
    assert "\nProven: this text" in said
    assert "What a receipt does not prove" in said


@pytest.mark.parametrize(
    ("language", "heading"),
    [("kk", "№ 2026-000001 түбіртегі"), ("ru", "Квитанция № 2026-000001")],
)
def test_the_answer_speaks_three_languages(papers: Path, language: str, heading: str) -> None:
    assert asked(papers, "receipt.json", "--lang", language)[1].startswith(heading)


def test_a_forged_text_is_not_proven_and_plants_nothing_in_the_terminal(papers: Path) -> None:
    code, said = asked(papers, "forged.json")

    assert code == 1
    assert "✗ Step 1: the value shown (text) is not the one committed to: it was changed." in said
    assert "\x1b" not in said


def test_a_receipt_without_its_texts_still_proves_its_steps(papers: Path) -> None:
    code, said = asked(papers, "unread.json")

    assert code == 0
    assert "The text at step" not in said
    assert "✓ Step 1 is under the published root of 2026-11-20.\n" in said


def test_what_waits_for_its_root_is_no_failure(papers: Path) -> None:
    code, said = asked(papers, "fresh.json")

    assert code == 0
    assert "… The root of the day of step 1 is not out yet." in said


def test_programs_are_answered_in_json_and_csv(papers: Path) -> None:
    told = json.loads(asked(papers, "receipt.json", "--format", "json")[1])
    rows = asked(papers, "forged.json", "--format", "csv")[1].splitlines()

    assert (told["contribution"], told["verdict"]) == ("2026-000001", "proven")
    assert rows[:4] == [
        "step,claim,holds,detail",
        '0,in_order,yes,""',
        '0,roots_hold,yes,"https://aiqyn.example"',
        '1,opens,no,"text"',
    ]


@pytest.mark.parametrize("receipt", ["missing.json", "roots.json"])
def test_what_is_no_receipt_is_told_in_one_line(papers: Path, receipt: str) -> None:
    code, said = asked(papers, receipt)

    assert code == 2
    assert said.count("\n") == 1
    assert said.startswith("aiqyn: ")


@pytest.fixture
def server(papers: Path) -> Iterator[str]:
    class Roots(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.path == "/roots.json"
            self.send_response(200 if is_known else 404)
            self.end_headers()
            self.wfile.write((papers / "roots.json").read_bytes() if is_known else b"")

        def log_message(self, *_: object) -> None: ...

    httpd = HTTPServer(("127.0.0.1", 0), Roots)
    Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_roots_are_fetched_from_an_address(papers: Path, server: str) -> None:
    found = asked(papers, "receipt.json", "--private", roots=f"{server}/roots.json")
    lost = asked(papers, "receipt.json", "--private", roots=f"{server}/other.json")
    forbidden = asked(papers, "receipt.json", roots=f"{server}/roots.json")
    allowed = asked(papers, "receipt.json", "--allow-private", roots=f"{server}/roots.json")

    assert [found[0], lost[0], forbidden[0], allowed[0]] == [0, 2, 2, 0]
    assert "HTTP 404" in lost[1]
    assert "a private address, which --allow-private lets through" in forbidden[1]


def test_everything_it_says_is_in_three_languages() -> None:
    words = read(ROOT / "cli" / "verify_words.yaml", dict[str, Text])

    assert {key: missing(text) for key, text in words.items() if missing(text)} == {}
