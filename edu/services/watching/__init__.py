"""What of the films was truly watched: told by browsers, believed as far as the clock allows, and counted.

Times are milliseconds of the film that is shown. What belongs to steps and their names is `services.texts`,
what moves them `services.film_moves`; how a quiz was marked says `services.quizzing`.
"""
