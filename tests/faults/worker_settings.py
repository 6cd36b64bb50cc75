"""The portal's settings with the jobs of these tests on top."""

from povertyportal.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.slow_jobs"]  # noqa: F405
