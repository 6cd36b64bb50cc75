"""Arithmetic and consistency of a report. One check a file, its function of the same name; plain data in, findings out.

"error": the figures contradict each other. "note": a reader should know it before he signs.
"""
