"""The types of question that Canvas knows, and the names of its feedback."""

from enum import StrEnum

OWN = "edu:"  # the labels of metadata that only this platform reads
ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG = "general_fb", "correct_fb", "general_incorrect_fb"


class QuestionType(StrEnum):
    """The words of `question_type`."""

    MULTIPLE_CHOICE = "multiple_choice_question"
    TRUE_FALSE = "true_false_question"
    MULTIPLE_ANSWERS = "multiple_answers_question"
    SHORT_ANSWER = "short_answer_question"
    BLANKS = "fill_in_multiple_blanks_question"
    DROPDOWNS = "multiple_dropdowns_question"
    MATCHING = "matching_question"
    NUMERICAL = "numerical_question"
    ORDERING = "ordering_question"
    CALCULATED = "calculated_question"
    ESSAY = "essay_question"
    FILE_UPLOAD = "file_upload_question"
    TEXT_ONLY = "text_only_question"


# IMS Common Cartridge's profiles of QTI 1.2, which Canvas writes beside its own files
PROFILES = {
    "cc.multiple_choice": QuestionType.MULTIPLE_CHOICE,
    "cc.true_false": QuestionType.TRUE_FALSE,
    "cc.multiple_response": QuestionType.MULTIPLE_ANSWERS,
    "cc.fib": QuestionType.SHORT_ANSWER,
    "cc.essay": QuestionType.ESSAY,
}
