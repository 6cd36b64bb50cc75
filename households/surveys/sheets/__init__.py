"""What a household's form asks: by which standards, in which kind of area, question by question."""
