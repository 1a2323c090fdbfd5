/** How long a bell is seen, and for how long another one makes no sound. */
const seenMs = 200;
const quietMs = 400;

/** The bell of a terminal: seen for a moment, and heard where that is set. A program that rings on and on is heard twice a second. */
export class Bell {
  #isSeen = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSoundMs = Number.NEGATIVE_INFINITY;
  readonly #sound: () => void;
  readonly #nowMs: () => number;

  constructor(sound: () => void = beep, nowMs: () => number = () => performance.now()) {
    this.#sound = sound;
    this.#nowMs = nowMs;
  }

  get isSeen(): boolean {
    return this.#isSeen;
  }

  ring(withSound: boolean): void {
    this.#isSeen = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#isSeen = false), seenMs);
    const nowMs = this.#nowMs();
    if (!withSound || nowMs - this.#lastSoundMs < quietMs) return;
    this.#lastSoundMs = nowMs;
    this.#sound();
  }

  /** To be called when the terminal goes. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

function beep(): void {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 660;
  volume.gain.value = 0.05;
  tone.connect(volume).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start();
  tone.stop(context.currentTime + 0.08);
}
