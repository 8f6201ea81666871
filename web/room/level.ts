// How loud a microphone is, 0 to 1, twenty times a second; and its plain power, which tells silence from nothing at all. Nothing is recorded.
export function watchLevel(track: MediaStreamTrack, hear: (level: number, power: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 512 });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = window.setInterval(() => {
    if (context.state === 'suspended') void context.resume();
    analyser.getFloatTimeDomainData(samples);
    const power = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    // Speech lies between −50 and −10 dB.
    hear(Math.min(1, Math.max(0, (20 * Math.log10(power + 1e-6) + 50) / 40)), power);
  }, 50);
  return () => {
    window.clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}
