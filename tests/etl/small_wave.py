"""A small wave and its rows, for tests of what happens to a survey file."""

from collections import Counter

import pandas as pd

from etl.errors import Fault
from etl.survey_entries import Category, Design, Group, Item, Scale, Wave

FIVE = Scale(
    scale_id="five",
    lowest=1,
    highest=5,
    direction="higher",
    satisfied=(4, 5),
    no_opinion=(99,),
    refused=("98",),
)


def item(column: str, **told: object) -> Item:
    texts = {"label_tr": "Çöp", "label_en": "Refuse", "question_tr": "?", "question_en": "?", "version": "1"}
    return Item(item_id=column, column=column, scale_id="five", **(texts | told))  # type: ignore[arg-type]


SEX = Group(
    group_id="sex",
    column="cinsiyet",
    label_tr="Cinsiyet",
    label_en="Sex",
    categories=(
        Category(category_id="women", label_tr="Kadın", label_en="Women", codes=("K", "1")),
        Category(category_id="men", label_tr="Erkek", label_en="Men", codes=("E", "2")),
    ),
    not_stated=("9",),
)
AGE = Group(
    group_id="age",
    column="yas",
    label_tr="Yaş",
    label_en="Age",
    categories=(
        Category(category_id="18-29", label_tr="18–29", label_en="18–29", lowest=18, highest=29),
        Category(category_id="30-plus", label_tr="30+", label_en="30+", lowest=30, highest=120),
    ),
)
TEXTS = ("title", "agency", "consent", "licence")
WAVE = Wave(
    wave_id="w2025",
    year=2025,
    city_id="adana",
    is_synthetic=True,
    mode="sample",
    questionnaire="1",
    respondent="id",
    design=Design(weight="w", stratum="tabaka", psu="mahalle", psu_total="toplam"),
    scales=(FIVE,),
    items=(item("s1"), item("s2")),
    groups=(SEX, AGE),
    **{f"{name}_{lang}": name for name in TEXTS for lang in ("tr", "en")},  # type: ignore[arg-type]
)
ROWS = pd.DataFrame(
    {
        "id": [1.0, 2.0, 3.0, 4.0],
        "w": [1.5, 0.0, 2.0, None],
        "tabaka": [1.0, 1.0, 2.0, 2.0],
        "mahalle": [1.0, 2.0, 1.0, 1.0],
        "toplam": [40.0, 40.0, 12.0, 12.0],
        "cinsiyet": [1.0, 2.0, 9.0, None],
        "yas": [18.0, 29.0, 30.0, 84.0],
        "s1": [1.0, 5.0, 99.0, 98.0],
        "s2": [4.0, None, 3.0, 2.0],
    }
)


def told(faults: list[Fault]) -> Counter[tuple[str | None, str, str | None]]:
    return Counter((one.column, one.rule, one.value) for one in faults)
