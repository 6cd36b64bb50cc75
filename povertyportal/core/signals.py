"""What happens at the door, told to whoever keeps a record of it (povertyportal.records)."""

from django.dispatch import Signal

# Sent with request (may be None), kind (a value of records.models.SignInKind: "wrong_code", "locked_out", "closed",
# "idle_locked", "unlocked", "session_ended", "recovery_code"), username as typed, user (None when unknown), detail (words).
# Django's own signals tell the rest: signed in, signed out, wrong password.
sign_in_event = Signal()
