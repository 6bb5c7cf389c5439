"""Which licence asks for less than another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtextkit.core.errors import IntegrityError
from jtextkit.hub.licences import conditions_of, refuse_looser

KNOWN = [
    "cc0-1.0",
    "public domain in Japan",
    "mit",
    "odc-by",
    "apache-2.0",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-sa-4.0",
    "cc-by-nd-4.0",
    "cc-by-nc-4.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nc-nd-4.0",
    "odbl",
    "gpl-3.0",
]


def accepts(card: str, *sources: str) -> bool:
    try:
        refuse_looser(card, sources, where="README.md")
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("card", "source"),
    [
        ("cc0-1.0", "cc-by-3.0"),
        ("mit", "cc-by-4.0"),
        ("mit", "Apache-2.0"),
        ("cc-by-4.0", "cc-by-sa-4.0"),
        ("cc-by-4.0", "cc-by-nc-sa-4.0"),
        ("cc-by-sa-4.0", "CC BY-NC-SA 4.0"),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0"),
        ("apache-2.0", "cc-by-nc-4.0"),
        ("public-domain-in-japan", "CC BY 3.0"),
    ],
)
def test_looser(card: str, source: str) -> None:
    assert not accepts(card, source)
    assert not accepts(card, "cc0-1.0", source)


@pytest.mark.parametrize(
    ("card", "source"),
    [
        ("cc-by-4.0", "CC BY 3.0"),
        ("cc-by-nc-sa-4.0", "cc-by-4.0"),
        ("cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"),
        ("public-domain-in-japan-and-cc-by-3.0", "CC BY 3.0"),
        ("public-domain-in-japan-and-cc-by-3.0", "public domain in Japan"),
        ("apache-2.0", "Apache-2.0"),
        ("of-our-own", "Of our own"),
    ],
)
def test_not_looser(card: str, source: str) -> None:
    assert accepts(card, source)


@pytest.mark.parametrize(
    ("card", "source", "unknown"),
    [("of-our-own", "cc-by-4.0", "of-our-own"), ("cc-by-4.0", "of-theirs", "of-theirs")],
)
def test_what_cannot_be_compared_is_refused_by_name(card: str, source: str, unknown: str) -> None:
    with pytest.raises(IntegrityError, match=f"the licence '{unknown}' is not known"):
        refuse_looser(card, [source], where="README.md")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(IntegrityError, match=r"'cc-by-4\.0' is looser .* 'non-commercial', 'share"):
        refuse_looser("cc-by-4.0", ["cc-by-nc-sa-4.0"], where="README.md")
    with pytest.raises(IntegrityError, match="names no licence"):
        refuse_looser("", [], where="README.md")


@given(st.sampled_from(KNOWN), st.lists(st.sampled_from(KNOWN), min_size=1, max_size=4))
def test_the_joined_name_of_all_sources_is_never_looser(first: str, more: list[str]) -> None:
    joined = "-and-".join([first, *more]).replace(" ", "-")
    assert accepts(joined, first, *more)
    assert accepts(first, first)


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_two_that_accept_each_other_ask_for_the_same(one: str, other: str) -> None:
    assert (accepts(one, other) and accepts(other, one)) == (
        conditions_of(one) == conditions_of(other)
    )


@given(st.text(max_size=40))
def test_any_name_is_known_or_not(name: str) -> None:
    conditions = conditions_of(name)
    assert conditions is None or conditions_of(name.upper()) in (conditions, None)
