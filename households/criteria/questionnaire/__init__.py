"""The questions that standards ask of a household, what was typed in answer, and what follows from it. Plain Python."""
