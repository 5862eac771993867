"""Addresses and states: there and back again, defaults left out, whatever a browser sends."""

import pytest

from dashboard.callbacks.routing import match, query_of
from dashboard.callbacks.view import merged
from dashboard.data import Data
from dashboard.errors import NotFound
from dashboard.page import Page
from dashboard.pages import PAGES
from dashboard.state import MOST_CHOSEN, CompareState, Reading, address
from dashboard.text import LANGUAGES, keys
from tests.addresses import choices, paths, variables

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
compare = next(page for page in PAGES if page.name == "compare")


@each_page
def test_a_state_comes_back_from_its_address(page: Page, data: Data) -> None:
    """parse(query(state)) is the state, for every choice of every control in both languages."""
    for given in variables(page):
        for query in (*choices(page, data.catalog, given), {}):
            for lang in LANGUAGES:
                state = page.parse({**given, **query, "lang": lang}, data.catalog)
                again = page.parse({**given, **state.query()}, data.catalog)
                assert again == state, query
                assert state.notices == ()


@each_page
def test_defaults_are_left_out(page: Page, data: Data) -> None:
    for given in variables(page):
        assert page.parse(given, data.catalog).query() == {}
        assert page.parse({**given, "lang": "tr"}, data.catalog).query() == {}
        assert page.parse({**given, "lang": "en"}, data.catalog).query() == {"lang": "en"}


@each_page
def test_default_choices_written_out_are_left_out_again(page: Page, data: Data) -> None:
    """Equal states have equal addresses, however they were asked for."""
    for given in variables(page):
        state = page.parse(given, data.catalog)
        chosen = {control.name: control.value for control in page.controls(data.catalog, state)}
        assert page.parse({**given, **chosen}, data.catalog) == state


@each_page
def test_controls_are_the_same_in_every_state(page: Page, data: Data) -> None:
    """Callbacks are registered once, for the controls of the first state."""
    names = [
        control.name for control in page.controls(data.catalog, page.parse(variables(page)[0], data.catalog))
    ]
    assert len(set(names)) == len(names)
    for given in variables(page):
        for query in choices(page, data.catalog, given):
            state = page.parse({**given, **query}, data.catalog)
            controls = page.controls(data.catalog, state)
            assert [control.name for control in controls] == names
            for control in controls:
                values = [option.value for option in control.options if not option.disabled]
                assert len(set(values)) == len(values)
                assert not values or control.value in {*values, ""}


@each_page
def test_every_notice_has_words(page: Page, data: Data) -> None:
    given = variables(page)[0]
    names = {control.name for control in page.controls(data.catalog, page.parse(given, data.catalog))}
    state = page.parse(
        {**given, **dict.fromkeys({*names, "lang", "ile", "yer", "konum"}, "yok")}, data.catalog
    )
    assert set(state.notices) <= keys("tr")
    assert state.notices


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], ["a"], {}, {"a": 1}, b"x", "x" * 2_001, object()])
def test_what_is_no_short_text_counts_as_absent(value: object) -> None:
    reading = Reading({"a": value})
    assert reading.text("a") == ""
    assert reading.one_of("a", {"x"}, "default") == "default"
    assert reading.several("a", {"x"}) == ()
    assert reading.notices == []


def test_several_keeps_order_drops_the_unknown_and_says_so() -> None:
    reading = Reading({"ile": "b,a,,b,nobody"})
    assert reading.several("ile", {"a", "b"}) == ("b", "a")
    assert reading.notices == ["notice.unknown_ile"]


def test_no_more_are_compared_than_fit() -> None:
    many = [f"c{i}" for i in range(MOST_CHOSEN + 5)]
    reading = Reading({"ile": ",".join(many)})
    assert reading.several("ile", set(many)) == tuple(many[:MOST_CHOSEN])
    assert reading.notices == ["notice.unknown_ile"]


def test_adding_a_city_makes_the_group_the_chosen_ones(data: Data) -> None:
    state = CompareState.parse({"kent": "adana", "ekle": "bartin", "grup": "pilots"}, data.catalog)
    assert (state.group, state.chosen) == ("chosen", ("bartin",))
    assert state.query()["ile"] == "bartin"
    assert "ekle" not in state.query()
    more = CompareState.parse({**state.query(), "ekle": "mus"}, data.catalog)
    assert more.chosen == ("bartin", "mus")


def test_the_lead_is_never_compared_with_itself(data: Data) -> None:
    state = CompareState.parse({"kent": "bartin", "ile": "bartin,mus"}, data.catalog)
    assert state.chosen == ("mus",)


def test_a_period_of_another_indicator_gives_the_latest(data: Data) -> None:
    state = CompareState.parse({"gosterge": "population", "donem": "2008"}, data.catalog)
    assert state.period == "2008"
    changed = CompareState.parse({"gosterge": "sege_score", "donem": "2008"}, data.catalog)
    assert changed.period == data.catalog.indicators["sege_score"].latest
    assert changed.notices == ("notice.unknown_donem",)


def test_an_indicator_of_the_country_cannot_be_compared(data: Data) -> None:
    assert CompareState.parse({"gosterge": "cpi"}, data.catalog).notices == ("notice.unknown_gosterge",)


def test_addresses_are_readable_and_safe() -> None:
    assert address("/karsilastir", {}) == "/karsilastir"
    assert address("/karsilastir", {"ile": "a,b"}) == "/karsilastir?ile=a,b"
    assert address("/x", {"ara": "çöp & <b>"}) == "/x?ara=%C3%A7%C3%B6p+%26+%3Cb%3E"


def test_queries_are_read_as_browsers_write_them() -> None:
    assert query_of("?a=1&b=%C3%A7%20x&a=2") == {"a": "1", "b": "ç x"}
    assert query_of("") == query_of(None) == query_of(["a"]) == {}
    assert len(query_of("?" + "&".join(f"a{i}=1" for i in range(500)))) == 40
    assert query_of("?a=%FF")["a"]


def test_paths_are_matched_whole() -> None:
    for page in PAGES:
        for given, path in zip(variables(page), paths(page), strict=True):
            assert match(PAGES, path) == (page, given)
            assert match(PAGES, f"{path}/") == (page, given)
    for path in ("/karsilastir/x", "/Karsilastir", "//", None, 7, "/gosterge/"):
        if path in ("//", None, 7):
            assert match(PAGES, path)[0].path == "/"
        else:
            with pytest.raises(NotFound):
                match(PAGES, path)


@pytest.mark.parametrize(
    ("previous", "given", "wanted"),
    [
        ({"a": "1"}, ("2",), {"a": "2"}),
        ({"a": "1", "b": "x"}, (None,), {"a": "1", "b": "x"}),
        ({"a": 1, "b": ["x"]}, ([],), {}),
        (None, ("2",), {"a": "2"}),
        ("text", ({},), {}),
    ],
)
def test_controls_write_over_the_query(
    previous: object, given: tuple[object], wanted: dict[str, str]
) -> None:
    assert merged(previous, ("a",), given) == wanted
