"""Points and classes against each other, against pay and against the year before."""
