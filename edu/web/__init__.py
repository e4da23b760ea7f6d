"""The pages: a blueprint in the file of its routes. A view reads, calls one service, answers."""
