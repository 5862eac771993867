"""The open branch in one year across like-typed municipalities; contextual, so nothing is called better or worse.

Who has no amount stands below with the reason; a province's people are never divided by (mart.city_population).
"""

from __future__ import annotations

from dashboard import prices
from dashboard.charts.base import label
from dashboard.charts.ranking import Mark
from dashboard.components.html import render
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block
from dashboard.prices import HEAD, HEAD_REAL, REAL, Basis
from dashboard.views.spending_lens import Lens, basis_facts, final, scope_facts
from dashboard.views.spending_peers import Peers
from dashboard.views.spending_values import bars, fact_columns, here, stamp_columns


def ranking_block(lens: Lens, peers: Peers) -> Block:
    """Bars, the median among them, and a table that has everybody."""
    words, branch = lens.words, lens.state.branch.across
    title, what = words("spending.block_ranking"), lens.branch_name(branch)
    if lens.shown.is_share and branch.is_whole:
        return Block(id="ranking", title=title, notes=(words("spending.share_of_what"),))
    frame = ranking_frame(lens, peers)
    known = [row for row in frame if row["value"] is not None]
    median, n = peers.median(lens, lens.year, lens.shown)
    found = _headline(lens, frame, median, n)
    chart = None
    if known:
        means = []
        if median is not None and n > 1:
            value = prices.text(median, lens.shown, words)
            means = [(words("spending.median_line", value=value, n=n), median)]
        chart = bars(lens, [_mark(row, lens) for row in known], found, means)
    rows = [row["origin"] for row in frame if row["origin"]]
    return Block(
        id="ranking",
        title=title,
        measure=lens.told(lens.shown, what=what),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source(rows, str(lens.year)),
        notes=_notes(lens, frame),
        body=_per_head(lens),
        style="money",
    )


def ranking_frame(lens: Lens, peers: Peers) -> Frame:
    """One row a compared city, the highest first, those without a value last."""
    words, rows = lens.words, []
    for city_id, city in peers.cities.items():
        own = peers.value(lens, city_id, lens.year, lens.shown)
        rows.append(
            {
                "city_id": city_id,
                "name": words.of(city, "name"),
                "sort_key": city.sort_key,
                "href": here(lens.state, lead=city_id) if city_id != lens.state.lead else "",
                "is_soft": True,
                "type": words(f"legal.{city.legal_type}"),
                "value": own["value"],
                "text": own["text"],
                "status": own["status"],
                "status_word": own["reason"] or final(own["row"], words),
                "nominal": own["nominal"],
                "population": own["population"],
                "period": str(lens.year),
                "measure": lens.measure,
                "what": lens.branch_name(lens.state.branch.across),
                **scope_facts(lens, own["row"]),
                **basis_facts(lens.shown, words),
                **lens.stamp(own["row"]),
                "origin": own["row"],
            }
        )
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["sort_key"]))
    largest = max((row["value"] or 0.0 for row in rows), default=0.0)
    for row in rows:
        row["value_share"] = row["value"] / largest if largest and row["value"] is not None else None
        row["entity_text"] = ", ".join(row["entities"])
    return Frame(_columns(lens, largest), tuple(rows), lead=lens.state.lead, caption=lens.told(lens.shown))


def _columns(lens: Lens, largest: float) -> tuple[Column, ...]:
    words, basis = lens.words, lens.shown
    places = 1 if basis.is_share else prices.decimals(largest)
    return (
        Column("name", words("table.place"), "place", in_file=False),
        Column(
            "value", prices.unit(basis, words), "value", places, prices.symbol(basis), bar=True, in_file=False
        ),
        Column("nominal", words("spending.nominal"), "plain", 0, prices.symbol(Basis()), in_file=False),
        Column("population", words("spending.population"), "plain", in_file=False),
        Column("entity_text", words("spending.entities"), in_file=False),
        Column("status_word", words("table.status"), in_file=False),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("what", words("columns.branch")),
        filed("value", words("columns.value")),
        filed("nominal", words("columns.nominal")),
        filed("population", words("columns.population")),
        filed("status_word", words("columns.status")),
        *(column for column in fact_columns(words) if column.key not in ("place_id", "place")),
        *stamp_columns(words),
    )


def _mark(row: Row, lens: Lens) -> Mark:
    lines = (
        f"<b>{label(row['name'])}</b>  {row['text']}", row["unit"], lens.measure, row["entity_text"],
        row["status_word"] if row["status"] == "provisional" else "",
    )  # fmt: skip
    return Mark(
        name=row["name"],
        value=row["value"],
        text=row["text"],
        hover="<br>".join(line for line in lines if line),
        is_lead=row["city_id"] == lens.state.lead,
        is_open=row["status"] == "provisional",
        city_id=row["city_id"],
    )


def _headline(lens: Lens, frame: Frame, median: float | None, n: int) -> str:
    words = lens.words
    known = [row for row in frame if row["value"] is not None]
    own = next((row for row in frame if row["city_id"] == lens.state.lead), None)
    if own is None or own["value"] is None:
        reason = own["status_word"] if own else ""
        return words("spending.no_value", city=lens.name, year=lens.year, basis=lens.basis, reason=reason)
    place = 1 + sum(row["value"] > own["value"] for row in known)
    key = "ranking_headline" if n > 1 else "ranking_alone"
    return words(
        f"spending.{key}", city_loc=located(lens.name, words.lang), year=lens.year, value=own["text"],
        what=lens.inside(lens.state.branch.across), basis=lens.basis, n=n, place=place,
        median=prices.text(median, lens.shown, words),
    )  # fmt: skip


def _notes(lens: Lens, frame: Frame) -> tuple[str, ...]:
    """That high is not good; who is missing and why; whose sums have other bodies in them."""
    words = lens.words
    notes = [words("spending.contextual")]
    absent: dict[str, list[str]] = {}
    for row in frame:
        if row["value"] is None:
            absent.setdefault(row["status_word"], []).append(row["name"])
    notes += [
        words("spending.absent", names=", ".join(names), reason=reason) for reason, names in absent.items()
    ]
    if len({tuple(row["entities"]) for row in frame if row["value"] is not None}) > 1:
        notes.append(words("spending.other_entities"))
    if any(row["status"] == "provisional" for row in frame):
        notes.append(words("spending.provisional_note"))
    return tuple(notes)


def _per_head(lens: Lens) -> str:
    """Sums of whole cities are as large as the cities: the way to amounts per head."""
    if lens.shown.is_per_head or lens.shown.is_share:
        return ""
    basis = HEAD_REAL if lens.shown.name == REAL else HEAD
    return str(
        render(
            "soft_link.html", lens.words, before=lens.words("spending.size_note"),
            href=here(lens.state, basis=basis) + "#ranking", text=lens.words("spending.size_link"),
        )
    )  # fmt: skip
