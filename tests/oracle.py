"""Results computed elsewhere (R, TÜİK) for our numbers to equal; a user's machine has none of them."""

import csv
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SHARED = Path(os.environ.get("KARNE_SHARED", Path(__file__).parents[2] / "shared"))
FIXTURE = SHARED / "fixtures" / "methods"
OFFICIAL = SHARED / "data" / "official"
needs_shared = pytest.mark.skipif(
    not FIXTURE.is_dir(), reason="the reference inputs (KARNE_SHARED) are absent"
)


def composite_fixture(name):
    """One table of R's composite results by its short name."""
    return pd.read_csv(FIXTURE / f"composite_{name}.csv", index_col=0)


def composite_reference():
    """(values, reversed indicators, weights, expected scores) of R's composite results."""
    meta = composite_fixture("meta")
    turned = set(meta.index[meta["positive"] == 0])
    return composite_fixture("input"), turned, meta["weight"], composite_fixture("expected")


def assert_equal(found, expected, rel=1e-9):
    """Same missing cells, and every other cell within `rel` of the oracle (exact where that is zero)."""
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    assert found.shape == expected.shape
    assert (np.isnan(found) == np.isnan(expected)).all()
    np.testing.assert_allclose(found, expected, rtol=rel, atol=0, equal_nan=True)


def cells_of(path):
    """The cells of a csv as text."""
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def assert_same_cells(path, reference, exact):
    """Two csv tables are the same cell by cell: header and the columns `exact` as text, the others within 1e-9."""
    (header, *found), (expected_header, *expected) = cells_of(path), cells_of(reference)
    assert header == expected_header
    for found_row, expected_row in zip(found, expected, strict=True):
        for column, cell, known in zip(header, found_row, expected_row, strict=True):
            if column in exact or not known:
                assert cell == known, (found_row, column)
            else:
                assert float(cell) == pytest.approx(float(known), rel=1e-9, abs=0), (found_row, column)
