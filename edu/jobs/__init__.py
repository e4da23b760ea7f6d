"""Jobs: what each kind of promised work does, and the worker that does it.

What does not belong here: deciding that work is to be done (services promise jobs by name), and anything of
Flask, which a worker never loads.
"""
