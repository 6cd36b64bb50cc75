"""What stands in the way of a step of the review, as sentences for the official."""

from households.registry.problems import Problem, RegistryRefusedError


class ReviewRefusedError(RegistryRefusedError):
    """``problems``: each a field of the action ("held_on", "votes.12.agree"), "" the whole."""


def refuse_step(field: str, message: str) -> ReviewRefusedError:
    return ReviewRefusedError([Problem(field, message)])
