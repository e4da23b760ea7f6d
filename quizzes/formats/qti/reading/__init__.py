"""From the XML of an item to document forms of questions: one file per group of interactions."""
