"""Pages asked for and forms sent, in English."""

import re


def text_of(answer):
    """What stands on a page, without markup, spaces single."""
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def post(client, address, **data):
    return client.post(f"/en/open-data/{address}", data)
