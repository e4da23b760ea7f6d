// The name of a step, spoken by a voice of the system where there is one of its language.

/** No name takes longer; a voice that never says that it has ended must not stop the film for ever. */
const MOST_MS = 6000;

/** @param {readonly { lang: string }[]} voices @param {string} language */
export function voiceFor(voices, language) {
  const [stem] = language.toLowerCase().split('-');
  // Android writes en_GB
  return voices.find(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === stem) ?? null;
}

/** The voice for a language; null in a browser without any. @param {string} language */
export function systemVoice(language) {
  const voices = 'speechSynthesis' in globalThis ? speechSynthesis.getVoices() : [];
  return /** @type {SpeechSynthesisVoice | null} */ (voiceFor(voices, language));
}

/** Tells when the voices have come: many browsers load them after the page. @param {() => void} tell */
export function onVoices(tell) {
  if ('speechSynthesis' in globalThis) speechSynthesis.addEventListener('voiceschanged', tell);
}

/** Says it, and resolves when it is said. @param {string} sentence @param {SpeechSynthesisVoice} voice @returns {Promise<void>} */
export function say(sentence, voice) {
  const spoken = Object.assign(new SpeechSynthesisUtterance(sentence), { voice, lang: voice.lang });
  return new Promise((resolve) => {
    const done = () => { clearTimeout(limit); resolve(); };
    const limit = setTimeout(done, MOST_MS);
    spoken.addEventListener('end', done);
    spoken.addEventListener('error', done);
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  });
}

export function silence() {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
}
