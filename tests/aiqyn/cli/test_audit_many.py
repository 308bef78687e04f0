"""A list of sites: every bad row told, a folder for each site, a table at the end."""

import csv
import json

import pytest

from aiqyn.cli import audit_list as module
from aiqyn.errors import InputError

ON = ("--on", "2025-11-20")
OPEN = ("--allow-private", "--rate", "0", "--lang", "en")


@pytest.fixture
def sites(tmp_path, site):
    path = tmp_path / "sites.csv"
    path.write_text(f"address,body\n{site},kz-example-poor\nhttp://127.0.0.1:9,\n")
    return path


def test_every_site_has_a_folder_and_a_line_in_the_table(sites, site, aiqyn, tmp_path):
    out = tmp_path / "reports"

    result = aiqyn("audit", "--sites", sites, "--out", out, "--format", "csv", *OPEN, *ON)

    host = site.removeprefix("http://").rstrip("/").replace(":", "_")
    files = sorted(str(path.relative_to(out)) for path in out.rglob("report.*"))
    rows = list(csv.reader((out / "summary.csv").read_text("utf-8-sig").splitlines()))
    assert result.exit_code == 2
    assert files == [f"{host}/report.csv", f"{host}/report.json"]
    assert [row[0] for row in rows[1:]] == [site, "http://127.0.0.1:9/"]
    assert (rows[1][1], rows[1][2], rows[1][-1]) == ("kz-example-poor", "2", "")
    assert rows[2][2:6] == ["", "", "", ""]
    assert rows[2][-1].startswith("http://127.0.0.1:9/: the server refused ")
    assert [line.split()[0] for line in result.stdout.splitlines()[1:3]] == [host, "127.0.0.1_9"]
    assert json.loads((out / host / "report.json").read_text())["body"] == "kz-example-poor"


def test_list_is_gone_on_with_where_it_stopped(sites, site, aiqyn, tmp_path):
    out = tmp_path / "reports"
    sites.write_text(f"address\n{site}\n")
    words = ("audit", "--sites", sites, "--out", out, "--format", "json", *OPEN, *ON)
    first = aiqyn(*words, "--methodology", "none")

    again = aiqyn(*words, "--resume", "--since", out)
    compared = aiqyn(*words, "--since", out)

    assert (first.exit_code, again.exit_code, compared.exit_code) == (1, 1, 1)
    assert f"{site}: finished before, its report is taken\n" in again.stderr
    report = json.loads(next(out.glob("*/report.json")).read_text())
    assert {change["status"] for change in report["changes"]["rules"]} == {"still"}


def test_list_that_is_stopped_says_how_to_go_on(sites, aiqyn, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "judge_live", stop)

    result = aiqyn("audit", "--sites", sites, "--out", tmp_path / "x", "--lang", "en")

    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.endswith("To go on, repeat the command with --resume.\n")


def test_list_without_a_failure_ends_with_0(sites, site, aiqyn, tmp_path, monkeypatch):
    sites.write_text(f"address\n{site}\n")
    monkeypatch.setattr(module, "_one", lambda site, *_: module.Row(site=site, passed=1))

    assert aiqyn("audit", "--sites", sites, "--out", tmp_path / "x").exit_code == 0


def test_every_bad_row_is_told_and_nothing_is_done(tmp_path, aiqyn):
    path, out = tmp_path / "sites.csv", tmp_path / "reports"
    rows = [
        "address;body",
        "a.kz;",
        ";kz",
        "ftp://b.kz;",
        "http://[;",
        "https://www.a.kz/x;",
        "c.kz;kz-akm-akmol",
    ]
    path.write_text("\n".join(rows))

    result = aiqyn("audit", "--sites", path, "--out", out)

    assert (result.exit_code, out.exists()) == (2, False)
    assert result.stderr.splitlines()[0] == (f"aiqyn: {path}: line 3, column address: is empty")
    assert [line.strip() for line in result.stderr.splitlines()[1:]] == [
        "line 4, column address: ftp://b.kz: not the address of a site (http or https)",
        "line 5, column address: http://[: not the address of a site (http or https)",
        "line 6, column address: https://www.a.kz/x: the site stands twice",
        (
            "line 7, column body: kz-akm-akmol: there is no such body; did you mean kz-akm-akmola, "
            "kz-akm-aktobe, kz-akm-zhambyl?"
        ),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "file: "),
        (b"address\n", "file: "),
        (b"site,body\na.kz,\n", "line 1, column site"),
        (b"address,body\na.kz\n", "line 2: "),
        (b"address\n\xff\n", "line 2: "),
    ],
)
def test_file_that_is_no_list_is_told(tmp_path, content, problem):
    path = tmp_path / "sites.csv"
    path.write_bytes(content)

    with pytest.raises(InputError, match=problem):
        module.read_sites(path)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sites", "/nowhere.csv", "--out", "/tmp"), "/nowhere.csv: No such file or directory"),
        (("--sites", "{sites}", "--out", "/dev/null/x"), "/dev/null/x: Not a directory"),
    ],
)
def test_list_or_folder_that_cannot_be_used_is_told(sites, aiqyn, words, message):
    result = aiqyn("audit", *(word.format(sites=sites) for word in words))

    assert (result.exit_code, result.stderr) == (2, f"aiqyn: {message}\n")


def test_two_sites_of_one_platform_have_a_folder_each(tmp_path):
    path = tmp_path / "sites.csv"
    entities = "https://www.gov.kz/memleket/entities"
    path.write_text(f"address\n{entities}/abai?lang=kk\n{entities}/aqmola\n")

    assert [each.folder for each in module.read_sites(path)] == [
        "gov.kz_memleket_entities_abai",
        "gov.kz_memleket_entities_aqmola",
    ]
