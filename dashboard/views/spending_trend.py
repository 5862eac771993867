"""The open branch year by year, the lead beside the median of those compared; nothing crosses a border change.

A year without a deflator has no real amount: it is left out of the lines and said in words, with its nominal amount.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers, prices
from dashboard.catalog import Break
from dashboard.charts.base import label, titled
from dashboard.charts.series import Line, Point, series
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.prices import Basis
from dashboard.views.spending_lens import Lens, basis_facts, final
from dashboard.views.spending_peers import Peers
from dashboard.views.spending_values import border_changes, fact_columns, signed_percent, stamp_columns

HEIGHT = 380


def trend_block(lens: Lens, peers: Peers) -> Block:
    """Two lines; a sentence instead where shares of the whole would all be a hundred."""
    words, basis = lens.words, lens.state.real_basis(lens.data.catalog)
    branch = lens.state.branch
    told = words("spending.without_unit", what=lens.branch_name(branch.across)) if branch.unit else ""
    if basis.is_share and branch.across.is_whole:
        return Block(
            id="trend", title=words("spending.block_trend"), notes=(words("spending.share_of_what"),)
        )
    frame = trend_frame(lens, peers, basis)
    rows = list(frame)
    span = f"{rows[0]['period']}–{rows[-1]['period']}" if len(rows) > 1 else "".join(frame.values("period"))
    found = _headline(lens, rows, basis)
    chart = None
    if any(row["value"] is not None for row in rows):
        breaks = [(one.year, words("spending.border", year=one.year)) for one in _breaks(lens)]
        figure = series(_lines(lens, rows, basis), breaks, prices.symbol(basis), words.lang, HEIGHT)
        chart = Chart(titled(figure, prices.unit(basis, words), "yaxis"), HEIGHT, found)
    return Block(
        id="trend",
        title=words("spending.trend_of", what=lens.branch_name(branch.across)),
        measure=lens.told(basis, span, lens.branch_name(branch.across)),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([row["origin"] for row in rows if row["origin"]], span),
        notes=tuple(note for note in (told, *_notes(lens, rows)) if note),
        style="money",
    )


def _breaks(lens: Lens) -> tuple[Break, ...]:
    return border_changes(lens.data.catalog, lens.city)


def trend_frame(lens: Lens, peers: Peers, basis: Basis) -> Frame:
    """One row a year with a budget of the city."""
    rows = []
    for year in peers.years:
        own = peers.value(lens, lens.state.lead, year, basis)
        if (lens.state.lead, year) not in peers.rows:
            continue
        median, n = peers.median(lens, year, basis)
        rows.append(
            {
                **lens.facts(basis, own["row"] or None, year),
                **basis_facts(basis, lens.words),
                "name": str(year),
                "sort_key": year,
                "year": year,
                "value": own["value"],
                "text": own["text"],
                "median": median,
                "median_text": prices.text(median, basis, lens.words),
                "n": n,
                "is_open": peers.is_provisional(year),
                "nominal": own["nominal"],
                "population": own["population"],
                "status": own["status"],
                "reason": own["code"],
                "status_word": own["reason"] or final(own["row"], lens.words),
                "origin": own["row"],
            }
        )
    largest = max((row["value"] or 0.0 for row in rows), default=0.0)
    for row in rows:
        row["value_share"] = row["value"] / largest if largest and row["value"] is not None else None
    return Frame(_columns(lens, basis, largest), tuple(rows), caption=lens.words("spending.block_trend"))


def _columns(lens: Lens, basis: Basis, largest: float) -> tuple[Column, ...]:
    words = lens.words
    places = 1 if basis.is_share else prices.decimals(largest)
    symbol = prices.symbol(basis)
    nominal = prices.symbol(Basis())
    return (
        Column("name", words("spending.year"), "place", in_file=False),
        Column("value", prices.unit(basis, words), "value", places, symbol, bar=True, in_file=False),
        Column(
            "median", words(f"spending.median_{lens.state.group}"), "plain", places, symbol, in_file=False
        ),
        Column("n", words("spending.cities_count"), "plain", in_file=False),
        Column("nominal", words("spending.nominal"), "plain", 0, nominal, in_file=False),
        Column("status_word", words("table.status"), in_file=False),
        filed("value", words("columns.value")),
        filed("median", words("columns.median")),
        filed("n", words("columns.cities")),
        filed("nominal", words("columns.nominal")),
        filed("population", words("columns.population")),
        filed("status_word", words("columns.status")),
        *fact_columns(words),
        *stamp_columns(words),
    )


def _lines(lens: Lens, rows: Sequence[Row], basis: Basis) -> list[Line]:
    words = lens.words
    unit = prices.unit(basis, words)

    def hover(row: Row, name: str, text: str, more: str = "") -> str:
        parts = (f"<b>{label(name)}</b>  {row['name']}: {text}", unit, lens.measure, more)
        return "<br>".join(part for part in parts if part)

    lead = tuple(
        Point(
            row["year"], row["value"],
            hover(row, lens.name, row["text"], words("status.provisional") if row["status"] == "provisional" else ""),
            is_open=row["status"] == "provisional",
        )
        for row in rows
    )  # fmt: skip
    name = words(f"spending.median_{lens.state.group}")
    median = tuple(
        Point(
            row["year"],
            row["median"],
            hover(row, name, row["median_text"], words("spending.of_cities", n=row["n"])),
            is_open=row["is_open"],
        )
        for row in rows
    )
    lines = [Line(lens.name, lead, "lead", is_lead=True)]
    if any(row["n"] > 1 for row in rows):
        lines.append(Line(words("spending.median_short"), median, "peer", dashed=True))
    return lines


def _headline(lens: Lens, rows: Sequence[Row], basis: Basis) -> str:
    """From the first to the last year with a value, not across a border change."""
    words = lens.words
    known = [row for row in rows if row["value"] is not None]
    if not known:
        reason = rows[-1]["status_word"] if rows else words("spending.no_budget_at_all")
        return words("spending.trend_none", city=lens.name, reason=reason)
    since = max((one.year for one in _breaks(lens) if one.year <= known[-1]["year"]), default=0)
    known = [row for row in known if row["year"] >= since]
    first, last = known[0], known[-1]
    told = words("spending.basis", measure=lens.measure.lower(), basis=prices.told(basis, words))
    values = {
        "city_loc": located(lens.name, words.lang),
        "basis": told,
        "what": lens.inside(lens.state.branch.across),
    }
    if first is last:
        return words("spending.trend_one", year=_year(lens, last), value=last["text"], **values)
    change = last["value"] - first["value"] if basis.is_share else 100 * (last["value"] / first["value"] - 1)
    return words(
        "spending.trend_headline", first=_year(lens, first), first_value=first["text"], last=_year(lens, last),
        last_value=last["text"], change=signed_percent(change, basis, words), **values,
    )  # fmt: skip


def _year(lens: Lens, row: Row) -> str:
    provisional = row["status"] == "provisional"
    return lens.words("spending.year_provisional", year=row["name"]) if provisional else str(row["name"])


def _notes(lens: Lens, rows: Sequence[Row]) -> list[str]:
    """Border changes, years without a value and why, years that are not final."""
    words = lens.words
    years = [row["year"] for row in rows]
    notes = [
        words("compare.series_break", year=one.year, text=words.of(one, "text"))
        for one in _breaks(lens)
        if years and years[0] < one.year <= years[-1]
    ]
    absent: dict[str, list[str]] = {}
    for row in rows:
        if row["reason"] == "no_deflator":
            nominal = numbers.money(row["nominal"], words.lang)
            notes.append(words("spending.year_nominal", reason=row["status_word"], nominal=nominal))
        elif row["value"] is None:
            absent.setdefault(row["status_word"], []).append(row["name"])
    notes += [
        words("spending.absent", names=", ".join(years), reason=reason) for reason, years in absent.items()
    ]
    if any(row["status"] == "provisional" for row in rows):
        notes.append(words("spending.provisional_note"))
    return notes
