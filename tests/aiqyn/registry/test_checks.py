from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.registry import checks

DIGITS = st.text("0123456789", min_size=11, max_size=11)


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


@given(DIGITS)
def test_bin_with_its_digit_is_accepted_and_with_any_other_refused(first: str) -> None:
    digit = checks.bin_digit(first)

    accepted = [last for last in "0123456789" if checks.is_bin(first + last)]

    assert accepted == ([] if digit is None else [str(digit)])


@given(DIGITS)
def test_bin_digit_comes_from_the_first_pass_unless_it_leaves_ten(first: str) -> None:
    one = weighted(first, (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
    two = weighted(first, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))

    expected = one if one < 10 else (two if two < 10 else None)

    assert checks.bin_digit(first) == expected


@given(DIGITS, st.integers(0, 10), st.integers(1, 9))
def test_bin_with_one_digit_changed_is_refused_in_the_first_pass(
    first: str, place: int, step: int
) -> None:
    changed = str((int(first[place]) + step) % 10)
    other = first[:place] + changed + first[place + 1 :]

    if weighted(first, checks.FIRST_WEIGHTS) < 10 and weighted(other, checks.FIRST_WEIGHTS) < 10:
        # a weight below 11 never divides 11, so the digit moves; weight 11 sees nothing
        assert (checks.bin_digit(first) == checks.bin_digit(other)) == (place == 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "980540000397",
            True,
        ),  # worked by hand: 1·9+2·8+3·0+4·5+5·4+9·0+10·3+11·9 = 194, mod 11 = 7
        ("980540000398", False),
        ("98054000039", False),
        ("9805400003970", False),
        ("98054000039A", False),
        ("９80540000397", False),
        ("", False),
    ],
)
def test_bin_has_twelve_digits_and_adds_up(text: str, expected: bool) -> None:
    assert checks.is_bin(text) is expected


def test_bin_that_leaves_ten_twice_is_never_given_out() -> None:
    first = next(
        f"{n:011d}"
        for n in range(100_000)
        if weighted(f"{n:011d}", checks.FIRST_WEIGHTS) == 10
        and weighted(f"{n:011d}", checks.SECOND_WEIGHTS) == 10
    )

    assert checks.bin_digit(first) is None
    assert not any(checks.is_bin(first + last) for last in "0123456789")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("430000000", True), ("030000000", False), ("43000000", False), ("43000000a", False)],
)
def test_kato_has_nine_digits(text: str, expected: bool) -> None:
    assert checks.is_kato(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kz-akm-kyzylorda", True),
        ("KZ-akm", False),
        ("kz--akm", False),
        ("қызылорда", False),
        ("a" * 51, False),
    ],
)
def test_code_is_latin_words_and_hyphens(text: str, expected: bool) -> None:
    assert checks.is_code(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.gov.kz", True),
        ("http://әкімдік.қаз/бет", True),
        ("gov.kz", False),
        ("ftp://gov.kz", False),
        ("https://", False),
        ("https://gov.kz/a b", False),
        ("http://[1", False),
        ("https://gov.kz/" + "a" * 200, False),
    ],
)
def test_address_is_absolute_and_has_a_host(text: str, expected: bool) -> None:
    assert checks.is_address(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a@gov.kz", True), ("a@gov", False), ("a b@gov.kz", False), ("@gov.kz", False)],
)
def test_email_has_a_name_and_a_domain(text: str, expected: bool) -> None:
    assert checks.is_email(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-06-08", date(2022, 6, 8)),
        ("20220608", None),
        ("2022-W23-3", None),
        ("2022-02-30", None),
        ("08.06.2022", None),
        ("", None),
    ],
)
def test_day_is_written_year_month_day(text: str, expected: date | None) -> None:
    assert checks.day_of(text) == expected
