// The portal's mark: a round table from above, one seat lit.
export function Brand({ size = 28 }: { size?: number }) {
  const seats = Array.from({ length: 8 }, (_, i) => (i * Math.PI) / 4 - Math.PI / 2);
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="brand-mark">
      <circle cx="16" cy="16" r="7" fill="none" stroke="currentColor" strokeWidth="2.6" />
      {seats.map((a, i) => (
        <circle
          key={a}
          cx={16 + 12.4 * Math.cos(a)}
          cy={16 + 12.4 * Math.sin(a)}
          r={i === 0 ? 2.7 : 1.9}
          className={i === 0 ? 'brand-lit' : undefined}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
