"""How much of what was allowed was spent, function by function: outturn on both denominators, each named.

More than a hundred per cent is shown as it is; a denominator of nothing gives no percentage.
"""

from __future__ import annotations

from dashboard import numbers, prices
from dashboard.charts.base import label
from dashboard.charts.bullets import Bullet, bullets
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.prices import Basis
from dashboard.state_spending import MEASURES
from dashboard.views.spending_functions import FUNCTIONAL, parent_of, summed
from dashboard.views.spending_lens import Lens, basis_facts, final
from dashboard.views.spending_values import fact_columns, stamp_columns

INITIAL, FINAL, OUTTURN = (f"{name}_try" for name in MEASURES.values())


def execution_block(lens: Lens) -> Block:
    """Bullet bars and all three amounts."""
    words = lens.words
    frame = execution_frame(lens)
    rows = list(frame)
    found = _headline(lens, rows)
    by_initial = any(row["initial_rate"] is not None for row in rows)
    drawn = [row for row in rows if row["initial_rate" if by_initial else "final_rate"] is not None]
    chart = None
    if drawn:
        title = words("spending.execution_axis" if by_initial else "spending.execution_axis_final")
        figure = bullets([_bullet(lens, row, by_initial=by_initial) for row in drawn], title, words.lang)
        chart = Chart(figure, figure["layout"]["height"], found)
    total = lens.total(lens.year)
    basis = _basis(lens)
    return Block(
        id="execution",
        title=words("spending.execution_of", what=_what(lens)),
        measure=words(
            "spending.execution_measure", unit=prices.unit(basis, words), year=lens.year,
            scope=lens.facts(basis)["scope"],
        ),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([total] if total else [], str(lens.year)),
        notes=(words("spending.execution_note"),) if chart else (),
        legend=(
            ("bullet-done", words("spending.measure_outturn")),
            ("bullet-track", words("spending.measure_initial")),
            ("bullet-tick", words("spending.measure_appropriation")),
        )
        if chart and by_initial
        else (),
        style="money",
    )  # fmt: skip


def _basis(lens: Lens) -> Basis:
    """Amounts beside a percentage are amounts: a share of the budget would be a second percentage."""
    return Basis() if lens.shown.is_share else lens.shown


def _what(lens: Lens) -> str:
    parent = parent_of(lens.state.branch)
    return lens.code(FUNCTIONAL, parent) if parent else lens.words("spending.whole")


def execution_frame(lens: Lens) -> Frame:
    """The sum of what is shown first, then one row a function (or group of the open function)."""
    branch, basis = lens.state.branch, _basis(lens)
    cells = lens.cells(lens.year, economic=branch.economic)
    parts = summed(cells, "function_id", parent_of(branch))
    rows = [_row(lens, code, part, basis) for code, part in parts.items()]
    rows.sort(key=lambda row: (-(row["initial"] or row["final"] or 0.0), row["code"]))
    if len(rows) > 1:
        measured = (INITIAL, FINAL, OUTTURN)
        whole: Row = {
            name: None
            if any(part[name] is None for part in parts.values())
            else sum(p[name] for p in parts.values())
            for name in measured
        }
        rows.insert(0, _row(lens, "", whole, basis))
    return Frame(_columns(lens, basis, rows), tuple(rows), caption=lens.words("spending.block_execution"))


def _row(lens: Lens, code: str, part: Row, basis: Basis) -> Row:
    words = lens.words
    columns = {"initial": INITIAL, "final": FINAL, "outturn": OUTTURN}
    amounts = {name: lens.amount(part, lens.year, basis, column=column) for name, column in columns.items()}
    rates = {f"{name}_rate": _rate(part[OUTTURN], part[columns[name]]) for name in ("initial", "final")}
    reasons = dict.fromkeys(
        prices.reason(one.reason, lens.year, words) for one in amounts.values() if one.reason
    )
    return {
        "code": code,
        "name": lens.code(FUNCTIONAL, code) if code else words("spending.sum"),
        "is_sum": not code,
        "sort_key": code,
        **{name: amount.value for name, amount in amounts.items()},
        **{f"nominal_{name}": part[column] for name, column in columns.items()},
        **rates,
        **{f"{name}_text": _percent(rate, words.lang) for name, rate in rates.items()},
        "allowed_rate": _rate(part[FINAL], part[INITIAL]),
        "status_word": " ".join(reasons) or final(lens.total(lens.year), words),
        **(lens.facts(basis) | basis_facts(basis, words) | {"measure": words("spending.block_execution")}),
    }


def _rate(part: float | None, whole: float | None) -> float | None:
    return 100 * part / whole if part is not None and whole else None


def _percent(rate: float | None, lang: str) -> str:
    return "–" if rate is None else numbers.with_unit(rate, 1, "%", lang)


def _columns(lens: Lens, basis: Basis, rows: list[Row]) -> tuple[Column, ...]:
    words = lens.words
    largest = max((row["outturn"] or row["initial"] or 0.0 for row in rows), default=0.0)
    digits = (prices.decimals(largest), prices.symbol(basis))
    initial, final = words("spending.rate_initial"), words("spending.rate_final")
    return (
        Column("name", words("spending.function"), "place", in_file=False),
        Column("initial", words("spending.measure_initial"), "plain", *digits, in_file=False),
        Column("final", words("spending.measure_appropriation"), "plain", *digits, in_file=False),
        Column("outturn", words("spending.measure_outturn"), "plain", *digits, in_file=False),
        Column("initial_rate", initial, "plain", 1, "%", in_file=False),
        Column("final_rate", final, "plain", 1, "%", in_file=False),
        filed("code", words("columns.code")),
        filed("name", words("columns.function")),
        filed("is_sum", words("columns.is_sum")),
        filed("initial", words("columns.initial")),
        filed("final", words("columns.appropriation")),
        filed("outturn", words("columns.outturn")),
        filed("initial_rate", words("columns.initial_rate")),
        filed("final_rate", words("columns.final_rate")),
        *(
            filed(f"nominal_{name}", words(f"columns.nominal_{name}"))
            for name in ("initial", "final", "outturn")
        ),
        filed("status_word", words("columns.status")),
        *fact_columns(words),
        *stamp_columns(words),
    )


def _bullet(lens: Lens, row: Row, *, by_initial: bool) -> Bullet:
    words = lens.words
    lines = [
        f"<b>{label(row['name'])}</b>",
        words("spending.rate_of_initial", value=row["initial_rate_text"]),
        words("spending.rate_of_final", value=row["final_rate_text"]),
    ]
    lines += [
        f"{words(f'spending.measure_{key}')}: {prices.text(row[name], _basis(lens), words)}"
        for key, name in (("initial", "initial"), ("appropriation", "final"), ("outturn", "outturn"))
        if row[name] is not None
    ]
    return Bullet(
        name=row["name"],
        done=row["initial_rate" if by_initial else "final_rate"],
        allowed=row["allowed_rate"] if by_initial else None,
        text=words("spending.rates", initial=row["initial_rate_text"], final=row["final_rate_text"]),
        short=f"{row['initial_rate_text']} · {row['final_rate_text']}",
        hover="<br>".join((*lines, prices.unit(_basis(lens), words))),
        is_lead=row["is_sum"],
    )


def _headline(lens: Lens, rows: list[Row]) -> str:
    words = lens.words
    first = next(iter(rows), None)
    if first is None:
        return words("spending.nothing_here", city=lens.name, what=lens.what, year=lens.year)
    if first["initial_rate"] is None and first["final_rate"] is None:
        reason = words("spending.no_rate")
        return words(
            "spending.no_value",
            city=lens.name,
            year=lens.year,
            basis=words("spending.block_execution"),
            reason=reason,
        )
    return words(
        "spending.execution_headline", city_loc=located(lens.name, words.lang), year=lens.year, what=_what(lens),
        initial=first["initial_rate_text"], final=first["final_rate_text"],
    )  # fmt: skip
