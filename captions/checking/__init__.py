"""What is wrong with a track and how it is mended, rule by rule; never a word is changed."""
