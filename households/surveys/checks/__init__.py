"""What a careful official would ask before signing a form: one check a file, each with the law or the experience behind it."""
