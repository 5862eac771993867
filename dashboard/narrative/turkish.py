"""Turkish case endings for proper names: Muş'ta, İzmir/Bornova'da, Kırklareli'nde.

Names that are possessive compounds (Kocaeli, Beyoğlu, Gölbaşı) take a buffer n; they are recognised by
their last word, so Tunceli, which is none, stays Tunceli'de.
"""

_VOWELS = "aeıioöuü"
_HARD = "çfhkpsşt"
_APOSTROPHE = "\u2019"
_COMPOUNDS = (
    "lareli", "aeli", "oğlu", "başı", "ağzı", "önü", "dağı", "köyü", "pınarı", "kapısı", "tepesi", "yakası",
    "deresi", "çayı", "gölü", "suyu", "kalesi", "konağı", "ovası", "burnu",
)  # fmt: skip


def _last_vowel(name: str) -> str:
    lowered = name.replace("I", "ı").replace("İ", "i").lower()
    return next((letter for letter in reversed(lowered) if letter in _VOWELS), "e")


def locative(name: str) -> str:
    """`name` with -da/-de/-ta/-te: where something is."""
    vowel = "a" if _last_vowel(name) in "aıou" else "e"
    if name.endswith(_COMPOUNDS):
        return f"{name}{_APOSTROPHE}nd{vowel}"
    consonant = "t" if name[-1:].lower() in _HARD else "d"
    return f"{name}{_APOSTROPHE}{consonant}{vowel}"
