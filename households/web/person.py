from django.http import HttpRequest

from povertyportal.core.models import User


def person(request: HttpRequest) -> User:
    """Who has signed in. Raises TypeError where a door let a stranger through."""
    if not isinstance(request.user, User):
        raise TypeError(request.user)
    return request.user
