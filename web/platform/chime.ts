// Two soft tones made in the browser: no file, no host. Silent when the browser wants a press first.
export function chime(): void {
  try {
    const audio = new AudioContext();
    const tones = [587.33, 880];
    tones.forEach((frequency, i) => {
      const at = audio.currentTime + i * 0.22;
      const tone = audio.createOscillator();
      const level = audio.createGain();
      tone.frequency.value = frequency;
      level.gain.setValueAtTime(0, at);
      level.gain.linearRampToValueAtTime(0.12, at + 0.02);
      level.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
      tone.connect(level).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.62);
    });
    window.setTimeout(() => void audio.close(), 1_500);
  } catch {
    // No sound device: the banner is enough.
  }
}
