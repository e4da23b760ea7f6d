"""/api/v1: what programs may read, each address described once in `table` and served and documented from it.

What belongs here: addresses, headers and JSON. What the answers hold is made in edu.services.api.
"""
