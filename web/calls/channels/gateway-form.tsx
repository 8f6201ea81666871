// A gateway: new, or changed. Its channel stays what it was set up for.
import { useState, type FormEvent } from 'react';
import type { GatewayChannel } from '../../../shared/calls.ts';
import type { Gateway, postGateway, putGateway } from '../../../shared/channels.ts';
import { fieldFailure, useWrite } from '../../platform/api.ts';
import { useWords } from '../../platform/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented, SelectField, TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/notice.tsx';
import { channelWords } from '../../words/channels.ts';
import { commonWords } from '../../words/common.ts';

const CHANGED = ['/api/gateways'];
const kinds: readonly GatewayChannel[] = ['sms', 'whatsapp', 'sip', 'email'];

export function GatewayForm({ gateway, onClose }: { gateway?: Gateway; onClose: () => void }) {
  const w = useWords(channelWords);
  const c = useWords(commonWords);
  const [name, setName] = useState(gateway?.name ?? '');
  const [url, setUrl] = useState(gateway?.url ?? '');
  const [channel, setChannel] = useState<GatewayChannel>(gateway?.channel ?? 'sms');
  const [use, setUse] = useState<'on' | 'off'>((gateway?.enabled ?? true) ? 'on' : 'off');
  const add = useWrite<typeof postGateway>('POST', '/api/gateways', CHANGED);
  const change = useWrite<typeof putGateway>('PUT', '/api/gateways/:id', CHANGED);
  const failure = add.failure ?? change.failure;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { name, url, enabled: use === 'on' };
    const done = gateway ? await change.run({ params: { id: gateway.id }, body }) : await add.run({ body: { ...body, channel } });
    if (done) onClose();
  }

  return (
    <Dialog title={gateway ? w.editOf(gateway.name) : w.add} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {!gateway && (
          <SelectField label={w.channel} value={channel} onValue={setChannel} choices={kinds.map((value) => ({ value, label: w.channels[value] }))} />
        )}
        <TextField
          label={w.name}
          hint={w.nameHint}
          value={name}
          onValue={setName}
          error={fieldFailure(failure, 'name')}
          required
          maxLength={60}
          autoComplete="off"
        />
        <TextField
          label={w.url}
          hint={w.urlHint}
          value={url}
          onValue={setUrl}
          error={fieldFailure(failure, 'url')}
          type="url"
          inputMode="url"
          placeholder="https://"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
        />
        <Segmented
          label={w.use}
          value={use}
          onValue={setUse}
          choices={[
            { value: 'on', label: w.enabled },
            { value: 'off', label: w.disabled },
          ]}
        />
        {failure && (
          <Note tone="alarm" alert>
            {failure.message}
          </Note>
        )}
        <div className="row row-end">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button type="submit" kind="main" busy={add.busy || change.busy}>
            {c.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
