"""The table of the method page on how each mirrored service is read: from the catalogue, nothing of it from code."""

from __future__ import annotations

from collections import Counter

from dashboard.catalog import Catalog, Service
from dashboard.frame import Column, Frame, Row
from dashboard.state import address
from dashboard.text import Words
from dashboard.views.mirror_spends import function_name
from dashboard.views.values import lang_query


def services_frame(catalog: Catalog, words: Words) -> Frame:
    """One row a service: its functions, what it was asked, how many objectives name it, and its need."""
    objectives = Counter(node.service_id for own in catalog.plans.nodes.values() for node in own)
    rows = tuple(_row(service, catalog, objectives[service.service_id], words) for service in catalog.mirrors)
    return Frame(
        (
            Column("name", words("mirror.service"), "place", in_file=False),
            Column("service_id", words("satisfaction.file_service_id"), on_screen=False),
            Column("service", words("satisfaction.file_service"), on_screen=False),
            Column("functions", words("mirror.functions")),
            Column("questions", words("mirror.questions")),
            Column("objectives", words("mirror.tagged"), "plain"),
            Column("need", words("mirror.needs_what"), href="need_href"),
        ),
        rows,
        caption=words("mirror.defined"),
    )


def _row(service: Service, catalog: Catalog, objectives: int, words: Words) -> Row:
    need = catalog.indicators.get(service.need_indicator_id or "")
    asked = {
        words.of(one, "label")
        for one in catalog.surveys.questions.values()
        if one.service_id == service.service_id and one.aspect == "satisfaction"
    }
    query = lang_query(words)
    return {
        "service_id": service.service_id,
        "name": words.of(service, "label"),
        "service": words.of(service, "label"),
        "sub": words.of(service, "responsible"),
        "href": address(f"/hizmet/{service.service_id}", query),
        "functions": ", ".join(function_name(code, catalog, words) for code in service.functions)
        or words("mirror.short_no_function"),
        "questions": ", ".join(sorted(asked)) or words("mirror.short_not_asked"),
        "objectives": objectives,
        "need": words.of(need, "label") if need else words("mirror.short_no_need"),
        "need_href": address(f"/gosterge/{need.indicator_id}", query) if need else "",
    }
