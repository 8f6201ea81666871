// Fasilitas: what was asked of DKIS; for operators everything, waiting first.
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import Plus from 'lucide-react/icons/plus';
import type { FacilityRequest, getFacilities, postFacilityCancel } from '../../shared/facilities.ts';
import { useRead, useWrite } from '../platform/api.ts';
import { holds, useMe } from '../platform/session.tsx';
import { useWords } from '../platform/words.ts';
import { Button } from '../ui/button.tsx';
import { Ask } from '../ui/dialog.tsx';
import { Bones, Empty, Loaded } from '../ui/notice.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { facilityWords } from '../words/facilities.ts';
import { AskForm } from './ask-form.tsx';
import { DecideForm } from './decide-form.tsx';
import { RequestList } from './request-list.tsx';
import './facilities.css';

type Open = { what: 'ask' } | { what: 'decide' | 'cancel'; request: FacilityRequest };

export function FacilityTabs() {
  const w = useWords(facilityWords);
  if (!holds(useMe(), 'operator_dkis')) return null;
  return (
    <Tabs
      label={w.tabs}
      parts={[
        { to: '/fasilitas', label: w.requests },
        { to: '/fasilitas/pekan', label: w.weekTab },
        { to: '/fasilitas/sarana', label: w.things },
      ]}
    />
  );
}

export default function FacilitiesScreen() {
  const w = useWords(facilityWords);
  const [search] = useSearchParams();
  const marked = search.get('buka');
  const facilities = useRead<typeof getFacilities>('/api/facilities', {});
  const [open, setOpen] = useState<Open>();
  const cancel = useWrite<typeof postFacilityCancel>('POST', '/api/facilities/:id/cancel', ['/api/facilities', '/api/facilities/week']);
  const close = (): void => setOpen(undefined);
  async function cancelNow(request: FacilityRequest): Promise<void> {
    if (await cancel.run({ params: { id: request.id } })) close();
  }
  const ask = facilities.value?.mayAsk ? (
    <Button kind="main" icon={<Plus aria-hidden />} onClick={() => setOpen({ what: 'ask' })}>
      {w.ask}
    </Button>
  ) : undefined;
  const acts = {
    marked,
    onDecide: (request: FacilityRequest) => setOpen({ what: 'decide', request }),
    onCancel: (request: FacilityRequest) => setOpen({ what: 'cancel', request }),
  };
  const isWaiting = (request: FacilityRequest): boolean => request.state === 'menunggu' && request.may.cancel;
  return (
    <Page title={w.title} under={<p>{w.under}</p>} actions={facilities.value && facilities.value.requests.length > 0 ? ask : undefined}>
      <FacilityTabs />
      <Loaded from={facilities} skeleton={<Bones rows={5} tall />}>
        {({ requests }) =>
          requests.length === 0 ? (
            <Empty title={w.empty} action={ask}>
              {w.emptyText}
            </Empty>
          ) : (
            <>
              {requests.some(isWaiting) && (
                <Section title={w.waiting}>
                  <RequestList requests={requests.filter(isWaiting)} {...acts} />
                </Section>
              )}
              {requests.some((request) => !isWaiting(request)) && (
                <Section title={w.later}>
                  <RequestList requests={requests.filter((request) => !isWaiting(request))} {...acts} />
                </Section>
              )}
            </>
          )
        }
      </Loaded>
      {open?.what === 'ask' && <AskForm onClose={close} />}
      {open?.what === 'decide' && <DecideForm request={open.request} onClose={close} />}
      {open?.what === 'cancel' && (
        <Ask
          title={w.cancelTitle(open.request.title)}
          text={w.cancelText}
          yes={w.cancel}
          busy={cancel.busy}
          failure={cancel.failure?.message}
          onYes={() => void cancelNow(open.request)}
          onClose={close}
        />
      )}
    </Page>
  );
}
