"""Errors and help in the reader's language: through the command, and sentence by sentence."""

import errno
import os
import re

import click
import pytest

from aiqyn import cli
from aiqyn.audit.report import HAPPENED, NO_SECURITY
from aiqyn.catalogue import ROOT, read
from aiqyn.chain import NO_TLS
from aiqyn.cli.audit_words import phrases
from aiqyn.cli.troubles import said
from aiqyn.errors import FetchError, InputError
from aiqyn.fetch.http import TOO_LONG
from aiqyn.text import LANGUAGES, Text, missing

WORDS = read(ROOT / "cli" / "error_words.yaml", dict[str, Text])
NO_PAGE, UNREAD = WORDS["unread_media"], WORDS["no_page"]


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [
        (("grade", "none.csv"), "kk", "aiqyn: none.csv: мұндай файл жоқ\n"),
        (
            ("audit", "a.kz", "--night", "5"),
            "ru",
            "aiqyn: --night: 5: часы записаны не в виде 22:00-06:00\n",
        ),
        (
            ("explain", "P06"),
            "kk",
            "aiqyn: CODE: P06: мұндай талап жоқ; мүмкін, мынау болар: P069, P068, P067\n",
        ),
        (
            ("score", "kz-openness-2020", "none.json"),
            "ru",
            "aiqyn: none.json: такого файла или папки нет\n",
        ),
        (
            ("grade",),
            "kk",
            (
                "Қолданылуы: aiqyn grade [OPTIONS] [TARGETS]...\nАнықтама: aiqyn grade --help\n\n"
                "Қате: файлдарды, қалталарды, мекенжайларды "
                "немесе --catalogue параметрін көрсетіңіз\n"
            ),
        ),
        (
            ("--xyz",),
            "ru",
            (
                "Использование: aiqyn [OPTIONS] COMMAND [ARGS]...\nСправка: aiqyn --help\n\n"
                "Ошибка: такого параметра нет: '--xyz'\n"
            ),
        ),
    ],
)
def test_errors_are_said_in_the_language_of_the_terminal(aiqyn, words, language, told):
    result = aiqyn(*words, env={"AIQYN_LANG": language}, prog_name="aiqyn")

    assert (result.exit_code, result.stderr) == (2, told)


def test_errors_follow_the_option_and_click_speaks_english(aiqyn):
    asked = aiqyn("grade", "none.csv", "--lang", "ru", env={"AIQYN_LANG": "kk"})
    english = aiqyn("dance")

    assert asked.stderr == "aiqyn: none.csv: такого файла нет\n"
    assert "Error: No such command 'dance'" in english.stderr


def test_a_list_of_sites_tells_each_row_by_its_place(aiqyn, tmp_path):
    sites = tmp_path / "sites.csv"
    sites.write_text("address,body\na.kz,nosuch\nb.kz,\nb.kz,\n", encoding="utf-8")

    result = aiqyn("audit", "--sites", sites, "--out", tmp_path / "out", "--lang", "kk")

    assert result.stderr == (
        f"aiqyn: {sites}: 2-жол, «body» бағаны: nosuch: мұндай орган жоқ\n"
        "  4-жол, «address» бағаны: https://b.kz/: сайт екі рет кездеседі\n"
    )


@pytest.mark.parametrize(
    ("problem", "kk", "en"),
    [
        (
            FetchError(
                "http://a/",
                "forbidden_address",
                "forbidden_address (ForbiddenAddress: 127.0.0.1 is not a public address)",
            ),
            f"http://a/: {WORDS['cause_forbidden_address']['kk']}",
            "http://a/: a private address, which --allow-private lets through",
        ),
        (
            FetchError("http://a/", "too_large", "over 100 bytes"),
            "http://a/: жауап біз оқитын көлемнен үлкен (over 100 bytes)",
            "http://a/: the answer is larger than we read (over 100 bytes)",
        ),
        (
            FetchError("http://a/", "HTTP 404"),
            "http://a/: сервердің жауабы: HTTP 404",
            "http://a/: HTTP 404",
        ),
        (
            InputError("f.json", "line 3", "'x' is not a number"),
            "f.json: 3-жол: 'x' – сан емес",
            "f.json: line 3: 'x' is not a number",
        ),
        (
            InputError("f.csv", "line 2, column ai", "not CSV: quoted: here"),
            "f.csv: 2-жол, «ai» бағаны: CSV дұрыс жазылмаған (quoted: here)",
            "f.csv: line 2, column ai: not CSV: quoted: here",
        ),
        (InputError("f", "", "nobody translated this"), "f: nobody translated this", None),
        (
            FetchError(
                "http://a/",
                "HTTP 200",
                "what is there is no page but image/png; no page was read",
            ),
            f"http://a/: сервердің жауабы: HTTP 200 ({NO_PAGE['kk']}); {UNREAD['kk']}".format(
                media="image/png"
            ),
            "http://a/: HTTP 200 (what is there is no page but image/png); no page was read",
        ),
        (
            FetchError(
                "http://a/", "HTTP 503", "the server answered with an error; no page was read"
            ),
            "http://a/: сервердің жауабы: HTTP 503 (серверде қате бар); бірде-бір бет оқылмады",
            "http://a/: HTTP 503 (the server answered with an error); no page was read",
        ),
        (
            FetchError("http://a/", "dns", f"{HAPPENED['dns']}; no page was read"),
            f"http://a/: мұндай атаумен сайт табылмады; {UNREAD['kk']}",
            "http://a/: there is no site of this name; no page was read",
        ),
        (
            FetchError("http://a/", "redirect_loop", TOO_LONG.format(11)),
            f"http://a/: {WORDS['unread_redirects']['kk']}".format(count=11),
            f"http://a/: {TOO_LONG.format(11)}",
        ),
        (
            FetchError("http://a/", "not asked"),
            f"http://a/: {WORDS['not_asked']['kk']}",
            "http://a/: not asked",
        ),
        (InputError("f", "", "odd"), "f: odd", None),
    ],
)
def test_sentence_is_found_behind_its_place_and_value(problem, kk, en):
    assert (said(problem, "kk"), said(problem, "en")) == (kk, en or kk)


@pytest.mark.parametrize(
    "number",
    [
        errno.EACCES, errno.EDQUOT, errno.EEXIST, errno.EFBIG, errno.EIO, errno.EISDIR,
        errno.EMFILE, errno.ENAMETOOLONG, errno.ENOENT, errno.ENOSPC, errno.ENOTDIR,
        errno.EPERM, errno.EROFS,
    ],
)  # fmt: skip
def test_what_the_system_says_of_files_is_said_in_every_language(number):
    problem = InputError("a/b", "", os.strerror(number))

    told = {said(problem, language) for language in LANGUAGES}

    assert len(told) == 3


@pytest.mark.parametrize("why", NO_TLS)
def test_why_no_secure_connection_came_about_is_said_in_every_language(why):
    problem = FetchError("https://a/", "tls", f"{NO_SECURITY[why]}; no page was read")

    told = {language: said(problem, language) for language in LANGUAGES}

    words = WORDS[f"tls_{why}"]
    assert told == {code: f"https://a/: {words[code]}; {UNREAD[code]}" for code in LANGUAGES}


def test_every_sentence_is_written_in_all_languages_with_the_same_gaps():
    gaps = {
        key: {frozenset(re.findall(r"\{(\w+)\}", text[language])) for language in ("kk", "ru")}
        for key, text in WORDS.items()
    }

    assert {key for key, text in WORDS.items() if missing(text)} == set()
    assert {key for key, found in gaps.items() if len(found) > 1} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_the_whole_says_every_command(aiqyn, language):
    result = aiqyn("--lang", language, "--help")

    words = phrases()
    assert all(words[f"short_{name}"][language][:30] in result.output for name in cli.COMMANDS)
    assert "_words.yaml" not in result.output


def test_language_before_the_command_is_that_of_the_command(aiqyn):
    result = aiqyn("--lang", "kk", "due", "--help")

    assert phrases()["help_ics"]["kk"] in result.output
    assert "[әдепкіде: 5]" in result.output


OF_ACTS = [("act", name) for name in ("outline", "convert", "compare", "pair")]


@pytest.mark.parametrize("words", [*((name,) for name in cli.COMMANDS), *OF_ACTS])
def test_help_of_a_command_is_in_the_language_of_the_terminal(aiqyn, words):
    result = aiqyn(*words, "--help", env={"AIQYN_LANG": "kk"})

    said_first = phrases()[f"help_{words[-1]}"]["kk"].split()[:6]
    assert result.output.startswith("Қолданылуы: ")
    assert " ".join(said_first) in " ".join(result.output.split())


def test_completion_tells_what_a_command_does():
    context = click.Context(cli.main)
    command = cli.main.get_command(context, "audit")

    assert cli.main.list_commands(context) == list(cli.COMMANDS)
    assert command.get_short_help_str() == phrases()["short_audit"]["en"]
