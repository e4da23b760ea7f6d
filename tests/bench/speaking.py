"""Speech with known times, by espeak-ng (from the word events of its library) and by flite."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Wave = npt.NDArray[np.float64]

SYNCHRONOUS, CHARACTERS, UTF8, SPEED, WORD_EVENT = 2, 1, 1, 1, 1
AUDIBLE = 300
"""The sample value above which flite is taken to speak."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.15, 1.2
HUM_HZ = 300.0
"""Above this frequency the noise of a room falls off."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence said from `start` to `end`; `words` are the starts of its tokens where they are known."""

    text: str
    start: float
    end: float
    words: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file and what is said in it; all times in seconds."""

    path: Path
    sentences: tuple[Said, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the program, its voice, words a minute (espeak-ng only), and the noise under the speech."""

    program: str
    name: str
    pace: int = 0
    noise_db: float | None = None

    @property
    def label(self) -> str:
        """Its name in tables."""
        noise = "clean" if self.noise_db is None else f"{self.noise_db:g} dB"
        return f"{self.program} {self.name}, {noise}"


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """libespeak-ng in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self._library.espeak_Initialize(SYNCHRONOUS, 500, None, 0)
        self._callback = _Heard(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self._sound: list[npt.NDArray[np.int16]] = []
        self._marks: list[tuple[int, int]] = []

    def _take(
        self, sound: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]
    ) -> int:
        if sound and count > 0:
            self._sound.append(np.ctypeslib.as_array(sound, shape=(count,)).copy())
        place = 0
        while events[place].type != 0:
            if events[place].type == WORD_EVENT:
                self._marks.append((events[place].text_position - 1, events[place].audio_position))
            place += 1
        return 0

    def say(self, text: str, voice: Voice) -> tuple[Wave, Said]:
        """The sound of a sentence, and its times counted from the beginning of that sound."""
        self._sound, self._marks = [], []
        self._library.espeak_SetVoiceByName(voice.name.encode())
        self._library.espeak_SetParameter(SPEED, voice.pace, 0)
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, CHARACTERS, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        sound = np.concatenate(self._sound).astype(np.float64)
        words = tuple(self._starts(text))
        spoken = np.flatnonzero(np.abs(sound) > AUDIBLE)
        begin = words[0] if words[0] is not None else spoken[0] / self.rate
        return sound, Said(text, begin, spoken[-1] / self.rate, words)

    def _starts(self, text: str) -> Iterator[float | None]:
        place = 0
        for token in text.split():
            place = text.index(token, place)
            inside = [at / 1000 for where, at in self._marks if place <= where < place + len(token)]
            yield min(inside, default=None)
            place += len(token)


class Flite:
    """The program flite."""

    rate = 16_000

    def __init__(self, folder: Path) -> None:
        self._file = folder / "flite.wav"

    def say(self, text: str, voice: Voice) -> tuple[Wave, Said]:
        """The sound of a sentence, and its times; those of its words are not known."""
        argv = [shutil.which("flite") or "flite", "-voice", voice.name, "-t", text, "-o", str(self._file)]
        subprocess.run(argv, check=True, timeout=60, stdout=subprocess.DEVNULL)
        with wave.open(str(self._file)) as source:
            if source.getframerate() != self.rate:
                raise ValueError(f"the voice {voice.name} speaks at {source.getframerate()} Hz")
            sound = np.frombuffer(source.readframes(source.getnframes()), dtype=np.int16).astype(np.float64)
        spoken = np.flatnonzero(np.abs(sound) > AUDIBLE) / self.rate
        return sound, Said(text, spoken[0], spoken[-1], (spoken[0], *(None,) * (len(text.split()) - 1)))


def is_present(program: str) -> bool:
    """Can this program speak here?"""
    if program == "flite":
        return shutil.which("flite") is not None
    return ctypes.util.find_library("espeak-ng") is not None


def record(voice: Voice, sentences: Sequence[str], path: Path, *, seed: int = 1) -> Recording:
    """Let the voice say the sentences with pauses of 0.15 to 1.2 s between them, into a WAV file."""
    rng = np.random.default_rng(seed)
    speaker: Espeak | Flite = Espeak() if voice.program == "espeak-ng" else Flite(path.parent)
    pieces: list[Wave] = []
    said: list[Said] = []
    place = 0
    for sentence in sentences:
        pause = np.zeros(int(rng.uniform(SHORTEST_PAUSE, LONGEST_PAUSE) * speaker.rate))
        sound, one = speaker.say(sentence, voice)
        begin = (place + len(pause)) / speaker.rate
        words = tuple(None if word is None else word + begin for word in one.words)
        said.append(Said(sentence, one.start + begin, one.end + begin, words))
        pieces += [pause, sound]
        place += len(pause) + len(sound)
    whole = np.concatenate([*pieces, np.zeros(speaker.rate // 2)])
    if voice.noise_db is not None:
        whole = whole + _room(rng, whole, voice.noise_db, speaker.rate)
    write(path, whole, speaker.rate)
    return Recording(path, tuple(said), len(whole) / speaker.rate)


def _room(rng: np.random.Generator, speech: Wave, decibels: float, rate: int) -> Wave:
    """Low noise, as of a ventilator, so many decibels under the mean power of the speech."""
    spectrum = np.fft.rfft(rng.standard_normal(len(speech)))
    spectrum /= np.sqrt(1 + (np.fft.rfftfreq(len(speech), 1 / rate) / HUM_HZ) ** 2)
    noise = np.fft.irfft(spectrum, len(speech))
    spoken = speech[np.abs(speech) > AUDIBLE]
    wanted = np.sqrt(np.mean(spoken**2)) / 10 ** (decibels / 20)
    return np.asarray(noise * (wanted / np.sqrt(np.mean(noise**2))))


def write(path: Path, sound: Wave, rate: int) -> None:
    """Keep a sound as a WAV file of 16 bits."""
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(np.clip(sound, -32768, 32767).astype(np.int16).tobytes())
