"""`python -m aiqyn_portal`: prepare what is missing, then serve the portal.

Django is loaded here only when there is something to prepare: a second start goes
straight to the server.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from aiqyn_portal.demo.people import people
from aiqyn_portal.demo.stamp import is_prepared
from aiqyn_portal.project.environment import data_folder

WORKERS = "2"
TRIED_AS = "https://aiqyn.example"  # a try on one machine has stars as if the portal stood there

HEAD = "Aiqyn: {}  (тоқтату / остановить / to stop: Ctrl+C)"
ACCOUNTS = (
    "Көрсету тіркелгілері, тек осы компьютерде / "
    "Демонстрационные учётные записи, только здесь / "
    "Demo accounts, this machine only:"
)
TRY = "Көріңіз, жақшада – кім болып кіру керек / Посмотрите, в скобках – кем войти / Try, as whom:"
TO_TRY = {
    "kk/ratings/kz-openness-2020/": "17 әкімдік рейтингі / рейтинг 17 акиматов / 17 akimats rated",
    "kk/ratings/example-2025/": "балдан дәлелге дейін / от балла до доказательства / evidence",
    "kk/site-audit/": "сайттар аудиті / аудит сайтов / sites audited (officer, evaluator)",
    "kk/open-data/": "ашық деректер / открытые данные / open data, graded (officer)",
    "kk/drafts/": "актілер жобалары, пікір жазу / проекты актов, замечания / drafts (citizen)",
    "kk/dialogue/": "басшыларға сұрақ / вопросы руководителям / questions to heads (citizen)",
    "kk/account/voice/": "жеке кабинет / личный кабинет / the cabinet: what I said (citizen)",
    "kk/work/": "бағалау / оценивание / answer, publish (evaluator)",
    "kk/office/": "орган нәтижесі, қарсылық / результат, возражения / objections (officer)",
    "api/docs": "бағдарламаларға / для программ / the same as data",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare and serve; ends with a message when the port cannot be had."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal in windows-1251 has no «ә»
    if not options.prepare_only:
        _expect_free(options.host, options.port)
    folder, address = data_folder(), f"http://{options.host}:{options.port}"
    os.environ.setdefault("AIQYN_ORIGINS", address)  # what letters and receipts lead to
    os.environ.setdefault("AIQYN_DATA_ADDRESS", TRIED_AS)
    if not is_prepared(folder):
        _prepare(folder)
    _say(_welcome(folder, f"{address}/"))
    if not options.prepare_only:
        _start_worker()
        _serve(options.host, options.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m aiqyn_portal", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
    parser.add_argument("--prepare-only", action="store_true", help="do not serve")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _prepare(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    import django  # noqa: PLC0415 - see above

    django.setup()
    from aiqyn_portal.demo import prepare  # noqa: PLC0415 - needs Django

    prepare.everything(folder, say=_say)


def _welcome(folder: Path, address: str) -> str:
    accounts = [
        f"  {person.username:<10} {person.password:<14} {person.role or 'citizen'}"
        for person in people(folder)
    ]
    pages = [f"  {address}{path}\n      {words}" for path, words in TO_TRY.items()]
    return "\n".join(["", HEAD.format(address), "", ACCOUNTS, *accounts, "", TRY, *pages, ""])


def _expect_free(host: str, port: str) -> None:
    """End when the port is taken: two servers would share it in silence."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, OverflowError, ValueError) as problem:
            advice = "Take another: PORT=8010 make run"
            sys.exit(f"{host}:{port}: {problem}. {advice}")


def _start_worker() -> None:
    """Start what carries out audits; it ends with this process, which becomes the server."""
    subprocess.Popen([sys.executable, "-m", "aiqyn_portal.demo.worker"], stdin=subprocess.DEVNULL)


def _serve(host: str, port: str) -> None:
    os.execv(  # noqa: S606  our own program with our own arguments
        sys.executable,
        [
            *(sys.executable, "-m", "aiqyn_portal.server", "--host", host, "--port", port),
            *("--workers", WORKERS, "--blocking-threads", "2"),
        ],
    )


if __name__ == "__main__":
    main()
