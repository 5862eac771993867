"""Runs the statements of this folder on one survey in memory; the only place here that opens DuckDB."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import duckdb
import pandas as pd

from etl.errors import Sentence
from etl.methods.survey.calibration import Margin, calibrated, group_columns

FOLDER = Path(__file__).with_name("sql")
MEMORY = "2GB"  # what does not fit waits on disk
POOL = "ALL"  # the name of all cities together


@dataclass(frozen=True)
class Scale:
    """Codes of an answer: what is valid, what counts as satisfied, what is no opinion.

    Where the satisfied codes are not the highest, they carry `lift` on top, and are valued without it.
    """

    lowest: int = 1
    highest: int = 5
    satisfied_from: int = 4
    no_opinion: int = 99
    lift: int = 0


class Engine:
    """A database in memory that lasts as long as the `with` block.

    With `margins`, weights are calibrated to them before anything is estimated; `notes` tell what came of it.
    """

    def __init__(self, margins: Sequence[Margin] = ()) -> None:
        self.margins, self.notes = margins, list[Sentence]()
        self._spill = TemporaryDirectory(prefix="karne-")
        self._connection = duckdb.connect(
            ":memory:", config={"memory_limit": MEMORY, "temp_directory": self._spill.name}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._spill.cleanup()

    def run(self, name: str, **values: object) -> pd.DataFrame:
        """Every statement of sql/<name>.sql with the values it names; the rows of the last one."""
        rows = pd.DataFrame()
        for statement in self._connection.extract_statements((FOLDER / f"{name}.sql").read_text("utf-8")):
            named = {key: value for key, value in values.items() if key in statement.named_parameters}
            rows = self._connection.execute(statement, named or None).df()
        return rows

    def load(self, rows: pd.DataFrame) -> None:
        """Fill the table raw from a frame in the layout of microdata.py, all text, None where missing."""
        self._connection.register("incoming", rows)
        self.run("load")

    def moments(self, scale: Scale, unreported: str) -> None:
        """From the cleaned rows to the tables moment, cell and score; FaultyInput where a margin cannot be met."""
        values = {**asdict(scale), "unreported": unreported, "pool": POOL}
        self.run("clean", **values)
        if self.margins:
            made = calibrated(self.run("class", groups=group_columns(self.margins), **values), self.margins)
            self._connection.register("factor", made.factors)
            self._connection.register("projection", made.projection)
            self.notes = made.notes
        steps = ("weigh", "moment", "cell", "by_class", "moment", "residual")
        for name in steps if self.margins else ("moment", "cell", "score"):
            self.run(name, **values)

    def contrasts(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """id, v and df of each pair of cells (sql/contrast.sql says what a pair names)."""
        self._connection.register("contrast", pairs)
        return self.run("contrast")
