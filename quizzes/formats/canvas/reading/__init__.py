"""From Canvas's XML to items: the parts of a question first, then the document form of its kind."""
