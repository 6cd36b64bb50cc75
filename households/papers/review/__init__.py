"""The papers of the review procedure, from the portal's data: what a household hands in, what a village signs and posts, what
the commune and its superior write to each other, what the chair decides."""
