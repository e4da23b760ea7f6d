"""What a course is to its readers: ways through it, what is new, how its pages stand, who was here when.

What does not belong here: the course's own page (services/courses.py), and editing.
"""
