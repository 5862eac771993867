"""Every file ever received, by the hash of its content; nothing in the ledger is overwritten or removed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One receipt, as meta.file has it. ``submission`` is the slot a file fills; editions count in it."""

    file_id: str
    submission: str
    name: str
    bytes: int
    encoding: str | None
    received_at: str
    received_from: str | None
    edition: int
    supersedes: str | None
    verdict: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int

    @property
    def is_accepted(self) -> bool:
        """Whether anything of the file may be used."""
        return self.verdict != "rejected"


class Ledger:
    """The folder of received files and ``ledger.jsonl``, to which lines are only ever added.

    A file whose content is known keeps its first receipt; when it is judged again (a later registry knows
    more names) a new line with the new verdict is added and the last line counts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / "ledger.jsonl"
        self.entries: dict[tuple[str, str], Entry] = {}
        for entry in self.lines():
            self.entries[entry.submission, entry.file_id] = entry

    def lines(self) -> Iterator[Entry]:
        """Every line of the journal, oldest first; one that a crash cut short was never a receipt."""
        if self.journal.exists():
            for line in self.journal.read_text(encoding="utf-8").splitlines():
                with suppress(json.JSONDecodeError):
                    yield Entry(**json.loads(line))

    def keep(self, path: Path) -> str:
        """Store the file at ``path`` under its sha256 and give that; known content is not stored again."""
        file_id = sha256(path)
        kept = self.path_of(file_id)
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            arriving = kept.with_suffix(".arriving")
            shutil.copyfile(path, arriving)
            arriving.chmod(0o444)
            arriving.replace(kept)
        return file_id

    def path_of(self, file_id: str) -> Path:
        """Where the content with this hash is kept."""
        return self.folder / file_id

    def editions(self, submission: str) -> list[Entry]:
        """The editions of a submission, first to last."""
        found = [entry for (name, _), entry in self.entries.items() if name == submission]
        return sorted(found, key=lambda entry: entry.edition)

    def waiting(self) -> list[Entry]:
        """The newest edition of each submission, where it was not accepted whole."""
        newest = {entry.submission: self.editions(entry.submission)[-1] for entry in self.entries.values()}
        return [entry for entry in newest.values() if entry.verdict != "accepted"]

    def record(self, entry: Entry) -> Entry:
        """Add a receipt with its verdict; gives the entry with its edition and first receipt filled in."""
        known = self.entries.get((entry.submission, entry.file_id))
        earlier = [one for one in self.editions(entry.submission) if one.file_id != entry.file_id]
        last = earlier[-1] if earlier else None
        kept = Entry(
            **{
                **asdict(entry),
                "received_at": known.received_at if known else entry.received_at,
                "received_from": known.received_from if known else entry.received_from,
                "edition": known.edition if known else (last.edition + 1 if last else 1),
                "supersedes": known.supersedes if known else (last.file_id if last else None),
            }
        )
        if kept != known:
            self.append(kept)
            self.entries[kept.submission, kept.file_id] = kept
        return kept

    def append(self, entry: Entry) -> None:
        """Add one line to the journal, on a line of its own whatever was left of the last."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.journal.open("a+b") as journal:
            journal.seek(max(0, journal.seek(0, os.SEEK_END) - 1))
            start = b"" if journal.read() in (b"", b"\n") else b"\n"
            journal.write(start + json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n")


def sha256(path: Path) -> str:
    """The sha256 of a file's bytes, read in bounded memory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def written(moment: datetime) -> str:
    """A moment as the journal writes it: UTC, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
