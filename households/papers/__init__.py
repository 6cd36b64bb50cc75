"""The papers of law: blank survey forms made from a standard's document, and the slip handed to a household."""
