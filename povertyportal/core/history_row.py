from django.db import models
from pghistory.models import Event


class HistoryRow(Event):
    """Base of all history tables: numbered by 64 bits, as a registry outlives two thousand million changes."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True
