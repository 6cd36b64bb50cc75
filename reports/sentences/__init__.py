"""Sentences of official reports, written from figures: what is counted, over which days, by how much it changed.

Nothing is said that no figure says. A change is computed only between exact figures by one standard; a rate only from
counts. Every number in a sentence is a ``Number`` whose text stands in the sentence letter by letter.
"""
