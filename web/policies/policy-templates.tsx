// Ready-made rules that regions have used, to be taken into the form.
import { useState } from 'react';
import type { getPolicyTemplates, PolicyTemplate } from '../../shared/policies.ts';
import { useRead } from '../platform/api.ts';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Bones, Loaded } from '../ui/notice.tsx';
import { policyWords } from '../words/policies.ts';

export function Templates({ onUse }: { onUse: (template: PolicyTemplate) => void }) {
  const w = useWords(policyWords);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {w.templates}
      </Button>
      {open && (
        <Dialog title={w.templates} onClose={() => setOpen(false)} side>
          <TemplateList
            onUse={(template) => {
              onUse(template);
              setOpen(false);
            }}
          />
        </Dialog>
      )}
    </>
  );
}

function TemplateList({ onUse }: { onUse: (template: PolicyTemplate) => void }) {
  const w = useWords(policyWords);
  const read = useRead<typeof getPolicyTemplates>('/api/policy-templates', {});
  return (
    <>
      <p className="quiet s">{w.templatesText}</p>
      <Loaded from={read} skeleton={<Bones rows={6} tall />}>
        {(templates) => (
          <ul className="policy-list">
            {templates.map((template) => (
              <li key={template.key}>
                <strong>{template.name}</strong>
                <span>{template.about}</span>
                <div className="policy-head">
                  <span className="quiet s">{w.source(template.source)}</span>
                  <Button aria-label={w.takeIt(template.name)} onClick={() => onUse(template)}>
                    {w.take}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
