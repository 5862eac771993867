"""Who is in a comparison: the lead and the places its group stands for."""

from dashboard.catalog import City
from dashboard.data import Data
from dashboard.state import CompareState


def members(data: Data, state: CompareState) -> list[City]:
    """The places compared, the lead (or, among provinces, its province) included."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    if state.group == "provinces":
        return [city for city in catalog.cities.values() if city.kind == "province"]
    if state.group == "chosen":
        return [lead, *(catalog.city(city_id) for city_id in state.chosen)]
    pilots = [
        city for city in catalog.pilots if state.group == "pilots" or city.legal_type == lead.legal_type
    ]
    return pilots if lead in pilots else [lead, *pilots]


def lead_id(data: Data, state: CompareState) -> str:
    """The place in focus: the lead, or its province where provinces are compared."""
    lead = data.catalog.city(state.lead)
    return (lead.province_id or lead.city_id) if state.group == "provinces" else lead.city_id
