"""Tests in several processes, forked when everything is imported and collected.

`pytest --beside N`: to collect takes many seconds of processor time, twice as many where lines
are counted, and processes that are started one by one each spend them again. Who has nothing
left takes the next file, or with `--one-by-one` the next test.
"""

import gc
import inspect
import logging
import os
import signal
import struct
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe, connection
from typing import Any, NoReturn

import pytest

NUMBER = struct.Struct("I")  # of a group of tests in the queue, a pipe all processes read
Group = list[pytest.Item]


@dataclass
class Worker:
    """A forked process as the first one sees it, and the test it was last heard of at."""

    pid: int
    tells: connection.Connection
    at: str = "before the first test"


class Teller:
    """Stands in a forked process where printing stands in the first one, and tells that one."""

    def __init__(self, config: pytest.Config, to: connection.Connection) -> None:
        self.config, self.to = config, to

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        self.to.send(("pytest_runtest_logstart", {"nodeid": nodeid, "location": location}))

    def pytest_runtest_logfinish(self, nodeid: str, location: Any) -> None:
        self.to.send(("pytest_runtest_logfinish", {"nodeid": nodeid, "location": location}))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        written = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.to.send(("pytest_runtest_logreport", written))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("beside", "processes beside one another")
    group.addoption("--beside", type=int, default=0, metavar="N", help="run in N processes")
    group.addoption("--one-by-one", action="store_true", help="give them tests, not files")


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run what was collected in as many processes as were asked for; None if in this one."""
    wanted = session.config.getoption("beside")
    if not wanted or session.testsfailed or session.config.option.collectonly:
        return None
    groups = _groups(session)
    queue, filled = os.pipe()
    os.write(filled, b"".join(map(NUMBER.pack, range(len(groups)))))
    os.close(filled)
    session.config._tmp_path_factory.getbasetemp()
    gc.collect()
    gc.freeze()  # looking for circles would copy every page that is still shared
    workers: list[Worker] = []
    try:
        for _ in range(wanted):
            workers.append(_forked(session, groups, queue, workers))
        os.close(queue)
        _listen(session, list(workers))
    except BaseException:
        for worker in workers:
            os.kill(worker.pid, signal.SIGINT)
        raise
    finally:
        for worker in workers:
            os.waitpid(worker.pid, 0)
        gc.unfreeze()
    return True


def _groups(session: pytest.Session) -> list[Group]:
    alone = session.config.getoption("one_by_one")
    groups: dict[Any, Group] = {}
    for item in session.items:
        groups.setdefault(item.nodeid if alone else item.path, []).append(item)
    return list(groups.values())


def _forked(
    session: pytest.Session, groups: Sequence[Group], queue: int, others: Sequence[Worker]
) -> Worker:
    tells, to = Pipe(duplex=False)
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        for listening in (tells, *(other.tells for other in others)):
            listening.close()  # or nobody would notice that the first process has gone
        os.register_at_fork(after_in_child=to.close)  # nor that this one has
        _work(session, f"gw{len(others)}", _taken(groups, queue), to)
    to.close()
    return Worker(pid, tells)


def _settle(config: Any, name: str, to: connection.Connection) -> None:
    """What a process has for itself: a name, by which databases are called, a folder, a mouth."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it may have been told to ignore it
    os.environ["PYTEST_XDIST_WORKER"] = name
    config.workerinput = {"workerid": name}
    folder = config._tmp_path_factory.getbasetemp() / name
    folder.mkdir(mode=0o700)
    config._tmp_path_factory._basetemp = folder
    caught = config.pluginmanager.getplugin("capturemanager")
    caught.stop_global_capturing()
    caught.start_global_capturing()
    _speak_again()
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(Teller(config, to))


def _speak_again() -> None:
    """Give handlers of logs, whose stream was closed with the catching before, today's stream."""
    for handler in filter(None, (each() for each in logging._handlerList)):
        if isinstance(handler, logging.StreamHandler) and handler.stream.closed:
            handler.stream = sys.stderr  # setStream would first flush the closed one


def _taken(groups: Sequence[Group], queue: int) -> Iterator[pytest.Item]:
    while number := os.read(queue, NUMBER.size):
        yield from groups[NUMBER.unpack(number)[0]]


def _work(
    session: pytest.Session, name: str, items: Iterator[pytest.Item], to: connection.Connection
) -> NoReturn:
    """Run tests until there are none left; the end of this process."""
    leave = os._exit
    # who counts lines does it in this process and not in those that its tests fork
    os.fork, os._exit = inspect.unwrap(os.fork), inspect.unwrap(os._exit)
    try:
        _settle(session.config, name, to)
        at = next(items, None)
        while at is not None:
            following = next(items, None)
            at.config.hook.pytest_runtest_protocol(item=at, nextitem=following)
            at = following
        to.send(("", {}))
    except KeyboardInterrupt:
        session._setupstate.teardown_exact(None)
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc(file=sys.__stderr__)
        leave(0)


def _listen(session: pytest.Session, workers: list[Worker]) -> None:
    """Pass on what the processes tell until all have ended."""
    while workers:
        ready = connection.wait([worker.tells for worker in workers])
        for worker in [each for each in workers if each.tells in ready]:
            if not _hear(session, worker):
                workers.remove(worker)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)


def _hear(session: pytest.Session, worker: Worker) -> bool:
    """Pass on one thing a process tells; False when it has nothing more to tell."""
    hook = session.config.hook
    try:
        what, told = worker.tells.recv()
    except EOFError:
        why = "the process of this test died; what it had still taken was not run"
        place = (worker.at, None, worker.at)
        died = pytest.TestReport(worker.at, place, {}, "failed", why, "call")
        hook.pytest_runtest_logreport(report=died)
        return False
    if what == "pytest_runtest_logreport":
        told = {"report": hook.pytest_report_from_serializable(config=session.config, data=told)}
    elif what:
        worker.at = told["nodeid"]
    if what:
        getattr(hook, what)(**told)
    return bool(what)
