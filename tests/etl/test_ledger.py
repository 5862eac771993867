"""The ledger: content-addressed, append-only, every file kept with its verdict."""

import json

import pytest

from etl.errors import FaultyInput
from etl.ledger import Ledger, sha256
from tests.etl.conftest import HEADER, as_csv


def rows(value):
    return [HEADER, *([f"tr-{plate:02d}", "population", "2024", value, ""] for plate in range(1, 82))]


def ledger(inbox):
    return Ledger(inbox.var / "ledger")


def journal(inbox):
    return (inbox.var / "ledger" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()


def test_a_file_is_kept_under_the_hash_of_its_bytes(inbox):
    path = inbox.put("population.csv", rows(5))
    inbox.build(received_from="Ayşe")
    (entry,) = ledger(inbox).entries.values()
    assert entry.file_id == sha256(path)
    assert (inbox.var / "ledger" / entry.file_id).read_bytes() == path.read_bytes()
    assert (entry.name, entry.submission) == ("population.csv", "inbox/population")
    assert (entry.received_from, entry.edition, entry.supersedes) == ("Ayşe", 1, None)
    assert (entry.verdict, entry.rows_read, entry.rows_accepted, entry.rows_rejected) == (
        "accepted",
        81,
        81,
        0,
    )


def test_the_same_bytes_twice_are_one_file_with_its_first_receipt(inbox):
    inbox.put("population.csv", rows(5))
    inbox.build(received_from="Ayşe")
    once = journal(inbox)
    inbox.build(received_from="Fatma")
    assert journal(inbox) == once
    assert len(list((inbox.var / "ledger").iterdir())) == 2  # the file and the journal


def test_a_corrected_file_is_a_new_edition_and_the_old_one_stays(inbox):
    first = sha256(inbox.put("population.csv", rows(5)))
    inbox.build()
    second = sha256(inbox.put("population.csv", rows(6)))
    inbox.build()
    old, new = ledger(inbox).editions("inbox/population")
    assert [(one.file_id, one.edition, one.supersedes) for one in (old, new)] == [
        (first, 1, None), (second, 2, first),
    ]  # fmt: skip
    assert (inbox.var / "ledger" / first).read_bytes() == as_csv(rows(5))


def test_a_line_once_written_is_never_changed(inbox):
    inbox.put("population.csv", rows(5))
    inbox.build()
    before = journal(inbox)
    inbox.put("population.csv", rows(6))
    inbox.build()
    assert journal(inbox)[: len(before)] == before


def test_a_rejected_file_is_kept_with_its_verdict(inbox):
    path = inbox.put("population.csv", as_csv([["a", "b"], ["1", "2"]]))
    with pytest.raises(FaultyInput):
        inbox.build()
    (entry,) = ledger(inbox).entries.values()
    assert entry.verdict == "rejected"
    assert (inbox.var / "ledger" / sha256(path)).exists()


def test_counts_of_a_file_with_faulty_rows(inbox):
    inbox.put(
        "population.csv", [*rows(5), ["Klis", "population", "2023", "5", ""], ["Klis", "x", "2023", "5", ""]]
    )
    inbox.build(with_rejects=True)
    (entry,) = ledger(inbox).entries.values()
    assert (entry.verdict, entry.rows_read, entry.rows_accepted, entry.rows_rejected) == (
        "accepted_with_rejects", 83, 81, 2,
    )  # fmt: skip


def test_a_kept_file_cannot_be_written_to(inbox):
    inbox.put("population.csv", rows(5))
    inbox.build()
    (entry,) = ledger(inbox).entries.values()
    assert ledger(inbox).path_of(entry.file_id).stat().st_mode & 0o222 == 0


def test_a_line_cut_short_by_a_crash_is_passed_over(inbox):
    inbox.put("population.csv", rows(5))
    inbox.build()
    path = inbox.var / "ledger" / "ledger.jsonl"
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"file_id": "abc", "subm')
    inbox.put("population.csv", rows(6))
    inbox.build()
    assert [one.edition for one in ledger(inbox).editions("inbox/population")] == [1, 2]
    assert json.loads(journal(inbox)[-1])["edition"] == 2
