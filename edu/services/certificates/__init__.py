"""Certificates of a path: what is asked, how far somebody has come, giving one out, and what is kept of it.

What belongs here: learning that this site can count. What a person can do with their hands is for a named
supervisor to say, and no certificate says it. The statement of participation is watching's.
"""
