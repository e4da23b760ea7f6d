"""A glossary for the small course."""

TERMS = """\
[[terms]]
text = "nodule"
misheard = ["module"]
meaning = "A small thing to touch."
slug = "nodule"
see = ["touch"]
names = [
  { text = "lump", language = "en", who = "Known", year = 2001, reference = "known2001", grade = "D" },
  { text = "lipome épi-sacro-iliaque", language = "fr" },
  { text = "Muskelhärte", language = "de", means = "neighbour", note = "hardness" },
]
body = \"\"\"
You touch it [@known2001] [D].
\"\"\"

[[terms]]
text = "touch"
misheard = []
meaning = "Feeling with the fingers."
slug = "touch"
forms = ["touching", "press"]

[[terms]]
text = "lesson"
misheard = []
meaning = "A part of a course."
slug = "lesson"

[[terms]]
text = "palpating"
misheard = ["palpitating"]
meaning = "Touching."
"""
