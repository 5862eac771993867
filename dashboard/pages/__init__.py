"""Pages as values, in menu order; a page appears by being listed here."""

from dashboard.page import Page
from dashboard.pages import compare, indicator, overview

PAGES: tuple[Page, ...] = tuple(sorted((overview.PAGE, compare.PAGE, indicator.PAGE), key=lambda page: page.order))
