"""The zip around Canvas's questions: a manifest, the questions, and the settings of the quiz."""

import zipfile
from hashlib import sha256
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizzes.formats.canvas.writing import elements as xml

TITLE = "Questions"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip; the same questions make the same bytes
XSI = "http://www.w3.org/2001/XMLSchema-instance"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
RESOURCE = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"
METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"


def pack(questions: list[Element]) -> bytes:
    """The zip. Its identifiers are made of the questions."""
    digest = sha256(b"".join(tostring(question) for question in questions)).hexdigest()[:32]
    name = f"edu_assessment_{digest}"
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, "imsmanifest.xml", _manifest(name, digest))
        _add(archive, f"{name}/assessment_meta.xml", _settings(name, digest, len(questions)))
        _add(archive, f"{name}/{name}.xml", _assessment(name, questions))
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, root: Element) -> None:
    indent(root)
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "utf-8") + b"\n")


def _root(name: str, namespace: str, schemas: str, **others: str) -> Element:
    return Element(
        name,
        {**others, "xmlns": namespace, "xmlns:xsi": XSI, "xsi:schemaLocation": schemas},
    )


def _assessment(name: str, questions: list[Element]) -> Element:
    root = _root("questestinterop", QTI, f"{QTI} {QTI}p1.xsd")
    assessment = xml.leaf(root, "assessment", ident=name, title=TITLE)
    xml.metadata(assessment, {"cc_maxattempts": "unlimited"})
    section = xml.leaf(assessment, "section", ident="root_section")
    section.extend(questions)
    return root


def _manifest(name: str, digest: str) -> Element:
    root = _root(
        "manifest",
        PACKAGE,
        f"{PACKAGE} http://www.imsglobal.org/xsd/imscp_v1p1.xsd"
        f" {RESOURCE} http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lomresource_v1p0.xsd"
        f" {METADATA} {METADATA}p2.xsd",
        identifier=f"edu_manifest_{digest}",
    )
    root.set("xmlns:lom", RESOURCE)
    root.set("xmlns:imsmd", METADATA)
    about = SubElement(root, "metadata")
    xml.leaf(about, "schema", "IMS Content")
    xml.leaf(about, "schemaversion", "1.1.3")
    general = xml.leaf(xml.leaf(about, "imsmd:lom"), "imsmd:general")
    xml.leaf(xml.leaf(general, "imsmd:title"), "imsmd:string", TITLE)
    xml.leaf(root, "organizations")
    resources = SubElement(root, "resources")
    dependency = f"edu_dependency_{digest}"
    questions = xml.leaf(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
    xml.leaf(questions, "file", href=f"{name}/{name}.xml")
    xml.leaf(questions, "dependency", identifierref=dependency)
    settings = xml.leaf(
        resources,
        "resource",
        identifier=dependency,
        type="associatedcontent/imscc_xmlv1p1/learning-application-resource",
        href=f"{name}/assessment_meta.xml",
    )
    xml.leaf(settings, "file", href=f"{name}/assessment_meta.xml")
    return root


def _settings(name: str, digest: str, count: int) -> Element:
    """The settings of a quiz for practice: any number of attempts, the answers shown, not yet published."""
    root = _root("quiz", CANVAS, f"{CANVAS} https://canvas.instructure.com/xsd/cccv1p0.xsd", identifier=name)
    _fill(
        root,
        {
            "title": TITLE,
            "description": "",
            "shuffle_answers": "true",
            "scoring_policy": "keep_highest",
            "hide_results": "",
            "quiz_type": "assignment",
            "points_possible": f"{count}.0",
            **dict.fromkeys(_LOCKDOWN, "false"),
            "lockdown_browser_monitor_data": "",
            "show_correct_answers": "true",
            **dict.fromkeys(("anonymous_submissions", "could_be_locked"), "false"),
            "allowed_attempts": "-1",
            **dict.fromkeys(_NO, "false"),
        },
    )
    _add_assignment(root, name, digest, count)
    xml.leaf(root, "assignment_group_identifierref", f"edu_assignment-group_{digest}")
    xml.leaf(root, "assignment_overrides")
    return root


def _add_assignment(root: Element, name: str, digest: str, count: int) -> None:
    """What Canvas's book of marks knows of the quiz."""
    assignment = xml.leaf(root, "assignment", identifier=f"edu_assignment_{digest}")
    _fill(
        assignment,
        {
            "title": TITLE,
            **dict.fromkeys(("due_at", "lock_at", "unlock_at"), ""),
            "module_locked": "false",
            "workflow_state": "unpublished",
            "assignment_overrides": "",
            "quiz_identifierref": name,
            "allowed_extensions": "",
            "has_group_category": "false",
            "points_possible": f"{count}.0",
            "grading_type": "points",
            "all_day": "false",
            "submission_types": "online_quiz",
            "position": "1",
            **dict.fromkeys(("turnitin_enabled", "vericite_enabled"), "false"),
            "peer_review_count": "0",
            **dict.fromkeys(_NO_PEERS, "false"),
            "grader_count": "0",
            "grader_comments_visible_to_graders": "true",
            **dict.fromkeys(("anonymous_grading", "graders_anonymous_to_graders"), "false"),
            "grader_names_visible_to_final_grader": "true",
            "anonymous_instructor_annotations": "false",
        },
    )
    _fill(SubElement(assignment, "post_policy"), {"post_manually": "false"})


def _fill(parent: Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        xml.leaf(parent, name, text)


_LOCKDOWN = (
    "require_lockdown_browser",
    "require_lockdown_browser_for_results",
    "require_lockdown_browser_monitor",
)
_NO = (
    *("one_question_at_a_time", "cant_go_back", "available", "one_time_results"),
    *("show_correct_answers_last_attempt", "only_visible_to_overrides", "module_locked"),
)
_NO_PEERS = (
    *("peer_reviews", "intra_group_peer_reviews", "automatic_peer_reviews", "anonymous_peer_reviews"),
    *("grade_group_students_individually", "freeze_on_copy", "omit_from_final_grade"),
    *("only_visible_to_overrides", "post_to_sis", "moderated_grading"),
)
