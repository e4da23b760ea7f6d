"""The rules of `check_course`, one file per kind of page; what a file says by itself is judged on reading."""
