"""The portal's settings with the jobs of these tests on top."""

from povertyportal.settings import *  # noqa: F403  # the way Django's settings are extended

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.slow_jobs"]  # noqa: F405  # from the star
