"""Findings: what was repaired and what was dropped."""

from captions import limits
from captions.findings import DropCode, Findings, RepairCode


def test_findings_are_kept_up_to_a_number_with_short_excerpts() -> None:
    findings = Findings()

    for line in range(limits.MAX_FINDINGS + 5):
        findings.repair(line, RepairCode.TIME, "x" * 500)
        findings.drop(line, DropCode.COMMENT, "x" * 500)

    assert len(findings.repairs) == len(findings.dropped) == limits.MAX_FINDINGS
    assert len(findings.repairs[0].before) == len(findings.dropped[0].text) == 200


def test_each_repair_and_each_loss_has_a_sentence() -> None:
    findings = Findings()
    for repair_code in RepairCode:
        findings.repair(1, repair_code)
    for drop_code in DropCode:
        findings.drop(1, drop_code)

    sentences = [repair.what for repair in findings.repairs] + [loss.why for loss in findings.dropped]

    assert all(sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
