"""The library of references as files: BibTeX in and out, citations in one line. No pages, no search."""
