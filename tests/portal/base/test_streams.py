"""Streams stand on known sites; a player is shown where its address is certain."""

import pytest

from aiqyn_portal.base.streams import is_stream, player

VIDEO = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", VIDEO),
        ("https://m.youtube.com/live/dQw4w9WgXcQ", VIDEO),
        ("https://youtu.be/dQw4w9WgXcQ?t=5", VIDEO),
        ("https://youtu.be/", ""),
        ("https://www.youtube.com/@akimat", ""),
        ("https://www.youtube.com/watch?v=..%2Fx", ""),
        ("https://t.me/akimat", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("http://youtu.be/dQw4w9WgXcQ", ""),
    ],
)
def test_player_is_shown_for_videos_of_known_addresses_only(link, shown):
    assert player(link) == shown


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://t.me/akimat",
        "https://t.me:8443/akimat",
        "https://t.me:x/akimat",
        "https://me@t.me/akimat",
        "https://nott.me/akimat",
        "https://[t.me/akimat",
    ],
)
def test_other_sites_hold_no_streams(link):
    assert not is_stream(link)


@pytest.mark.parametrize("link", ["https://t.me/akimat", "https://live.gov.kz/1"])
def test_known_sites_and_those_below_them_hold_streams(link):
    assert is_stream(link)
