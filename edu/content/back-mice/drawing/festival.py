"""Speaks a sentence with Festival and tells when each word of it sounds."""

import shutil
import subprocess
import wave
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 32_000  # of the voice cmu_us_slt_arctic_hts

# The voice's lexicon guesses these wrong: they are British spellings or terms of anatomy.
PRONUNCIATIONS = {
    "a": "((ax) 0)",
    "aspirate": "((ae s) 1) ((p er) 0) ((ey t) 1)",
    "buttock": "((b ah) 1) ((t ax k) 0)",
    "centimetres": "((s eh n) 1) ((t ax) 0) ((m iy) 1) ((t er z) 0)",
    "cluneal": "((k l uw) 1) ((n iy) 0) ((ax l) 0)",
    "lumbar": "((l ah m) 1) ((b er) 0)",
    "millilitres": "((m ih) 1) ((l ax) 0) ((l iy) 1) ((t er z) 0)",
    "replace": "((r ax) 0) ((p l ey s) 1)",
    "reproduces": "((r iy) 0) ((p r ax) 0) ((d uw) 1) ((s ax z) 0)",
    "sacrum": "((s ey) 1) ((k r ax m) 0)",
    "spinous": "((s p ay) 1) ((n ax s) 0)",
    "syringe": "((s ax) 0) ((r ih n jh) 1)",
}

# Punctuation counts as a word without sound, and "patient's" as two: a written word ends with its last sound.
SCRIPT = """
(voice_cmu_us_slt_arctic_hts)
{lexicon}
(set! hts_engine_params (cons (list "-r" {rate}) hts_engine_params))
(set! spoken (Utterance Text "{text}"))
(utt.synth spoken)
(utt.save.wave spoken "{wav}" 'riff)
(define (later a b) (if (> a b) a b))
(define (last_sound words)
  (if words (later (item.feat (car words) "word_end") (last_sound (cdr words))) 0))
(mapcar
  (lambda (token)
    (if (not (item.parent token))
      (format t "%f %f\\n" (item.feat token "daughter1.word_start") (last_sound (item.daughters token)))))
  (utt.relation.items spoken 'Token))
"""


@dataclass(frozen=True, slots=True)
class Speech:
    """Samples (mono, -1 to 1) and the start and end in seconds of each written word."""

    samples: NDArray[np.float32]
    words: tuple[tuple[float, float], ...]


def speak(text: str, rate: float) -> Speech:
    """Say `text` at `rate` times the voice's own speed.

    Raises RuntimeError when Festival fails or splits the text into other words than the spaces do.
    """
    with TemporaryDirectory() as folder:
        wav = Path(folder, "spoken.wav")
        script = Path(folder, "speak.scm")
        script.write_text(SCRIPT.format(lexicon=_lexicon(), rate=rate, text=text, wav=wav), "utf-8")
        done = subprocess.run(  # noqa: S603 - our own argv
            [_program(), "-b", str(script)], capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode != 0 or not wav.exists():
            raise RuntimeError(f"festival could not speak {text!r}: {done.stderr[-500:]}")
        words = tuple((float(a), float(b)) for a, b in (line.split() for line in done.stdout.splitlines()))
        samples = _samples(wav)
    if len(words) != len(text.split()):
        raise RuntimeError(f"festival heard {len(words)} words in {text!r}")
    return Speech(samples, words)


def _program() -> str:
    found = shutil.which("festival")
    if found is None:
        raise RuntimeError("the narration needs Festival: apt-get install festival festvox-us-slt-hts")
    return found


def _lexicon() -> str:
    entries = (f'(lex.add.entry \'("{word}" nil ({sound})))' for word, sound in PRONUNCIATIONS.items())
    return "\n".join(entries)


def _samples(path: Path) -> NDArray[np.float32]:
    with wave.open(str(path), "rb") as spoken:
        if spoken.getframerate() != SAMPLE_RATE or spoken.getnchannels() != 1:
            raise RuntimeError("the voice is expected to give 32 kHz mono")
        pcm = np.frombuffer(spoken.readframes(spoken.getnframes()), dtype="<i2")
    return (pcm / 32768).astype(np.float32)
