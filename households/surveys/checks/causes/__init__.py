"""Causes, target groups and needs."""
