"""What is on Plan: five controls, four blocks, two of them with a chart."""

from dashboard.catalog import Catalog
from dashboard.components.options import municipality_options
from dashboard.page import Control, Option, Page
from dashboard.plan_catalog import GOAL
from dashboard.state_plan import ALL, CAPPED, RAW, STANDINGS, PlanState
from dashboard.text import Words
from dashboard.views import plan as plan_view


def controls(catalog: Catalog, state: PlanState) -> tuple[Control, ...]:
    """City, year, goal or objective, status, and whether percentages are capped as in the totals."""
    words = Words(state.lang)
    plans = catalog.plans
    years = tuple(Option(str(year), str(year)) for year in reversed(plans.years(state.city)))
    standings = (
        Option(ALL, words("plan.all_standings")),
        *(Option(word, words(f"plan.is_{key}")) for key, word in STANDINGS.items()),
    )
    return (
        Control("kent", words("plan.city"), municipality_options(catalog, state.lang), state.city, fixed=True),
        Control("yil", words("plan.year"), years, str(state.year) if years else ""),
        Control("hedef", words("plan.branch"), _nodes(catalog, state, words), state.opened or ALL, wide=True),
        Control("durum", words("plan.standing"), standings, STANDINGS.get(state.standing, ALL)),
        Control("goster", words("plan.show"), tuple(Option(one, words(f"plan.show_{one}")) for one in (CAPPED, RAW)),
                state.show),
    )  # fmt: skip


def _nodes(catalog: Catalog, state: PlanState, words: Words) -> tuple[Option, ...]:
    """The whole plan, each goal, its objectives below it."""
    plan = catalog.plans.of(state.city, state.year)
    nodes = catalog.plans.tree(plan.plan_id) if plan else ()
    return (
        Option(ALL, words("plan.whole")),
        *(Option(one.key, f"{'' if one.level == GOAL else '– '}{one.node_id} {one.label}") for one in nodes),
    )


PAGE = Page(
    name="plan",
    path="/plan",
    order=6,
    parse=PlanState.parse,
    controls=controls,
    view=plan_view.view,
    graphs=("tree", "years"),
    following=("yil",),
)
