"""What views read from: the warehouse and the catalogue of the same generation.

Answers are kept as long as the generation is served; every caller gets rows of its own and may change them.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from dashboard.catalog import Catalog
from dashboard.warehouse import Row, Warehouse

MOST_ROWS = 60_000
MOST_MADE = 30_000
MOST_DESCRIBED = 20_000


class Answers:
    """Rows by question and parameters, at most `room` rows: what was not asked for longest goes first."""

    def __init__(self, room: int = MOST_ROWS) -> None:
        self._room = room
        self._kept: OrderedDict[tuple[str, bytes], list[Row]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, bytes]) -> list[Row] | None:
        """The kept rows themselves."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: tuple[str, bytes], rows: list[Row]) -> None:
        """Keep rows, unless they alone would fill a quarter of the room."""
        with self._lock:
            if key in self._kept or len(rows) > self._room // 4:
                return
            self._kept[key] = rows
            self._size += len(rows) + 1
            while self._size > self._room:
                self._size -= len(self._kept.popitem(last=False)[1]) + 1


class Described(dict[tuple[object, ...], Row]):
    """What views work out of one value and the catalogue, by all it depends on; started anew when full."""

    def keep(self, key: tuple[object, ...], row: Row) -> None:
        """Keep one row; it is shared, so nobody may change it."""
        if len(self) >= MOST_DESCRIBED:
            self.clear()
        self[key] = row


@dataclass(frozen=True)
class Data:
    """One generation; a view gets it whole, so no page can mix two releases."""

    warehouse: Warehouse
    catalog: Catalog
    described: Described = field(default_factory=Described, repr=False, compare=False)
    _answers: Answers = field(default_factory=Answers, repr=False, compare=False)
    _made: Answers = field(default_factory=lambda: Answers(MOST_MADE), repr=False, compare=False)

    def rows(self, question: str, **parameters: object) -> list[Row]:
        """Rows of queries/<question>.sql."""
        key = (question, orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS))
        found = self._answers.get(key)
        if found is None:
            found = self.warehouse.rows(question, **parameters)
            self._answers.keep(key, found)
        return [dict(row) for row in found]

    def made(self, name: str, build: Callable[[], list[Row]], **depends: object) -> list[Row]:
        """Rows a view works out, by all they depend on; they are shared, so nobody may change them."""
        key = (name, orjson.dumps(depends, option=orjson.OPT_SORT_KEYS))
        found = self._made.get(key)
        if found is None:
            found = build()
            self._made.keep(key, found)
        return found
