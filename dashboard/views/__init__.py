"""State -> View: the one place where a page's figures are put together.

First HTML, callback and export all call the same view, so chart, table, sentence and file cannot
disagree. Views know no Dash and no HTML.
"""
