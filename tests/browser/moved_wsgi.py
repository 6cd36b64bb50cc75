import tests.browser.moved_clock  # noqa: F401  # first of all
from povertyportal.wsgi import application

__all__ = ["application"]
