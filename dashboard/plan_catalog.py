"""Which strategic plans were received: their cities, years, goals and objectives; built once a release, frozen.

A year belongs to one plan of a city; where two overlap, to the later one. Codes of two plans never mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dashboard.warehouse import Warehouse

GOAL, OBJECTIVE, INDICATOR, PLAN = "goal", "objective", "indicator", "plan"


class Node(NamedTuple):
    """A goal (amaç) or an objective (hedef), in the words of the plan."""

    plan_id: str
    level: str
    node_id: str
    parent_id: str | None
    label: str
    service_id: str | None
    responsible: str | None

    @property
    def key(self) -> str:
        """What an address calls it: a code alone would mean something else in another plan."""
        return f"{self.plan_id}~{self.node_id}"


@dataclass(frozen=True)
class Plan:
    """One plan (mart.dim_plan): `closed` are its years with a value of their end, `reported` those with any."""

    plan_id: str
    city_id: str
    first_year: int
    last_year: int
    is_synthetic: bool
    source_id: str | None
    file_name: str | None
    closed: tuple[int, ...]
    reported: tuple[int, ...]

    @property
    def period(self) -> str:
        """2025–2029."""
        return f"{self.first_year}–{self.last_year}"


@dataclass(frozen=True, eq=False)
class Plans:
    """All plans by id, their nodes in order, and the bands of realisation: display -> the lowest percentage."""

    plans: Mapping[str, Plan]
    nodes: Mapping[str, tuple[Node, ...]]
    bands: Mapping[str, float]

    @cached_property
    def by_city(self) -> Mapping[str, tuple[Plan, ...]]:
        """City -> its plans, the oldest first."""
        found: dict[str, tuple[Plan, ...]] = {}
        for plan in self.plans.values():
            found[plan.city_id] = (*found.get(plan.city_id, ()), plan)
        return found

    @cached_property
    def every_year(self) -> tuple[int, ...]:
        """Years that any plan covers."""
        return tuple(sorted({year for plan in self.plans.values() for year in _years(plan)}))

    def years(self, city_id: str) -> tuple[int, ...]:
        """Years that a plan of the city covers; of a city without one, those of all the others."""
        own = {year for plan in self.by_city.get(city_id, ()) for year in _years(plan)}
        return tuple(sorted(own)) or self.every_year

    def newest(self, city_id: str) -> int:
        """The newest year with a value of its end, or else with any, or else the first; 0 without any plan."""
        plans = self.by_city.get(city_id) or tuple(self.plans.values())
        closed = [year for plan in plans for year in plan.closed]
        reported = [year for plan in plans for year in plan.reported]
        return max(closed or reported or [plan.first_year for plan in plans], default=0)

    def of(self, city_id: str, year: int) -> Plan | None:
        """The plan of a city that covers the year."""
        covering = [plan for plan in self.by_city.get(city_id, ()) if year in _years(plan)]
        return covering[-1] if covering else None

    def node(self, plan_id: str, key: str) -> Node | None:
        """The goal or objective of a plan that an address names."""
        return self._keyed.get(plan_id, {}).get(key)

    def branch(self, node: Node) -> tuple[Node, ...]:
        """A goal with its objectives, or an objective alone."""
        own = self.nodes[node.plan_id]
        below = (one for one in own if node.level == GOAL and one.parent_id == node.node_id)
        return (node, *(one for one in below if one.level == OBJECTIVE))

    def tree(self, plan_id: str) -> tuple[Node, ...]:
        """Every goal, its objectives right after it."""
        own = self.nodes.get(plan_id, ())
        return tuple(one for goal in own if goal.level == GOAL for one in self.branch(goal))

    @cached_property
    def _keyed(self) -> Mapping[str, Mapping[str, Node]]:
        return {plan_id: {node.key: node for node in own} for plan_id, own in self.nodes.items()}


def _years(plan: Plan) -> range:
    return range(plan.first_year, plan.last_year + 1)


def load(warehouse: Warehouse) -> Plans:
    """Read the plans of the generation in service."""
    plans = {}
    for row in warehouse.rows("plans"):
        years = {name: tuple(row[name] or ()) for name in ("closed", "reported")}
        plans[row["plan_id"]] = Plan(**{**row, **years})
    nodes: dict[str, list[Node]] = {}
    for row in warehouse.rows("plan_nodes"):
        nodes.setdefault(row["plan_id"], []).append(Node(**row))
    bands = {row["display"]: row["lowest"] for row in warehouse.rows("plan_bands")}
    return Plans(plans, {plan_id: tuple(own) for plan_id, own in nodes.items()}, bands)
