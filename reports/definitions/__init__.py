"""Official reports, one definition a file: which headings, which figures under which, which tables."""
