"""Importing this sets Django up, so that the imports after it find models."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyportal.settings")
django.setup()
