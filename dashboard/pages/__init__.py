"""Pages as values, in menu order; a page appears by being listed here."""

from dashboard.page import Page
from dashboard.pages import (
    catalogue,
    compare,
    indicator,
    method,
    mirror,
    mirror_service,
    monitoring,
    overview,
    plan,
    rights,
    satisfaction,
    spending,
)
from dashboard.pages import map as map_page

PAGES: tuple[Page, ...] = tuple(
    sorted(
        (
            overview.PAGE,
            satisfaction.PAGE,
            compare.PAGE,
            map_page.PAGE,
            spending.PAGE,
            plan.PAGE,
            mirror.PAGE,
            mirror_service.PAGE,
            rights.PAGE,
            indicator.PAGE,
            monitoring.PAGE,
            method.PAGE,
            catalogue.PAGE,
        ),
        key=lambda page: page.order,
    )
)
