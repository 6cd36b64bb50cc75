"""Figures that somebody published and no household record of the portal is behind.

A figure keeps the text, unit, qualifier and map it was published with. Rows are never changed: a correction is a new
revision that keeps the old one and says why; the newest revision of a key is the one in force.
"""
