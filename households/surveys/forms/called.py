"""Forms by whose they are: the name of the household's head, written with or without accents, or a code of the household."""

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContains  # type: ignore[attr-defined]  # not in the stubs
from django.db.models import Func, OuterRef, Q, Subquery, TextField, Value

from households.registry.codes import Relation
from households.registry.finding.rows import fetch, text_array
from households.registry.finding.terms import read
from households.registry.models import Membership, Residence

MOST_DIGITS = 9  # of a household's number
MOST_BORNE = 3_000  # households of whose heads a name is looked for first; more often it is asked form by form

# Step by step by the index, whatever the server has counted: from the names to who bears them to whose heads they are or were.
_HEADED = """
SELECT DISTINCT m.household_id
  FROM (SELECT reverse_key FROM households_foldedname WHERE string_to_array(reverse_key, ' ') @> %s::text[] OFFSET 0) n
 CROSS JOIN LATERAL (SELECT person_id FROM households_searchrow s WHERE s.reverse_key = n.reverse_key OFFSET 0) s
 CROSS JOIN LATERAL (
    SELECT household_id FROM households_membership m WHERE m.person_id = s.person_id AND m.relation = 'head' OFFSET 0
 ) m
 LIMIT %s"""


def called(text: str, day: date, *, wide: bool) -> Q:
    """Condition on SurveyForm: the head of that day (of a household that is no more the last) has all these words in his
    name; with a digit in the text, the household has the number or, in some place, the code. ``wide``: of a province or
    more; 1 query then."""
    terms = read(text)
    if not terms.codes:
        return _headed_by(terms.words, day, wide=wide)
    digits = terms.text if terms.text.isascii() and terms.text.isdigit() and len(terms.text) <= MOST_DIGITS else ""
    number = int(digits) if digits else terms.household
    coded = Q(household__in=Residence.objects.filter(local_code__in=terms.codes).values("household"))
    return coded if number is None else coded | Q(household=number)


def _headed_by(words: Sequence[str], day: date, *, wide: bool) -> Q:
    if not words:
        return Q(pk=None)
    heads = Membership.objects.filter(household=OuterRef("household"), relation=Relation.HEAD)
    last = heads.filter(validity__startswith__lte=day).order_by("-validity__startswith")
    key = Subquery(last.values("person__search_key")[:1])
    by_word = Func(key, Value(" "), function="string_to_array", output_field=ArrayField(TextField()))
    named = Q(ArrayContains(by_word, list(words)))
    if wide:
        borne = [found for (found,) in fetch(_HEADED, (text_array(words), MOST_BORNE))]
        return named & Q(household__in=borne) if len(borne) < MOST_BORNE else named
    return named
