// On the first page after signing in: by when a second factor must be set up.
import ShieldCheck from 'lucide-react/icons/shield-check';
import { Link, useLocation } from 'wouter';
import { useFormats } from '../platform/format.ts';
import { useMe, useZone } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { factorWords } from '../words/factors.ts';

export default function DueStrip() {
  const w = useWords(factorWords);
  const f = useFormats();
  const zone = useZone();
  const { factorDue } = useMe();
  const [location] = useLocation();
  if (factorDue === null || location !== '/') return null;
  return (
    <div role="status">
      <p className="strip">
        <ShieldCheck aria-hidden />
        <span>
          {w.dueBy(f.dayOf(factorDue, zone))} <Link href="/akun">{w.dueLink}</Link>
        </span>
      </p>
    </div>
  );
}
