// A new pass: asks once, because the former one ends; then the link to hand over.
import type { postJournalistPass } from '../../shared/press-desk.ts';
import { useWrite } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Copy } from '../ui/copy.tsx';
import { Ask, Dialog } from '../ui/dialog.tsx';
import { deskWords } from '../words/press-desk.ts';

export function NewLink({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const w = useWords(deskWords);
  const make = useWrite<typeof postJournalistPass>('POST', '/api/journalists/:id/pass', ['/api/conferences/:id/registrations']);
  if (make.reply) return <LinkToHandOver name={name} link={make.reply.link} onClose={onClose} />;
  return (
    <Ask
      title={w.newLinkTitle(name)}
      text={w.newLinkText}
      yes={w.newLinkDo}
      busy={make.busy}
      failure={make.failure?.message}
      onYes={() => void make.run({ params: { id } })}
      onClose={onClose}
    />
  );
}

export function LinkToHandOver({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const w = useWords(deskWords);
  return (
    <Dialog title={w.linkOf(name)} onClose={onClose}>
      <div className="stack">
        <p>{w.linkText}</p>
        <p className="inset">
          <code>{link}</code>
        </p>
        <div className="row row-end">
          <Copy text={link} label={w.copyLink} kind="main" />
          <Button onClick={onClose}>{w.done}</Button>
        </div>
      </div>
    </Dialog>
  );
}
