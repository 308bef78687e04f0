import pytest

from aiqyn.subjects.purpose import is_for_searching


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://a.kz/search", True),
        ("https://a.kz/ru/sitesearch.php", True),
        ("https://a.kz/%D1%96%D0%B7%D0%B4%D0%B5%D1%83", True),
        ("https://a.kz/?q=1", True),
        ("https://a.kz/budget?print=1", True),
        ("https://a.kz/user/login", True),
        ("https://sprint.gov.kz/", False),
        ("https://a.kz/en/authority", False),
        ("https://a.kz/research", False),
        ("https://a.kz/izdeliya", False),
        ("https://a.kz/findings", False),
    ],
)
def test_page_for_searching_is_known_by_words_of_its_path(address, is_one):
    assert is_for_searching(address) is is_one
