import csv
import json
import sys

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding

from aiqyn.catalogue import ROOT as FOLDER
from aiqyn.catalogue import read
from aiqyn.cli import main, verify_signature
from aiqyn.text import Text, missing
from tests.aiqyn.signatures.judging import LISTS, MIDDLE, ROOT, made
from tests.aiqyn.signatures.paper import (
    CONTENT,
    attribute,
    cms,
    issue,
    signer_info,
    tlv,
    usual_attributes,
)

DAY = "2026-11-20"
TOLD = """letter.txt: electronic signature, verified as of 2026-11-20 18:59:59 UTC

Signature 1: CN=Aigul,C=KZ
  Certificate issued by: CN=Middle,C=KZ, No 4d
  Algorithm: ECDSA (1.2.840.10045.4.3.2)
  Time the signer states (nobody vouches for it): 2026-11-20 06:00:00 UTC
  ✓ The document has not changed since it was signed.
  ✓ The signature was made with the key of this certificate.
  ✓ The signer named this very certificate (CAdES).
  ✓ The certificate is within its term at the moment of verification.
  ✓ The certificate leads to a trusted root: CN=Root,C=KZ
  ✓ By the lists at hand the certificate has not been revoked.

The signature holds: every step that was checked is right.

Not verified here:"""


@pytest.fixture(autouse=True)
def papers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_bytes(CONTENT)
    (tmp_path / "letter.txt.p7s").write_bytes(made())
    (tmp_path / "whole.p7m").write_bytes(made(inside=tlv(4, CONTENT)))
    trusted = tmp_path / "trust"
    trusted.mkdir()
    (trusted / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    for number, each in enumerate(LISTS):
        (trusted / f"{number}.crl").write_bytes(each.public_bytes(Encoding.DER))
    return tmp_path


def asked(*words, trust=("--trust", "trust"), at=DAY, given=None):
    command = ["verify-signature", "--lang", "en", *trust, *(["--at", at] if at else []), *words]
    said = CliRunner().invoke(main, command, input=given)
    return said.exit_code, said.output


def test_everything_is_worded_in_every_language():
    words = read(FOLDER / "cli" / "verify_signature_words.yaml", dict[str, Text])

    assert {code: missing(text) for code, text in words.items() if missing(text)} == {}
    assert set(verify_signature.HINTS) == {key[5:] for key in words if key.startswith("hint_")}


def test_signature_beside_its_document_is_told_in_words():
    code, said = asked("letter.txt", "--signature", "letter.txt.p7s")

    assert (code, said.startswith(TOLD)) == (0, True)


def test_signature_around_its_document_needs_nothing_beside():
    assert asked("whole.p7m")[0] == 0
    assert asked("-", given=made(inside=tlv(4, CONTENT)))[0] == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "Қолтаңба жарамды, тексерілген қадамдардың бәрі дұрыс."),
        ("ru", "Подпись верна: все проверенные шаги сошлись."),
    ],
)
def test_the_answer_speaks_three_languages(language, said):
    assert said in asked("whole.p7m", "--lang", language)[1]


def test_programs_are_answered():
    code, said = asked("whole.p7m", "--format", "json")
    answer = json.loads(said)

    assert code == 0
    assert (answer["verdict"], answer["at"], answer["revocation_asked"]) == (
        *("good", "2026-11-20T18:59:59Z", True),
    )
    [signer] = answer["signatures"]
    assert (signer["signer"], signer["outcome"], signer["serial"]) == (
        "CN=Aigul,C=KZ",
        "good",
        "4d",
    )
    assert signer["remarks"][0] == {
        "code": "content_same",
        "outcome": "good",
        "detail": "",
        "text": "The document has not changed since it was signed.",
    }


def test_tables_are_answered_and_plant_nothing_in_a_terminal(papers):
    sly = issue("Ай\x1b[31mгүл, А.", MIDDLE, serial=601)
    info = signer_info(sly, usual_attributes(sly, CONTENT), CONTENT)
    (papers / "letter.txt.p7s").write_bytes(cms([info], (sly, MIDDLE)))

    code, said = asked("letter.txt", "--signature", "letter.txt.p7s", "--format", "csv")

    first, second = list(csv.reader(said.splitlines()))[:2]
    assert code == 0
    assert first == ["signature", "signer", "remark", "outcome", "detail", "text"]
    assert second[:5] == ["1", "CN=Ай[31mгүл\\, А.,C=KZ", "content_same", "good", ""]
    assert "\x1b" not in asked("letter.txt", "--signature", "letter.txt.p7s")[1]


def test_another_document_does_not_hold(papers):
    (papers / "other.txt").write_bytes(b"another")

    code, said = asked("other.txt", "--signature", "letter.txt.p7s")

    assert code == 1
    assert "✗ The document differs from the one that was signed." in said
    assert "The signature does not hold; the line marked ✗ says why." in said


def test_time_stamp_anybody_may_have_added_is_noted_and_takes_nothing_away(papers):
    junk = attribute("1.2.840.113549.1.9.16.2.14", tlv(0x30, tlv(5)))
    (papers / "letter.txt.p7s").write_bytes(made(unsigned=[junk]))

    code, said = asked("letter.txt", "--signature", "letter.txt.p7s")
    answer = json.loads(asked("letter.txt", "--signature", "letter.txt.p7s", "--format", "json")[1])

    assert code == 0
    assert "\n  – The time stamp cannot be used, it is damaged" in said
    [signer] = answer["signatures"]
    assert [each["outcome"] for each in signer["remarks"]].count("note") == 1


def test_what_cannot_be_told_is_not_good_and_says_what_to_do():
    code, said = asked("letter.txt.p7s", trust=())

    assert code == 1
    for words in ("Give the document too", "Give root certificates", "leave this step out"):
        assert words in said
    assert "Do not rely on it." in said


def test_revocation_is_left_out_when_asked():
    code, said = asked("whole.p7m", "--without-revocation", trust=("--trust", "trust/root.pem"))

    assert code == 0
    assert "Whether certificates were revoked was not asked, as you wished." in said


@pytest.mark.parametrize(
    ("algorithm", "said"),
    [
        ("1.2.398.3.10.1.1.2.3.2", "Algorithm: GOST (1.2.398.3.10.1.1.2.3.2)"),
        ("1.3.101.112", "Algorithm: 1.3.101.112"),
    ],
)
def test_algorithm_that_is_not_computed_is_named_and_not_called_good(papers, algorithm, said):
    (papers / "letter.txt.p7s").write_bytes(made(algorithm=algorithm))

    code, words = asked("letter.txt", "--signature", "letter.txt.p7s")

    assert code == 1
    assert f"{said}\n" in words
    assert "Do not rely on it." in words


def test_file_without_a_readable_signer_is_told(papers):
    info = signer_info(ROOT, usual_attributes(ROOT, CONTENT), CONTENT)
    bare = info.replace(b"\x17\x0d", b"\x18\x0d")  # a time nobody can read
    (papers / "bare.p7s").write_bytes(cms([bare]))

    code, said = asked("letter.txt", "--signature", "bare.p7s")

    assert code == 1
    assert "Signature 1: —\n  Algorithm: ECDSA" in said


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["letter.txt"], "neither binary, nor PEM, nor base64\n  beside it lies letter.txt.p7s"),
        (["trust/root.pem"], "root.pem: it is no signature in CMS"),
        (["gone.p7s"], "gone.p7s: No such file"),
        (["letter.txt", "--signature", "letter.txt"], "letter.txt: it is neither binary"),
        (["whole.p7m", "--at", "soon"], "--at: soon: not a day like 2026-11-22"),
        (["whole.p7m", "--at", "2026-02-30"], "--at: 2026-02-30: not a day"),
        (["whole.p7m", "--at", "2026-11-20T10:00"], "nor a moment with its zone"),
        (["whole.p7m", "--at", "0001-01-01T00:00+05:00"], "0001-01-01T00:00+05:00: not a day"),
        (["whole.p7m", "--trust", "letter.txt"], "letter.txt: "),
        (["whole.p7m", "--trust", "gone"], "gone"),
    ],
)
def test_bad_input_is_named_with_its_place(words, problem):
    code, said = asked(*words, at=None)

    assert code == 2
    assert problem in said


def test_moment_with_a_zone_is_taken_and_now_is_the_default():
    assert "as of 2026-11-20 05:00:00 UTC" in asked("whole.p7m", at="2026-11-20T10:00+05:00")[1]
    assert "electronic signature, verified as of 20" in asked("whole.p7m", at=None)[1]


def test_document_larger_than_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(verify_signature, "LARGEST_DOCUMENT", 5)

    code, said = asked("letter.txt", "--signature", "letter.txt.p7s")

    assert (code, said) == (2, "aiqyn: letter.txt: more than 5 bytes\n")


@pytest.mark.skipif(sys.platform != "linux", reason="no such device")
def test_device_without_an_end_is_refused():
    code, said = asked("/dev/zero")

    assert code == 2
    assert "/dev/zero: more than 20000000 bytes" in said
