"""The signs of value states and verdicts, one place for cells, legends and charts; each stands beside its word."""

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
