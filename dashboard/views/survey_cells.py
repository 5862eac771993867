"""One estimate as the columns of a frame: what components/survey.py draws and what a file writes, from one row."""

from __future__ import annotations

from dashboard.frame import Column, Row, filed
from dashboard.text import Words
from dashboard.views.survey_values import percent, range_text, state_text

NOTHING: Row = {
    "share": None, "share_low": None, "share_high": None, "n": None, "wave_id": None, "rank": None,
}  # fmt: skip
"""What there is of a city, a group or a question without an estimate."""


def cell(key: str, row: Row | None, status: str, word: str, words: Words) -> Row:
    """The cell <key> of an estimate, or of none; `word` says why it is not simply shown."""
    told = row or NOTHING
    return {
        key: percent(told["share"]),
        f"{key}_low": percent(told["share_low"]),
        f"{key}_high": percent(told["share_high"]),
        f"{key}_range": range_text(told["share_low"], told["share_high"], words),
        f"{key}_n": told["n"],
        f"{key}_status": status,
        f"{key}_word": word,
        f"{key}_state": state_text(status, word, words),
    }


def cell_columns(key: str, label: str, share: str, words: Words) -> list[Column]:
    """The file's columns of the cell <key>, each under `label`; `share` is what the percentage is called."""
    named = {
        "": words(share),
        "_low": words("columns.lower"),
        "_high": words("columns.upper"),
        "_n": words("columns.n"),
        "_state": words("columns.status"),
    }
    return [filed(f"{key}{end}", f"{label}: {name}") for end, name in named.items()]
