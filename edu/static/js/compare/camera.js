// The camera: what it sees, and a recording of it in a form that this browser can write and play.

const TYPES = ['video/mp4;codecs=avc1.42E01F,mp4a.40.2', 'video/mp4', 'video/webm;codecs=vp9,opus', 'video/webm'];
const BITS_PER_SECOND = 2_500_000;
const PIECE_MS = 1000;

/** Why there is no camera, by the names of the sentences of the page. @typedef {'insecure' | 'no-recorder' | 'refused' | 'no-camera' | 'busy'} Why */

export class NoCamera extends Error {
  /** @param {Why} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/** What an error of getUserMedia means to a person. @param {unknown} error @returns {Why} */
export function whyNot(error) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'no-camera';
}

/** The form that is recorded in; '' lets the browser choose. @param {(type: string) => boolean} can */
export function typeOf(can) {
  return TYPES.find(can) ?? '';
}

export class Camera {
  /** @type {MediaStream | null} */ #stream = null;
  /** @type {MediaRecorder | null} */ #recorder = null;
  #isAsked = false;
  #turn = 0; // of what was asked for last: a camera that comes too late is switched off again

  get isOn() {
    return this.#stream !== null;
  }

  get isRecording() {
    return this.#recorder !== null;
  }

  /**
   * Switches it on. Raises NoCamera; null where it was closed, or asked for anew, before it came.
   * @param {{ facing: string, sound: boolean }} wish
   * @returns {Promise<MediaStream | null>}
   */
  async open({ facing, sound }) {
    this.close();
    if (!globalThis.isSecureContext || !navigator.mediaDevices) throw new NoCamera('insecure');
    if (!('MediaRecorder' in globalThis)) throw new NoCamera('no-recorder');
    const video = { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
    const turn = this.#turn;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video, audio: sound });
      if (turn === this.#turn) this.#stream = stream;
      else end(stream);
    } catch (error) {
      if (turn === this.#turn) throw new NoCamera(whyNot(error));
    }
    return turn === this.#turn ? this.#stream : null;
  }

  /**
   * Records until `stop` or until the camera goes away. Rejects where the browser does not begin.
   * @param {() => void} began  the first picture is being recorded
   * @returns {Promise<{ blob: Blob, isBroken: boolean }>}
   */
  async record(began) {
    const stream = /** @type {MediaStream} */ (this.#stream);
    const type = typeOf((one) => MediaRecorder.isTypeSupported(one));
    const recorder = new MediaRecorder(stream, { ...(type && { mimeType: type }), videoBitsPerSecond: BITS_PER_SECOND });
    this.#isAsked = false;
    /** @type {Blob[]} */ const pieces = [];
    return new Promise((resolve) => {
      recorder.addEventListener('start', began);
      recorder.addEventListener('dataavailable', ({ data }) => { if (data.size) pieces.push(data); });
      recorder.addEventListener('stop', () => {
        this.#recorder = null;
        resolve({ blob: new Blob(pieces, { type: (recorder.mimeType || type).split(';')[0] }), isBroken: !this.#isAsked });
      });
      recorder.start(PIECE_MS);
      this.#recorder = recorder;
    });
  }

  stop() {
    this.#isAsked = true;
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  close() {
    this.#turn++;
    this.stop();
    end(this.#stream);
    this.#stream = null;
  }
}

/** @param {MediaStream | null} stream */
function end(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
