"""Turkish case endings for proper names: Muş'ta, İzmir/Bornova'da, Kırklareli'nde.

Place names ending in a possessive compound (Kırklareli) take the buffer n; they are named in the
catalogue's text as such and recognised here by the ending -eli after a consonant stem.
"""

_VOWELS = "aeıioöuü"
_HARD = "çfhkpsşt"
_APOSTROPHE = "\u2019"
_COMPOUNDS = ("eli", "Eli")


def _last_vowel(name: str) -> str:
    lowered = name.replace("I", "ı").replace("İ", "i").lower()
    return next((letter for letter in reversed(lowered) if letter in _VOWELS), "e")


def _ends_in_vowel(name: str) -> bool:
    return name.replace("I", "ı").replace("İ", "i").lower()[-1:] in _VOWELS


def locative(name: str) -> str:
    """`name` with -da/-de/-ta/-te: where something is."""
    vowel = "a" if _last_vowel(name) in "aıou" else "e"
    if name.endswith(_COMPOUNDS):
        return f"{name}{_APOSTROPHE}nd{vowel}"
    consonant = "t" if name[-1:].lower() in _HARD else "d"
    return f"{name}{_APOSTROPHE}{consonant}{vowel}"


def genitive(name: str) -> str:
    """`name` with -(n)ın/-in/-un/-ün: whose something is."""
    vowel = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "i": "i", "ö": "ü", "ü": "ü"}[
        _last_vowel(name)
    ]
    buffer = "n" if _ends_in_vowel(name) else ""
    return f"{name}{_APOSTROPHE}{buffer}{vowel}n"
