"""Where the lead stands among all places measured."""

from dashboard.charts.ranking import Mark
from dashboard.charts.strip import strip
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, Chart
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.values import answers, marks, measured_provinces, source_line, value_frame

HEIGHT = 260


def distribution(data: Data, state: CompareState, everyone: list[Row], words: Words) -> Block:
    """All provinces as dots; a roster that has own municipal values shows its municipalities."""
    catalog = data.catalog
    indicator = catalog.indicator(state.indicator)
    provinces = measured_provinces(everyone)
    own = [row for row in everyone if row["kind"] == "municipality" and row["value_level"] == "municipality"]
    use_own = len(own) > len(provinces)
    rows = own if use_own else provinces
    lead = catalog.city(state.lead)
    lead_id = lead.city_id if use_own else (lead.province_id or lead.city_id)
    frame = value_frame(data, indicator, rows, words, lead_id)
    drawn: list[Mark] = marks(frame, words)
    dark = frozenset(city.city_id if use_own else city.province_id or "" for city in catalog.pilots)
    kind = words("compare.kind_municipality" if use_own else "compare.kind_province")
    me = next((mark for mark in drawn if mark.is_lead), None)
    head = ""
    if me is not None and len(drawn) > 1:
        above = sum(1 for mark in drawn if mark.value > me.value)
        below = sum(1 for mark in drawn if mark.value < me.value)
        head = words("compare.strip_headline", city=me.name, above=above, below=below)
    if drawn and indicator.kind == "yes_no":
        head = answers(frame, words)
    chart = None
    if drawn:
        ordered = sorted(drawn, key=lambda mark: mark.value)
        alt = words(
            "compare.strip_alt", n=len(drawn), low=ordered[0].text, high=ordered[-1].text,
            city=me.name if me else "", value=me.text if me else "",
        )  # fmt: skip
        chart = Chart(strip(drawn, dark, indicator.unit_symbol, state.lang, HEIGHT), HEIGHT, alt)
    strip_key = "compare.strip_measure_own" if use_own else "compare.strip_measure"
    return Block(
        id="distribution",
        title=words("compare.distribution"),
        measure=words(strip_key, kind=kind),
        headline=head,
        frame=frame,
        chart=chart,
        notes=() if drawn else (words("block.empty"),),
        source=source_line(
            data, indicator, state.period, words, synthetic=any(row["is_synthetic"] for row in rows)
        ),
    )
