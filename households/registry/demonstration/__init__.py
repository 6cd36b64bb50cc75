"""Invented households for demonstrations and measurements: the same seed makes the same ones. Nothing here is a fact."""
