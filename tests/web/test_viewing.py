"""The address says what is looked at; defaults are left out of it."""

import pytest
from starlette.datastructures import QueryParams

from app.web.viewing import MOST_COLUMNS, read_viewing

TOLD = {"AA": 3, "BB": 9, "CC": 4}


def read(query="", told=TOLD):
    return read_viewing(QueryParams(query), slug="x", told=told)


def test_default_base_is_the_outlet_with_most_rows():
    assert read().base == "BB"
    assert read(told={"AA": 2, "BB": 2}).base == "AA"
    assert read(told={}).base == ""


def test_defaults_are_left_out():
    assert read("base=BB&mode=base&show=AA,BB,CC&sort=event&diff=&bg=").link() == "/events/x"


@pytest.mark.parametrize(
    "query",
    [
        "base=AA",
        "mode=agree",
        "mode=plain",
        "show=AA,CC",
        "base=CC&show=AA,CC",
        "diff=1",
        "quotes=1",
        "bg=fold",
        "sort=div",
        "base=CC&mode=base&show=CC,AA&diff=1&quotes=1&bg=fold&sort=base&d=dx",
    ],
)
def test_short_address_gives_the_same_state(query):
    state = read(query)
    short = state.link().partition("?")[2]
    assert read(short) == state


def test_base_that_is_hidden_gives_way():
    assert read("show=AA,CC").base == "AA"
    assert read("show=AA,CC&base=BB").base == "AA"


def test_outlets_come_in_one_value_or_in_many():
    assert read("show=CC&show=AA").shown == read("show=AA,CC").shown == ("AA", "CC")


def test_many_outlets_show_those_with_most_rows():
    told = {f"O{n}": n for n in range(MOST_COLUMNS + 3)}
    state = read(told=told)
    assert state.shown == tuple(f"O{n}" for n in range(3, MOST_COLUMNS + 3))
    assert state.link() == "/events/x"
    assert read(state.link(shown=state.outlets).partition("?")[2], told).shown == tuple(told)


def test_link_changes_what_it_names():
    assert read("quotes=1").link("row-r1", chosen="dy") == "/events/x?quotes=1&d=dy#row-r1"
    assert read("quotes=1&d=dx&show=AA").without_filters().link() == "/events/x"
