"""Exceptions of the dashboard; what a reader is told about them lives in text/*.yml."""


class DashboardError(Exception):
    """Base of everything this package raises on purpose."""


class BadInput(DashboardError):
    """A value that came from a browser and is not in the catalogue."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__(f"{name}: {value!r:.80}")
        self.name = name


class NotFound(DashboardError):
    """An address or an id that does not exist."""


class WarehouseMissing(DashboardError):
    """No warehouse file is in service yet."""
