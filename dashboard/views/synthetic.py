"""Made-up figures say so in every sentence, description and table of a page, not in the source line alone."""

from dataclasses import replace

from dashboard.page import Block, Chart, View
from dashboard.text import Words


def marked(view: View, words: Words) -> View:
    """The view with the word on each block whose source line has it."""
    return replace(view, blocks=tuple(_marked(block, words) for block in view.blocks))


def _marked(block: Block, words: Words) -> Block:
    if block.source is None or not block.source.synthetic:
        return block
    frame, chart = block.frame, block.chart
    return replace(
        block,
        headline=_told(block.headline, words),
        frame=frame and replace(frame, caption=_told(frame.caption, words)),
        chart=chart and Chart(chart.figure, chart.height, _told(chart.alt, words)),
    )


def _told(text: str, words: Words) -> str:
    return f"{text} [{words('source.synthetic')}]" if text else text
