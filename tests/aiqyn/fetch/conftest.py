import asyncio
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.aiqyn.fetch.servers import FakeClock, Site


@contextmanager
def served(server: Site) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    server.shutdown()
    thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server, served(server):
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> str:
    """A self-signed certificate for localhost with its key, in one PEM file."""
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(path), "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + path.with_name("localhost.pem.crt").read_bytes())
    return str(path)


@pytest.fixture
def tls_site(certificate) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Site(context) as server, served(server):
        yield server


@pytest.fixture(autouse=True)
def plain_loop(monkeypatch):
    """Coverage loses sight of coroutines under uvloop; worker processes run with it still."""
    monkeypatch.setattr("aiqyn.fetch.here.new_event_loop", asyncio.new_event_loop)
