"""A form that was refused: shown again with what is wrong, or left to the error page for programs."""

from __future__ import annotations

from flask import Response, make_response, render_template

from edu.errors import EduError, InvalidFields, TooMany
from edu.web.errors import status_of, wants_json
from edu.web.wording import sentence_for


def refuse(error: EduError, template: str, **values: object) -> Response:
    """The template with `errors`: field name -> sentence, for each field that is wrong; "" holds what belongs
    to no single field.
    """
    if wants_json():
        raise error
    faults = error.faults if isinstance(error, InvalidFields) else (error,)
    errors = {str(fault.parameters.get("field", "")): sentence_for(fault) for fault in faults}
    page = render_template(template, errors=errors, **values)
    response = make_response(page, status_of(error))
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response
