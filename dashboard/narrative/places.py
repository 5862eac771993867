"""Place names inside a sentence, in the case the language asks for."""

from dashboard.narrative import turkish


def located(name: str, lang: str) -> str:
    """`Muş'ta` in Turkish, the bare name in English."""
    return turkish.locative(name) if lang == "tr" else name
