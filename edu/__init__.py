"""edu: video tutorials on hands-on clinical technique, served by Flask.

The libraries media, captions and quizzes live beside this package and know nothing of it.
"""

__version__ = "0.1.0"
