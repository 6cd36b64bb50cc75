"""What stands in the way of opening a round or entering its totals, as sentences for the official."""

from households.registry.problems import Problem, RegistryRefusedError


class RoundRefusedError(RegistryRefusedError):
    """``problems``: each a field of the action ("code", "area_code", "households", "communes.01392.persons"), "" the whole."""


def refuse(field: str, message: str) -> RoundRefusedError:
    return RoundRefusedError([Problem(field, message)])


class SurveyRefusedError(RegistryRefusedError):
    """What stands in the way of listing, filling or finishing a form. ``problems``: each a field, "" the whole."""


def refuse_survey(field: str, message: str) -> SurveyRefusedError:
    return SurveyRefusedError([Problem(field, message)])
