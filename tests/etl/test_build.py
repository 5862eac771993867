"""What a build promises whatever it is given: checked, published in one step, the last three kept."""

import stat

import duckdb
import pytest

from etl.errors import ChecksFailed, FaultyInput, KarneError
from etl.generations import one_build_at_a_time
from tests.etl.conftest import HEADER


def a_good_file(inbox):
    return inbox.put(
        "population.csv",
        [HEADER, *([f"tr-{plate:02d}", "population", "2024", plate, ""] for plate in range(1, 82))],
    )


def test_the_last_three_generations_are_kept(inbox):
    a_good_file(inbox)
    built = [inbox.build() for _ in range(4)]
    for shelf in ("warehouse", "releases"):
        left = sorted(path.stem for path in (inbox.var / shelf).glob("*.duckdb"))
        assert left == [one.release_id for one in built[1:]]
        assert inbox.current(shelf) == built[-1].release_id


def test_a_generation_is_read_only_and_never_replaced_in_place(inbox):
    a_good_file(inbox)
    first = inbox.build()
    inode = first.warehouse.stat().st_ino
    with duckdb.connect(str(first.warehouse), read_only=True) as reader:
        inbox.build()
        assert reader.execute("SELECT count(*) FROM meta.release").fetchone() == (1,)
    assert first.warehouse.stat().st_ino == inode
    assert stat.S_IMODE(first.warehouse.stat().st_mode) == 0o444


def test_a_failing_check_leaves_the_old_file_in_service(inbox):
    a_good_file(inbox)
    inbox.build()
    before = inbox.current()
    inbox.put(
        "index.csv",
        [HEADER, ["tr-01", "life_index_housing", "2015", "0.5", ""]],
        source="tuik_life_index_2015",
    )
    with pytest.raises(ChecksFailed) as failed:
        inbox.build()
    assert "published_index_is_reproduced" in failed.value.broken[0].tr
    assert inbox.current() == before
    assert not list((inbox.var / "warehouse").glob("*.tmp*"))


def test_a_collapse_of_the_number_of_values_is_a_mistake(inbox):
    a_good_file(inbox)
    inbox.build()
    inbox.put("population.csv", [HEADER, ["tr-01", "population", "2024", "5", ""]])
    with pytest.raises(ChecksFailed) as failed:
        inbox.build()
    assert failed.value.broken[0].tr.startswith("Değer sayısı")
    inbox.build(may_shrink=True)


def test_rejected_rows_are_published_as_rejected_only_on_request(inbox):
    inbox.put("a.csv", [HEADER, ["Ankra", "satisfaction_cleaning", "2013", "5", ""],
                        ["tr-01", "satisfaction_cleaning", "2013", "60", ""]])  # fmt: skip
    with pytest.raises(FaultyInput):
        inbox.build()
    built = inbox.build(with_rejects=True)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        rejects = connection.execute(
            "SELECT row_number, column_name, value, rule FROM meta.reject"
        ).fetchall()
        values = connection.execute("SELECT value FROM staging.observation").fetchall()
    assert rejects == [(2, "place", "Ankra", "unknown_place")]
    assert values == [(60.0,)]


def test_a_rejected_edition_falls_back_to_the_last_accepted_one(inbox):
    a_good_file(inbox)
    inbox.build()
    inbox.put("population.csv", b"")
    built = inbox.build(with_rejects=True)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM staging.observation").fetchone() == (82,)
        files = connection.execute("SELECT edition, verdict FROM meta.file ORDER BY edition").fetchall()
    assert files == [(1, "accepted"), (2, "rejected")]


def test_progress_is_told_step_by_step(inbox):
    a_good_file(inbox)
    inbox.build()
    assert [told.tr[:3] for told in inbox.said] == [f"{step}/7" for step in range(1, 8)]


def test_two_builds_do_not_run_at_once(inbox):
    a_good_file(inbox)
    with one_build_at_a_time(inbox.var), pytest.raises(KarneError) as refused:
        inbox.build()
    assert refused.value.rule == "build_running"


def test_a_folder_nothing_may_be_written_to_is_one_sentence(inbox, monkeypatch):
    a_good_file(inbox)
    inbox.var.parent.joinpath("file").write_text("in the way")
    with pytest.raises(KarneError) as refused:
        inbox.build(var=inbox.var.parent / "file" / "var")
    assert refused.value.rule == "not_writable"


@pytest.mark.parametrize(
    ("manifest", "rule"),
    [
        (None, "manifest_missing"),
        ("files: [1]", "manifest_unreadable"),
        ("files: {a.csv: {layout: tidy}}", "manifest_unreadable"),
        ("files: {a.csv: {layout: tidy, source: nobody}}", "unknown_source"),
        ("files: {a.csv: {layout: nothing, source: tuik_adnks}}", "unknown_layout"),
        ("files: {a.csv: {layout: tidy, source: tuik_adnks, numbers: english}}", "unknown_numbers"),
        ("files: {", "manifest_unreadable"),
        ("files: {b.csv: {layout: tidy, source: tuik_adnks}}", "unreadable_file"),
    ],
)
def test_a_folder_that_does_not_say_what_it_holds_is_one_sentence(inbox, manifest, rule):
    inbox.folder.mkdir()
    (inbox.folder / "a.csv").write_text("a,b\n1,2\n")
    if manifest:
        (inbox.folder / "manifest.yml").write_text(manifest)
    with pytest.raises(KarneError) as refused:
        inbox.build()
    assert refused.value.rule == rule


def test_ids_grow_even_where_the_clock_was_set_back(inbox):
    a_good_file(inbox)
    first = inbox.build()
    future = first.warehouse.rename(first.warehouse.with_name("29991231T235958.duckdb"))
    (inbox.var / "warehouse" / "current").write_text(future.stem)
    assert inbox.build().release_id == "29991231T235959"
    assert inbox.current() == "29991231T235959"


def test_what_a_killed_build_left_is_removed_by_the_next(inbox):
    a_good_file(inbox)
    inbox.build()
    left = inbox.var / "warehouse" / "20200101T000000.duckdb.tmp.wal"
    left.write_text("half a warehouse")
    inbox.build()
    assert not left.exists()


def test_the_same_bytes_under_two_names_are_one_file(inbox):
    a_good_file(inbox)
    inbox.put("again.csv", (inbox.folder / "population.csv").read_bytes())
    with pytest.raises(FaultyInput):
        inbox.build()
    with duckdb.connect(str(inbox.build(with_rejects=True).warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM meta.file").fetchall() == [(1,)]
