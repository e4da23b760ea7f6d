"""Hand-ins: recordings of their own practice that learners give to a film's instructors, and take back.

A recording is seen by the learner and by those who may change the film, and by nobody else. How its file is
made ready for browsers belongs to edu/jobs; what stays on a learner's own device is never known here.
"""
