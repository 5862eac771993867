"""One indicator in one period as a Frame: the rows every ranking, map and table of values is made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard import numbers
from dashboard.catalog import Catalog, City, Indicator
from dashboard.charts.base import label
from dashboard.charts.ranking import Mark
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import SourceLine
from dashboard.state import address
from dashboard.text import Words

OPEN = frozenset({"provisional", "estimated", "low_reliability"})


def lang_query(words: Words) -> dict[str, str]:
    """The language as a query, left out when it is the default."""
    return {} if words.lang == "tr" else {"lang": words.lang}


def level_badge(row: Row, catalog: Catalog, words: Words) -> str:
    """ "il değeri" where a municipality shows its province's value and its border is not the province."""
    if (
        row["value_level"] != "province"
        or row["kind"] != "municipality"
        or row["legal_type"] == "metropolitan"
    ):
        return ""
    if row["legal_type"] == "district":
        return words("level.province_value_of", province=words.of(catalog.cities[row["measured_id"]], "name"))
    return words("level.province_value")


def shown_name(row: Row, name: str, words: Words) -> str:
    """A place's name where no badge can stand: a district's says when the value is not its own."""
    if row["legal_type"] == "district" and row["value_level"] == "province":
        return words("level.named", name=name, level=words("level.province_value"))
    return name


def formatted(value: float | None, indicator: Indicator, words: Words) -> str:
    """The value with its unit, or nothing."""
    if value is None:
        return ""
    return numbers.with_unit(value, indicator.decimals, indicator.unit_symbol, words.lang)


def answers(rows: Iterable[Row], words: Words) -> str:
    """How many places say yes and how many no, of those with a value: what stands for the range of a yes or no."""
    known = [row["value"] for row in rows if row["value"] is not None]
    yes = sum(value == 1 for value in known)
    return words("compare.answers", n=len(known), yes=yes, no=len(known) - yes)


def measured_provinces(rows: Iterable[Row]) -> list[Row]:
    """The provinces the indicator is for: none where municipalities alone report it."""
    return [row for row in rows if row["kind"] == "province" and row["status"] != "not_applicable"]


def best_first(rows: Sequence[Row], indicator: Indicator) -> list[Row]:
    """Rows with a value sorted best first by direction (highest first when contextual), missing last."""
    sign = 1 if indicator.direction == "lower" else -1
    known = [row for row in rows if row["value"] is not None]
    missing = [row for row in rows if row["value"] is None]
    return sorted(known, key=lambda r: (sign * r["value"], r["sort_key"])) + sorted(
        missing, key=lambda r: r["sort_key"]
    )


def _ranked(rows: list[Row]) -> None:
    rank = 0
    for position, row in enumerate(rows, start=1):
        if row["value"] is None:
            row["rank_shown"] = None
            continue
        if position == 1 or row["value"] != rows[position - 2]["value"]:
            rank = position
        row["rank_shown"] = rank


def value_frame(
    data: Data, indicator: Indicator, rows: Sequence[Row], words: Words, lead: str | None
) -> Frame:
    """Rows of queries/city_values as a Frame, best first, with everything a file needs."""
    ordered = best_first(rows, indicator)
    _ranked(ordered)
    known = [row["value"] for row in ordered if row["value"] is not None]
    low, high = min(0.0, *known) if known else 0.0, max(known, default=0.0)
    made = []
    for row in ordered:
        share = (row["value"] - low) / (high - low) if row["value"] is not None and high > low else None
        made.append(row | _described(data, indicator, row, words) | {"value_share": share})
    return Frame(
        columns=_columns(indicator, made, words),
        rows=tuple(made),
        lead=lead,
        caption=measure(indicator, made[0]["period"] if made else "", words),
    )


def _described(data: Data, indicator: Indicator, row: Row, words: Words) -> Row:
    """What the catalogue says of a value; the same in every comparison, so it is worked out once."""
    # Of an index under another method, the value and its unit are others than the published ones.
    key = (
        indicator.indicator_id, indicator.unit_symbol, indicator.decimals, row["period"], row["city_id"],
        row["value"], row["lower"], row["upper"], row["status"], row["is_synthetic"], words.lang,
    )  # fmt: skip
    found = data.described.get(key)
    if found is None:
        catalog = data.catalog
        source = catalog.origin(indicator, row["is_synthetic"])
        badge = level_badge(row, catalog, words)
        found = {
            "name": words.of(catalog.cities[row["city_id"]], "name"),
            "badges": (badge,) if badge else (),
            "level": badge or words(f"level.{row['value_level']}"),
            "measured": words.of(catalog.cities[row["measured_id"]], "name"),
            "type": words(f"legal.{row['legal_type']}"),
            "text": formatted(row["value"], indicator, words),
            "interval_low": row["lower"],
            "interval_high": row["upper"],
            "status_word": words(f"status.{row['status']}"),
            "indicator_id": indicator.indicator_id,
            "indicator": words.of(indicator, "label"),
            "unit": words.of(indicator, "unit"),
            "source": words.of(source, "citation"),
            "licence": words.of(source, "licence"),
            "release": catalog.release.release_id,
            "href": _profile_link(row, indicator, words),
        }
        found["hover"] = _hover(row | found, indicator, words)
        data.described.keep(key, found)
    return found


def _profile_link(row: Row, indicator: Indicator, words: Words) -> str:
    if row["kind"] != "municipality":
        return ""
    return address(
        "/karsilastir", {"gosterge": indicator.indicator_id, "kent": row["city_id"], **lang_query(words)}
    )


def measure(indicator: Indicator, period: str, words: Words) -> str:
    """Indicator, unit, period and level in one line: the subtitle of every chart."""
    return words(
        "compare.measure",
        indicator=words.of(indicator, "label"),
        unit=words.of(indicator, "unit"),
        period=period,
        level=words(f"level.{indicator.geo_level}"),
    )


def _columns(indicator: Indicator, rows: Sequence[Row], words: Words) -> tuple[Column, ...]:
    has_interval = any(row["lower"] is not None for row in rows)
    has_n = any(row["n"] is not None for row in rows)
    ranked = indicator.direction != "contextual" and any(row["rank"] is not None for row in rows)
    digits: dict[str, Any] = {"decimals": indicator.decimals, "symbol": indicator.unit_symbol}

    def file_only(key: str, label: str) -> Column:
        return Column(key, words(f"columns.{label}"), on_screen=False)

    shown: list[Any] = [
        Column("rank_shown", words("table.rank_shown"), "rank", in_file=False),
        Column("name", words("table.place"), "place", in_file=False),
        Column("value", words("table.value"), "value", bar=True, in_file=False, **digits),
    ]
    if has_interval:
        shown.append(Column("interval", words("table.interval"), "interval", in_file=False, **digits))
    if has_n:
        shown.append(Column("n", words("table.n"), "value", in_file=False))
    if ranked:
        shown.append(
            Column("rank", words("table.rank_all"), "rank", in_file=False, title=words("table.rank_all_why"))
        )
    filed = [
        file_only("city_id", "place_id"),
        file_only("name", "place"),
        file_only("type", "legal_type"),
        file_only("indicator_id", "indicator_id"),
        file_only("indicator", "indicator"),
        file_only("unit", "unit"),
        file_only("period", "period"),
        file_only("value", "value"),
        file_only("lower", "lower"),
        file_only("upper", "upper"),
        file_only("n", "n"),
        file_only("status_word", "status"),
        file_only("level", "level"),
        file_only("measured", "measured"),
        file_only("rank", "rank"),
        file_only("rank_of", "rank_of"),
        file_only("is_synthetic", "synthetic"),
        file_only("source", "source"),
        file_only("licence", "licence"),
        file_only("release", "release"),
    ]
    return (*shown, *filed)


def marks(frame: Frame, words: Words) -> list[Mark]:
    """The frame's rows with a value as marks of a chart, in the frame's order."""
    return [
        Mark(
            name=shown_name(row, row["name"], words), value=row["value"], text=row["text"], hover=row["hover"],
            lower=row["lower"], upper=row["upper"], is_lead=row["city_id"] == frame.lead,
            is_open=row["status"] in OPEN, city_id=row["city_id"],
        )
        for row in frame
        if row["value"] is not None
    ]  # fmt: skip


def _hover(row: Row, indicator: Indicator, words: Words) -> str:
    lines = [f"<b>{label(row['name'])}</b>  {row['text']}"]
    if row["lower"] is not None and row["upper"] is not None:
        ends = {
            end: formatted(row[key], indicator, words) for end, key in (("low", "lower"), ("high", "upper"))
        }
        lines.append(words("compare.hover_interval", **ends))
    return "<br>".join((*lines, *row["badges"], *([row["status_word"]] if row["status"] in OPEN else [])))


def source_line(
    data: Data, indicator: Indicator, period: str, words: Words, *, synthetic: bool
) -> SourceLine:
    """Producer and publication, period, level, release: the quiet line."""
    sources = dict.fromkeys(data.catalog.origin(indicator, each) for each in (False, synthetic))
    return SourceLine(
        text="; ".join(words.of(source, "short") for source in sources),
        href=address(f"/gosterge/{indicator.indicator_id}", lang_query(words)),
        level=words(f"level.{indicator.geo_level}"),
        period=period,
        release=data.catalog.release.release_id,
        synthetic=synthetic,
    )


def municipality_order(cities: Sequence[City]) -> list[City]:
    """Places by the Turkish alphabet."""
    return sorted(cities, key=lambda city: city.sort_key)
