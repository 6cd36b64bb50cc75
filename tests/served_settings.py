"""The portal's settings for the processes that tests start: a password costs a thousandth of the work, and each is one that a
portal with its own settings knows too."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from povertyportal.settings import *  # noqa: F403  # the way Django's settings are extended


class Hasher(PBKDF2PasswordHasher):
    iterations = 1_000


PASSWORD_HASHERS = ["tests.served_settings.Hasher"]
