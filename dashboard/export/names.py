"""What a file is called: ASCII, and telling what is in it after it has left the site."""

import re
import unicodedata

from dashboard.frame import Frame

_DOTLESS = str.maketrans({"ı": "i", "İ": "i"})
LONGEST = 120


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; Turkish letters lose their marks."""
    folded = unicodedata.normalize("NFKD", text.translate(_DOTLESS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def stem(page: str, block: str, frame: Frame) -> str:
    """`kent-karnesi_karsilastir_ranking_satisfaction-cleaning_2013`, as far as the rows agree on it."""
    indicators = {str(row[key]) for key in ("indicator_id", "plan_id") for row in frame.rows if row.get(key)}
    periods = sorted({str(row["period"]) for row in frame.rows if row.get("period")})
    parts = ["kent-karnesi", slug(page), slug(block)]
    if len(indicators) == 1:
        parts.append(slug(indicators.pop()))
    if periods:
        parts.append(slug("-".join(dict.fromkeys((periods[0], periods[-1])))))
    return "_".join(part for part in parts if part)[:LONGEST]
