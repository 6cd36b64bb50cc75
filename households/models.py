"""Where Django looks for the tables of this app; they are written beside what uses them."""

from households.access.models import AccountUnit, Grant, RightsReview

__all__ = ["AccountUnit", "Grant", "RightsReview"]
