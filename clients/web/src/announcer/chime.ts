/** One tone of a chime. */
interface Tone {
  readonly hertz: number;
  /** Seconds from the beginning of the chime. */
  readonly at: number;
  /** Seconds until it has died away. */
  readonly rings: number;
}

/** Two falling tones, as halls have them. */
const forCall: readonly Tone[] = [
  { hertz: 659.26, at: 0, rings: 0.9 },
  { hertz: 523.25, at: 0.45, rings: 1.1 },
];

/** Three rising ones: who waits for a paper to be ready knows them apart. */
const forPickup: readonly Tone[] = [
  { hertz: 523.25, at: 0, rings: 0.7 },
  { hertz: 659.26, at: 0.28, rings: 0.7 },
  { hertz: 783.99, at: 0.56, rings: 1 },
];

/** Of full scale, for one tone; two overlap without being cut off. */
const loudness = 0.35;
/** Shorter would click. */
const attackSeconds = 0.012;

function tonesOf(pickup: boolean): readonly Tone[] {
  return pickup ? forPickup : forCall;
}

/** How long a chime lasts, in seconds. */
export function chimeSeconds(pickup: boolean): number {
  return Math.max(...tonesOf(pickup).map((tone) => tone.at + tone.rings));
}

/**
 * Plays a chime on `context` from the time `start` on. Answers the sources,
 * each of which ends by itself and may be stopped before.
 */
export function startChime(
  context: BaseAudioContext,
  start: number,
  pickup: boolean,
): AudioScheduledSourceNode[] {
  return tonesOf(pickup).map(({ hertz, at, rings }) => {
    const begin = start + at;
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    oscillator.type = "sine";
    oscillator.frequency.setValueAtTime(hertz, begin);
    envelope.gain.setValueAtTime(0, begin);
    envelope.gain.linearRampToValueAtTime(loudness, begin + attackSeconds);
    // Exponential, as a struck bar dies away; it cannot reach zero.
    envelope.gain.exponentialRampToValueAtTime(0.001, begin + rings);
    oscillator.connect(envelope).connect(context.destination);
    oscillator.onended = () => {
      oscillator.disconnect();
      envelope.disconnect();
    };
    oscillator.start(begin);
    oscillator.stop(begin + rings);
    return oscillator;
  });
}
