"""From questions to items and packages: one function per kind of question."""
