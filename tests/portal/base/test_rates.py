"""A limit ends when its time is over, however often it was run into."""

from aiqyn_portal.base import rates


def test_time_of_a_limit_does_not_grow_by_asking(settings, tmp_path, monkeypatch):
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache")}}
    now = 1000.0
    monkeypatch.setattr(rates, "time", lambda: now)

    def ask():
        return rates.is_within("paper", "203.0.113.7", most=2, seconds=60)

    assert [ask(), ask(), ask()] == [True, True, False]
    now += 59
    assert not ask()
    now += 1
    assert ask()
