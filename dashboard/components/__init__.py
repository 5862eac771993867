"""Reusable pieces of a page: HTML fragments (one renderer for first HTML and updates) and Dash shells."""
