"""The compared places in order of value, and what that says about the lead."""

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.charts.ranking import ranking, ranking_height
from dashboard.data import Data
from dashboard.frame import Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.compare_members import lead_id, members
from dashboard.views.values import answers, formatted, marks, measure, source_line, value_frame


def ranking_block(data: Data, state: CompareState, everyone: list[Row], words: Words) -> Block:
    """Ranking chart, its twin, and the headline about the lead."""
    indicator = data.catalog.indicator(state.indicator)
    wanted = {city.city_id for city in members(data, state)}
    rows = [row for row in everyone if row["city_id"] in wanted]
    frame = value_frame(data, indicator, rows, words, lead_id(data, state))
    drawn = marks(frame, words)
    means = _references(data, state, words)
    notes = []
    if any(row["value_level"] == "province" for row in rows) and state.group != "provinces":
        own = indicator.geo_level == "municipality"
        notes.append(words("compare.mixed_note" if own else "compare.province_note"))
    if indicator.direction == "lower":
        notes.append(words("compare.order_note_lower"))
    chart = None
    if not drawn:
        notes.append(words("block.empty"))
    if drawn:
        key = "chart_alt_high" if indicator.direction == "contextual" else "chart_alt"
        alt = words(
            f"compare.{key}", n=numbers.number(len(drawn), 0, state.lang), first=drawn[0].name,
            first_value=drawn[0].text, last=drawn[-1].name, last_value=drawn[-1].text,
        )  # fmt: skip
        figure = ranking(drawn, means, indicator.unit_symbol, state.lang)
        chart = Chart(figure, ranking_height(drawn), alt)
    return Block(
        id="ranking",
        title=words("compare.ranking"),
        measure=measure(indicator, state.period, words),
        headline=headline(frame, indicator, means, words),
        frame=frame,
        chart=chart,
        source=source_line(
            data, indicator, state.period, words, synthetic=any(row["is_synthetic"] for row in rows)
        ),
        notes=tuple(notes),
        sortable=True,
    )


def _references(data: Data, state: CompareState, words: Words) -> list[tuple[str, float]]:
    """The mean of all provinces (or, in a roster without province values, of all members)."""
    found = {
        row["reference_id"]: row
        for row in data.rows("references", indicator_id=state.indicator)
        if row["period"] == state.period and row["value"] is not None and row["method"] != "sum"
    }
    for reference in ("provinces", "pilots", "members"):
        if reference in found:
            row = found[reference]
            return [(words(f"reference.{reference}", n=row["n"]), row["value"])]
    return []


def headline(frame: Frame, indicator: Indicator, means: list[tuple[str, float]], words: Words) -> str:
    """The finding about the lead place, from the frame that is drawn."""
    row = next((row for row in frame if row["city_id"] == frame.lead), None)
    if row is None or row["value"] is None:
        status = row["status_word"] if row else words("status.not_collected")
        return words("compare.headline_missing", city=row["name"] if row else "", status=status)
    if indicator.kind == "yes_no":
        told = answers(frame, words)
        return words("compare.headline_yes_no", city=row["name"], value=row["text"], answers=told)
    key = "headline_contextual" if indicator.direction == "contextual" else "headline"
    values = {
        "city_loc": located(row["name"], words.lang),
        "value": formatted(row["value"], indicator, words),
        "n": sum(1 for other in frame if other["value"] is not None),
        "rank": row["rank_shown"],
    }
    if not means:
        return words(f"compare.{key}_no_mean", **values)
    return words(
        f"compare.{key}", reference=means[0][0], mean=formatted(means[0][1], indicator, words), **values
    )
