"""The texts of a video: its tracks with their versions, working copies, and what is made of them."""
