"""What stands in the way of opening a round, entering its totals or filling its forms, as sentences for the official."""

from households.registry.problems import Problem, RegistryRefusedError


class RoundRefusedError(RegistryRefusedError):
    """``problems``: each a field of the action ("code", "area_code", "households", "communes.01392.persons"), "" the whole."""


def refuse(field: str, message: str) -> RoundRefusedError:
    return RoundRefusedError([Problem(field, message)])


class SurveyRefusedError(RegistryRefusedError):
    """``problems``: each a field of the form ("m0-birth", "s-day") or of the action, "" the whole."""


def refuse_form(field: str, message: str) -> SurveyRefusedError:
    return SurveyRefusedError([Problem(field, message)])
