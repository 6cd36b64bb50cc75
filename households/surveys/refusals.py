"""What stands in the way of opening a round or entering its totals, as sentences for the official."""

from households.registry.problems import Problem, RegistryRefusedError


class RoundRefusedError(RegistryRefusedError):
    """``problems``: each a field of the action ("code", "area_code", "households", "communes.01392.persons"), "" the whole."""


def refuse(field: str, message: str) -> RoundRefusedError:
    return RoundRefusedError([Problem(field, message)])
