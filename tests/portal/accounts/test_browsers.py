import pytest

from aiqyn_portal.accounts.templatetags.accounts import browser

SAFARI = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {SAFARI}", "Chrome, Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {SAFARI} Edg/130.0", "Edge, Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; K) {SAFARI} YaBrowser/24.10", "Yandex Browser, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Firefox/132.0", "Firefox, macOS"),
        ("curl/8.9", "curl/8.9"),
        ("", ""),
    ],
)
def test_browsers_are_named_as_people_know_them(agent: str, name: str) -> None:
    assert browser(agent) == name
