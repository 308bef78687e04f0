"""What errors tell a person and a program."""

from aiqyn.errors import FetchError


def test_failed_fetch_tells_why_there_was_no_secure_connection_where_that_is_the_cause():
    insecure = FetchError("https://akimat.example/", "tls", "handshake failed", tls="weak")
    slow = FetchError("https://akimat.example/", "timeout")

    assert str(insecure) == "https://akimat.example/: tls (handshake failed)"
    assert str(slow) == "https://akimat.example/: timeout"
    assert (insecure.exact_cause, slow.exact_cause) == ("tls_weak", "timeout")
