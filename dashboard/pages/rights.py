"""What is on Haklar: the city, the service, the group and the year to look at; no data access here."""

from dashboard.catalog import Catalog
from dashboard.components.options import municipality_options
from dashboard.page import Control, Option, Page
from dashboard.state_survey import RightsState, compared_groups
from dashboard.text import Words
from dashboard.views import rights
from dashboard.views.rights_gaps import reference_name
from dashboard.views.survey_values import service_name


def controls(catalog: Catalog, state: RightsState) -> tuple[Control, ...]:
    """City, group under its grouping, service, year; without a survey the last three have nothing to choose."""
    words = Words(state.lang)
    asked, surveys = state.asked, catalog.surveys
    services = tuple(
        Option(item, service_name(catalog, question, words))
        for item, question in surveys.asked(asked.year).items()
    )
    years = tuple(Option(str(year), str(year)) for year in reversed(surveys.years))
    return (
        Control(
            "kent", words("survey.lead"), municipality_options(catalog, state.lang), asked.lead, fixed=True
        ),
        Control("grup", words("rights.group"), _groups(catalog, asked.year, words), state.group, wide=True),
        Control("hizmet", words("survey.question"), services, asked.item),
        Control("yil", words("survey.year"), years, str(asked.year) if years else "", fixed=True),
    )


def _groups(catalog: Catalog, year: int, words: Words) -> tuple[Option, ...]:
    """Groups that have a reference, each grouping as a disabled heading before its own."""
    known = catalog.surveys.groups(year)
    made: list[Option] = []
    heading = ""
    for key in compared_groups(catalog, year):
        group = known[key]
        if group.group_var != heading:
            heading = group.group_var
            made.append(Option(f"_{heading}", f"— {words.of(group, 'variable')} —", disabled=True))
        reference = reference_name(catalog, year, group, words)
        made.append(Option(key, words("rights.option", group=words.of(group, "label"), reference=reference)))
    return tuple(made)


PAGE = Page(
    name="rights",
    path="/haklar",
    order=8,
    parse=RightsState.parse,
    controls=controls,
    view=rights.view,
    graphs=("gaps", "income"),
    following=("grup", "hizmet"),
)
