"""Who sent a plan, how much of a year of it was reported, and what is wrong with it; never how well a plan did.

Every city sets targets of its own, so a percentage of one says nothing beside that of another: it is not in this frame.
"""

from __future__ import annotations

from dashboard.catalog import Catalog, City
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block, SourceLine
from dashboard.plan_catalog import Plan
from dashboard.state import address
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan_tree import PATH
from dashboard.views.plan_year import stamp_columns, stamp_of
from dashboard.views.values import lang_query

MOST_NAMED = 12
COUNTS = (
    "indicators",
    "closed",
    "within",
    "unmeasurable",
    "objectives",
    "unweighted",
    "unexplained",
    "findings",
)


def cities_block(data: Data, state: PlanState, words: Words) -> Block:
    """One row a city, in Turkish order."""
    catalog = data.catalog
    rows = _rows(data, state, words)
    sent = [row for row in rows if row["is_sent"]]
    covering = [row for row in rows if row["indicators"]]
    frame = Frame(_columns(words), tuple(rows), lead=state.city, caption=words("plan.cities"))
    return Block(
        id="cities",
        title=words("plan.cities"),
        measure=words("plan.cities_measure", year=state.year),
        headline=words("plan.cities_headline", sent=len(sent), n=len(rows), year=state.year, covering=len(covering)),
        frame=frame,
        source=_source(catalog, state, words),
        notes=(words("plan.no_scores"), *_silent(rows, words), words("plan.owed_note")),
        twin_open=True,
        sortable=True,
        style="cities",
    )  # fmt: skip


def _silent(rows: list[Row], words: Words) -> tuple[str, ...]:
    """The cities that sent no plan, by name as far as a line goes."""
    names = [row["name"] for row in rows if not row["is_sent"]]
    if not names:
        return ()
    if len(names) <= MOST_NAMED:
        return (words("plan.not_sent_names", names=", ".join(names)),)
    return (words("plan.not_sent_more", names=", ".join(names[:MOST_NAMED]), n=len(names) - MOST_NAMED),)


def _source(catalog: Catalog, state: PlanState, words: Words) -> SourceLine:
    plans = catalog.plans.plans.values()
    return SourceLine(
        text=words("plan.received_plans", n=len(plans)),
        level=words("level.municipality"),
        period=str(state.year),
        release=catalog.release.release_id,
        synthetic=any(plan.is_synthetic for plan in plans),
    )


def _shown(catalog: Catalog, lead: str) -> list[City]:
    """The programme's cities, the one in focus and every city that sent a plan."""
    sent = catalog.plans.by_city
    pilots = {city.city_id for city in catalog.pilots}
    return [
        city for city in catalog.municipalities if city.city_id in pilots | {lead} or city.city_id in sent
    ]


def _rows(data: Data, state: PlanState, words: Words) -> list[Row]:
    """The rows of every city are the same whichever is in focus: worked out once a year and language."""
    key = ("plan_cities", state.year, words.lang)
    kept = data.described.get(key)
    if kept is None:
        counted = {row["plan_id"]: row for row in data.rows("plan_cities", year=state.year)}
        made = (_row(data.catalog, city, counted, state.year, words) for city in data.catalog.municipalities)
        kept = {row["city_id"]: row for row in made}
        data.described.keep(key, kept)
    return [kept[city.city_id] for city in _shown(data.catalog, state.city)]


def _row(catalog: Catalog, city: City, counted: dict[str, Row], year: int, words: Words) -> Row:
    plans = catalog.plans.by_city.get(city.city_id, ())
    plan = catalog.plans.of(city.city_id, year)
    told = counted.get(plan.plan_id, {}) if plan else {}
    counts = {name: told.get(name) or 0 if told else None for name in COUNTS}
    newest = max((year for one in plans for year in one.closed), default=None)
    total = counts["indicators"] or 0
    asked = {"yil": str(year)} if plan else {}
    key, missing = _missing(plans, plan, counts, words)
    return {
        "city_id": city.city_id,
        "name": words.of(city, "name"),
        "sort_key": city.sort_key,
        "type": words(f"legal.{city.legal_type}"),
        "href": address(PATH, {"kent": city.city_id} | asked | lang_query(words)),
        "is_sent": bool(plans),
        "period": str(year),
        "plan_id": plan.plan_id if plan else None,
        "plan_period": plan.period if plan else ", ".join(one.period for one in plans) or words("plan.not_sent"),
        "plan_period_sort": plan.first_year if plan else "",
        "newest": str(newest) if newest else "–",
        "newest_year": newest,
        **counts,
        "reported_share": 100 * (counts["closed"] or 0) / total if total else None,
        "reported_share_sub": _of(counts["closed"], total, words),
        "unmeasurable_share": 100 * (counts["unmeasurable"] or 0) / total if total else None,
        "unmeasurable_share_sub": _of(counts["unmeasurable"], total, words),
        "missing_key": key,
        "missing": missing,
        **stamp_of(catalog, plan or (plans[-1] if plans else None), words),
    }  # fmt: skip


def _of(count: int | None, total: int, words: Words) -> str:
    return words("plan.n_of", n=count or 0, total=total) if total else ""


def _missing(
    plans: tuple[Plan, ...], plan: Plan | None, counts: dict[str, int | None], words: Words
) -> tuple[str, str]:
    """What is owed, in words, and how urgent that is (0 most)."""
    if not plans:
        return "0", words("plan.owed_plan")
    if plan is None:
        return "1", words("plan.owed_period")
    total, closed, within = (counts[name] or 0 for name in ("indicators", "closed", "within"))
    if not closed:
        return "2", words("plan.owed_year_end" if within else "plan.owed_all")
    if closed < total:
        return "3", words("plan.owed_some", n=total - closed)
    return "4", words("plan.owed_nothing")


def _columns(words: Words) -> tuple[Column, ...]:
    def shown(key: str, kind: str, **more: object) -> Column:
        name, title = words(f"plan.city_{key}"), words(f"plan.city_{key}_why")
        return Column(key, name, kind, in_file=False, title=title, **more)  # type: ignore[arg-type]

    names = ("plan_period", "newest_year", *COUNTS, "missing")
    return (
        Column("name", words("table.place"), "place", in_file=False),
        shown("plan_period", "text"),
        shown("newest", "period"),
        shown("reported_share", "plan_share", bar=True),
        shown("unmeasurable_share", "plan_share"),
        shown("unweighted", "plain"),
        shown("unexplained", "plain"),
        shown("findings", "plain"),
        shown("missing", "text"),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("period", words("columns.period")),
        filed("plan_id", words("plan.file_plan_id")),
        *(filed(key, words(f"plan.file_{key}")) for key in names),
        *stamp_columns(words),
    )
