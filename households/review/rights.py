"""Actions of access/roles.toml by which the review is seen and made."""

READ, INTAKE, VILLAGE = "review.read", "review.intake", "review.village"
LEAD, OPINE = "review.lead", "review.opine"
CALENDAR, TEXTS = "review.calendar", "review.texts"
