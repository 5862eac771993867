"""What views read from: the warehouse and the catalogue of the same generation."""

from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.warehouse import Row, Warehouse


@dataclass(frozen=True)
class Data:
    """One generation; a view gets it whole, so no page can mix two releases."""

    warehouse: Warehouse
    catalog: Catalog

    def rows(self, question: str, **parameters: object) -> list[Row]:
        """Rows of queries/<question>.sql."""
        return self.warehouse.rows(question, **parameters)
