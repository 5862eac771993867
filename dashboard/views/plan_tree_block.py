"""The tree with its sentence, its chart and its legend: all of them count the rows of one frame."""

from __future__ import annotations

from collections import Counter

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.charts.stacks import Stack, Tone, stacks, stacks_height
from dashboard.components.html import render
from dashboard.components.symbols import STANDINGS as SIGNS
from dashboard.frame import Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.plan_catalog import INDICATOR, OBJECTIVE, PLAN
from dashboard.state import address
from dashboard.state_plan import STANDINGS, PlanState
from dashboard.text import Words
from dashboard.views.plan_tree import tree_frame
from dashboard.views.plan_year import PlanYear, counted, plan_source

FILLS = {
    "full": ("@div-5", "@paper"),
    "high": ("@div-4", "@ink"),
    "partial": ("@div-2", "@ink"),
    "low": ("@div-1", "@paper"),
    "on_track": ("@div-4", "@ink"),
    "behind": ("@div-1", "@paper"),
    "mid": ("@line-2", "@ink"),
    "none": ("@line-2", "@ink"),
    "unmeasurable": ("@peer", "@ink"),
}
FORM = "izleme"
LONGEST_NAME = 46


def tree_block(catalog: Catalog, state: PlanState, found: PlanYear, words: Words) -> Block:
    """What was promised and what was done, branch by branch."""
    frame = tree_frame(catalog, state, found, words)
    counts = Counter(row["standing"] for row in frame if row["tier"] == INDICATOR)
    if not frame.rows:
        return Block(id="tree", title=words("plan.tree"), headline=words("plan.no_match"))
    drawn = _stacks(frame, words)
    told = _headline(catalog, state, frame, counts, words)
    tones = [
        Tone(key, SIGNS[key], words(f"plan.is_{key}"), *FILLS[key], hatched=key == "unmeasurable")
        for key in STANDINGS
        if counts[key]
    ]
    figure = stacks(drawn, tones, words.lang)
    return Block(
        id="tree",
        title=words("plan.tree"),
        measure=words("plan.tree_measure", year=state.year, period=found.plan.period),
        headline=told,
        frame=frame,
        chart=Chart(figure, stacks_height(drawn), words("plan.tree_alt", told=told)) if tones else None,
        source=plan_source(catalog, found.plan, str(state.year), words),
        notes=(words("plan.tree_note"), words(f"plan.note_{state.show}"), words("plan.own_targets")),
        legend=_legend(catalog, frame, counts, words),
        body=str(render("plan_forms.html", words, href=address(f"/indir/plan/tree.{FORM}", state.query()))),
        twin_open=True,
        style="tree",
        forms=(FORM,),
    )  # fmt: skip


def _stacks(frame: Frame, words: Words) -> list[Stack]:
    """The plan and its goals; of an opened goal its objectives, of an opened objective that alone."""
    nodes = [row for row in frame if row["tier"] != INDICATOR]
    objectives = [row for row in nodes if row["tier"] == OBJECTIVE]
    if not any(row["tier"] == PLAN for row in nodes):
        nodes = nodes if len(objectives) > 1 else objectives
    else:
        nodes = [row for row in nodes if row["tier"] != OBJECTIVE]
    return [_stack(row, frame, words) for row in nodes]


def _stack(node: Row, frame: Frame, words: Words) -> Stack:
    key = {PLAN: None, OBJECTIVE: "objective_code"}.get(node["tier"], "goal_code")
    below = [row for row in frame if row["tier"] == INDICATOR and (key is None or row[key] == node["code"])]
    name = node["label"] if node["tier"] == PLAN else f"{node['code']} {node['label']}"
    coverage = 0.0 if node["coverage"] is None else node["coverage"]
    share = numbers.realised(coverage, words.lang)
    perf = words(f"plan.is_{node['standing']}")
    if node["perf_shown"] is not None:
        perf = numbers.realised(node["perf_shown"], words.lang)
    return Stack(
        name=name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…",
        short=node["code"] if node["tier"] != PLAN else words("plan.whole_short"),
        counts=dict(Counter(row["standing"] for row in below)),
        text=words("plan.stack_end", perf=perf, share=share) if coverage else perf,
        short_text=perf,
        is_total=node["tier"] == PLAN,
    )


def _headline(catalog: Catalog, state: PlanState, frame: Frame, counts: Counter[str], words: Words) -> str:
    """How the indicators stand, and what the whole of what is shown comes to."""
    total = sum(counts.values())
    if not total and state.standing:
        return words("plan.no_match")
    top = next(row for row in frame if state.standing or row.get("key") == state.opened)
    name = words("plan.whole") if top["tier"] == PLAN else top["code"]
    if not total:
        return words("plan.no_indicator", name=name)
    city = located(words.of(catalog.cities[state.city], "name"), words.lang)
    told = words("plan.headline", city=city, year=state.year, n=total, counts=counted(counts, words))
    if state.standing:
        return told
    share = numbers.realised(top["coverage"] or 0.0, words.lang)
    if top["standing"] == "mid":
        return f"{told} {words('plan.headline_within', name=name)}"
    if top["perf_shown"] is None:
        return f"{told} {words('plan.headline_uncovered', name=name, share=share)}"
    perf = numbers.realised(top["perf_shown"], words.lang)
    return f"{told} {words('plan.headline_perf', name=name, perf=perf, share=share)}"


def _legend(
    catalog: Catalog, frame: Frame, counts: Counter[str], words: Words
) -> tuple[tuple[str, str], ...]:
    """What occurs: sign, word and meaning, bands with their bounds, which are nobody's official ones."""
    bands = list(catalog.plans.bands.items())
    made = []
    for key in STANDINGS:
        if not counts[key]:
            continue
        meaning = words(f"plan.why_{key}") if key not in catalog.plans.bands else _band(bands, key, words)
        made.append((f"st-{key}", f"{SIGNS[key]} {words(f'plan.is_{key}')}: {meaning}"))
    if any(row["standing"] == "insufficient" for row in frame):
        told = f"{words('plan.is_insufficient')}: {words('plan.why_insufficient')}"
        made.append(("st-insufficient", f"{SIGNS['insufficient']} {told}"))
    if any(key in catalog.plans.bands for key in counts):
        made.append(("blank", words("plan.bands_unofficial")))
    return tuple(made)


def _band(bands: list[tuple[str, float]], key: str, words: Words) -> str:
    """%100 ve üzeri; %75–%100 arası; %50'nin altında."""
    at = next(i for i, (name, _) in enumerate(bands) if name == key)
    low = numbers.realised(bands[at][1], words.lang)
    if at == 0:
        return words("plan.band_from", low=low)
    high = numbers.realised(bands[at - 1][1], words.lang)
    if at == len(bands) - 1:
        return words("plan.band_below", high=high)
    return words("plan.band_between", low=low, high=high)
