"""What is on Memnuniyet: five controls, seven blocks, five of them with a chart."""

from dataclasses import replace

from dashboard.catalog import Catalog
from dashboard.components.options import municipality_options
from dashboard.page import Control, Option, Page
from dashboard.state_survey import INTERVALS, VALUES, SatisfactionState
from dashboard.text import Words
from dashboard.views import satisfaction
from dashboard.views.survey_values import service_name


def controls(catalog: Catalog, state: SatisfactionState) -> tuple[Control, ...]:
    """Service, lead city, the city beside it, year, and whether cells print their interval."""
    words = Words(state.lang)
    surveys, asked = catalog.surveys, state.asked
    cities = municipality_options(catalog, state.lang)
    others = tuple(replace(city, disabled=True) if city.value == asked.lead else city for city in cities)
    questions = tuple(
        Option(item, service_name(catalog, question, words))
        for item, question in surveys.asked(asked.year).items()
    )
    years = tuple(Option(str(year), str(year)) for year in reversed(surveys.years))
    display = tuple(Option(one, words(f"satisfaction.show_{one}")) for one in (VALUES, INTERVALS))
    return (
        Control("hizmet", words("survey.question"), questions, asked.item, wide=True),
        Control("kent", words("survey.lead"), cities, asked.lead, fixed=True),
        Control("diger", words("satisfaction.other"), others, state.other, fixed=True),
        Control("yil", words("survey.year"), years, str(asked.year) if asked.year else ""),
        Control("goster", words("satisfaction.show"), display, state.show),
    )


PAGE = Page(
    name="satisfaction",
    path="/memnuniyet",
    order=2,
    parse=SatisfactionState.parse,
    controls=controls,
    view=satisfaction.view,
    graphs=("ranking", "pair", "change", "services", "quadrant"),
)
