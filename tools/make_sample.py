"""Writes data/sample: the made-up survey waves of the pilots, to try every page before a real survey arrives.

Columns and codes come from the waves in etl/registry/surveys; files are the same byte for byte on every run.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import xlsxwriter
from sample_answers import Opinions
from sample_people import Visit, people

from etl import registry
from etl.registry import Registry
from etl.survey_entries import Group, Item, Wave

OUTPUT = Path(__file__).resolve().parents[1] / "data" / "sample"
SHEET, ABOUT = "yanitlar", "aciklama"
MADE_UP = "SENTETİK / SYNTHETIC (Kent Karnesi)"
SAV_STAMP = (92, b"01 Jan 2600:00:00")
"""Where an SPSS file has the time it was written (day and time, 9 and 8 bytes), and what stands there instead."""
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """How a wave is made: the range its interviews a city are drawn from, and what is amiss with its file."""

    wave_id: str
    fewest: int
    most: int
    has_trouble: bool = False


PLANS = (
    Plan("ornek_2024", 180, 400),
    Plan("ornek_2026", 200, 640, has_trouble=True),
    Plan("ornek_siirt_2026", 450, 450),
    Plan("ornek_bornova_acik_2026", 600, 600),
)
FEW_AT = 5
"""Where in the roster the smallest samples are taken, with few disabled people and few who get social support."""
SCALE_LABELS = {
    "satisfaction": ("Hiç memnun değilim", "Çok memnunum"),
    "importance": ("Hiç önemli değil", "Çok önemli"),
}
YES_NO_LABELS = ("Evet", "Hayır")
SILENT_LABELS = ("Fikrim yok", "Yanıt vermek istemiyorum", "Belirtilmedi")
COLUMN_LABELS = {
    "weight": "Ağırlık",
    "stratum": "Tabaka",
    "psu": "Mahalle",
    "psu_total": "Tabakadaki mahalle sayısı",
}
DESIGN = {"weight": "weight", "stratum": "stratum", "psu": "unit", "psu_total": "units_of_stratum"}


def sample_wave(plan: Plan, known: Registry) -> pd.DataFrame:
    """The rows of a wave's file, numbers only, in the file's order of columns."""
    wave = known.surveys[plan.wave_id]
    positions = {one.city_id: one.position for one in known.positions}
    if wave.city_column:
        places = {float(each.code): positions[each.city_id] for each in wave.city_column.codes}
    else:
        places = {0.0: positions[str(wave.city_id)]}
    parts = []
    for code, position in places.items():
        visit = _visit(plan, wave, position)
        asked = people(visit)
        part = pd.concat([_who(asked, wave), Opinions(visit, asked).answers(wave)], axis=1)
        if wave.city_column:
            part.insert(0, wave.city_column.column, code)
        parts.append(part)
    every = pd.concat(parts, ignore_index=True)
    every.insert(0, wave.respondent, np.arange(1.0, len(every) + 1))
    return _troubled(every, wave) if plan.has_trouble else every


def _visit(plan: Plan, wave: Wave, position: int) -> Visit:
    is_open, has_few = wave.mode == "open_link", position == FEW_AT
    drawn = Visit(position, wave.year, 0, is_open).rng(0).integers(plan.fewest, plan.most + 1)
    return Visit(position, wave.year, plan.fewest if has_few else int(drawn), is_open, has_few)


def _who(asked: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Design and groups under the names and codes that the wave declares."""
    made = {}
    for part, source in DESIGN.items():
        if column := getattr(wave.design, part):
            made[column] = asked[source].astype(float)
    for group in wave.groups:
        if group.categories[0].codes:
            code = {one.category_id: float(one.codes[0]) for one in group.categories}
            values = asked[group.group_id].map(code)
        else:
            values = asked["age"].astype(float).where(asked[group.group_id].notna())
        made[group.column] = values.fillna(float(group.not_stated[0]))
    return pd.DataFrame(made)


def _troubled(every: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """The same with what goes wrong in the field: lost and zero weights, a number given twice, rows sent twice."""
    rows = np.random.default_rng([wave.year, len(every)]).choice(len(every), 14, replace=False)
    weight, number = str(wave.design.weight), wave.respondent
    every.loc[rows[:5], weight] = np.nan
    every.loc[rows[5:10], weight] = 0.0
    every.loc[every.index[1], number] = every[number].iloc[0]
    return pd.concat([every, every.loc[np.sort(rows[10:14])]], ignore_index=True)


def value_labels(wave: Wave, known: Registry) -> dict[str, dict[float, str]]:
    """What the codes of each column mean, in Turkish."""
    labels = {item.column: _item_labels(item, wave) for item in wave.items}
    if wave.city_column:
        names = {float(each.code): known.cities[each.city_id].name_tr for each in wave.city_column.codes}
        labels[wave.city_column.column] = names
    return labels | {group.column: _group_labels(group) for group in wave.groups}


def _item_labels(item: Item, wave: Wave) -> dict[float, str]:
    scale = wave.scale_of(item)
    ends = SCALE_LABELS.get(item.aspect, YES_NO_LABELS)
    codes = (scale.lowest, scale.highest, scale.no_opinion[0], int(scale.refused[0]))
    return dict(zip(map(float, codes), (*ends, *SILENT_LABELS[:2]), strict=True))


def _group_labels(group: Group) -> dict[float, str]:
    labels = {float(code): one.label_tr for one in group.categories for code in one.codes}
    return labels | {float(code): SILENT_LABELS[2] for code in group.not_stated}


def column_labels(wave: Wave) -> dict[str, str]:
    """What each column asks or holds, in Turkish."""
    labels = {wave.respondent: "Anket numarası"}
    if wave.city_column:
        labels[wave.city_column.column] = "Kent"
    for part, text in COLUMN_LABELS.items():
        if column := getattr(wave.design, part):
            labels[column] = text
    labels |= {group.column: group.label_tr for group in wave.groups}
    return labels | {item.column: item.question_tr for item in wave.items}


def write_sav(frame: pd.DataFrame, wave: Wave, known: Registry, path: Path) -> None:
    """An SPSS file with labels, small and without the time of writing."""
    weight = wave.design.weight
    pyreadstat.write_sav(
        frame,
        path,
        file_label=MADE_UP,
        column_labels={**column_labels(wave)},
        row_compress=True,
        note=[wave.title_tr, wave.consent_tr],
        variable_value_labels=value_labels(wave, known),
        variable_format={name: "F8.3" if name == weight else "F5.0" for name in map(str, frame)},
    )
    content = bytearray(path.read_bytes())
    start, stamp = SAV_STAMP
    content[start : start + len(stamp)] = stamp
    path.write_bytes(content)


def write_xlsx(frame: pd.DataFrame, wave: Wave, known: Registry, path: Path) -> None:
    """A workbook with a sheet of answers and a sheet that says what the columns and codes are."""
    labels, codes = column_labels(wave), value_labels(wave, known)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": MADE_UP, "created": STAMP})
        sheet, about = book.add_worksheet(SHEET), book.add_worksheet(ABOUT)
        sheet.write_row(0, 0, frame.columns)
        for line, row in enumerate(frame.itertuples(index=False), start=1):
            for place, value in enumerate(row):
                if not np.isnan(value):
                    sheet.write_number(line, place, value)
        about.write_row(0, 0, (MADE_UP, f"{wave.title_tr}. {wave.consent_tr}"))
        for line, column in enumerate(frame.columns, start=2):
            told = " · ".join(f"{code:g} {text}" for code, text in codes.get(column, {}).items())
            about.write_row(line, 0, (column, labels[column], told))


def main() -> None:
    """Write every sample wave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUTPUT)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    known = registry.load()
    for plan in PLANS:
        wave = known.surveys[plan.wave_id]
        write, ending = (write_sav, "sav") if wave.city_column else (write_xlsx, "xlsx")
        frame = sample_wave(plan, known)
        path = folder / f"{plan.wave_id}.{ending}"
        write(frame, wave, known, path)
        print(f"{path.name}: {len(frame)} x {len(frame.columns)}, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
