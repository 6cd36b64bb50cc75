"""A paper as plain data, and two ways to set it: tagged from HTML, and by reportlab where it is long or one of thousands."""
