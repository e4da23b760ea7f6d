"""The small course's own words and its glossary in Spanish."""

COURSE_ES = """\
summary = "Un curso para pruebas."
honest_summary = "Se sabe poco [@known2001] [C]."

[gate]
text = "Soy profesional."
confirm = "Lo confirmo"
refuse = "Para pacientes"

[[notices]]
slug = "general"
title = "No es un consejo"
text = "Este sitio enseña."

[[paths]]
slug = "student"
title = "Estudiante"

[[modules]]
code = "M1"
title = "Primero"
summary = "El primer módulo."
"""

TERMS_ES = """\
[[terms]]
slug = "nodule"
text = "nódulo"
meaning = "Una cosa pequeña que se toca."
names = [
  { text = "Muskelhärte", note = "dureza" },
]
body = \"\"\"
Usted lo toca [@known2001] [D].

\"\"\"

[[terms]]
slug = "touch"
text = "tacto"
meaning = "Sentir con los dedos."
forms = ["tocar"]
"""
