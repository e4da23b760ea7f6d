"""Reading: what a file is and what it holds, found out without converting it."""
