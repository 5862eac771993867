"""The signs of value states, verdicts and targets, one place for cells, legends and charts; each beside its word."""

STATES = {
    "measured": "",
    "estimated": "≈",
    "provisional": "○",
    "suppressed": "▧",
    "not_collected": "–",
    "not_applicable": "·",
    "not_published": "◌",
    "low_reliability": "!",
    "break": "‖",
}
VERDICTS = {"lower": "▼", "higher": "▲", "unclear": "∼"}
STANDINGS = {
    "full": "✓",
    "high": "◐",
    "partial": "!",
    "low": "✕",
    "on_track": "▲",
    "behind": "▼",
    "mid": "○",
    "none": "–",
    "unmeasurable": "□",
    "insufficient": "◔",
}
