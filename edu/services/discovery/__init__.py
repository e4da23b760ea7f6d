"""Being found: what search engines, feeds and programs that show links are told of what everybody may see.

All of it is asked for as nobody asks (policy.NOBODY): what is a draft, comes later or is for professionals is
not there. Pages themselves, and how a request is answered, do not belong here.
"""
