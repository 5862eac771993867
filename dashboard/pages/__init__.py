"""Pages as values, in menu order; a page appears by being listed here."""

from dashboard.page import Page
from dashboard.pages import compare

PAGES: tuple[Page, ...] = tuple(sorted((compare.PAGE,), key=lambda page: page.order))
