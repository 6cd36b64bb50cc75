from django.db import migrations

from povertyportal.core.privileges import Completed


class Migration(migrations.Migration):
    """Who was given what, where, by whom and why is never rewritten: a right can only be ended."""

    dependencies = [
        ("households", "0002_history_check_is_true"),
    ]

    operations = [
        Completed("households_grant", ["validity", "ended_by_id", "ended_at", "end_reason"]),
    ]
