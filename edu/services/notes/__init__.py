"""A learner's notes and bookmarks at moments of films, seen by nobody else.

Here belong keeping them, the page of all of them, and the files that they are taken along in. What more than
one person sees (comments on a performance, say) does not.
"""
