// Who somebody says they are: before they wait, and once more after they were declined.
import type { LobbyView } from '../../../shared/lobby.ts';
import type { Refused } from '../../platform/call.ts';
import { h, say } from '../../platform/dom.ts';
import { clockZone } from '../../platform/time.ts';
import { meetingLines, said } from './lines.ts';
import { words } from './words.ts';

export type Claim = { name: string; institution: string };
type Asking = {
  /** What was written so far, kept while the screen is drawn anew. */
  typed: Claim;
  /** Came by the common link: staff may sign in instead. */
  byCode: boolean;
  /** Staff are who the portal knows: null. Answers why not. */
  knock: (claim: Claim | null) => Promise<Refused | null>;
};

export function askForm(now: LobbyView, { typed, byCode, knock: ask }: Asking): HTMLElement {
  const w = words();
  const { knock, you } = now;
  const guest = you.badge === 'Tamu';
  const denied = knock?.state === 'ditolak' ? knock : null;
  if (knock) Object.assign(typed, { name: typed.name || knock.name, institution: typed.institution || (knock.institution ?? '') });
  const problem = h('p', { class: 'trouble', role: 'alert', hidden: true });
  const fields = guest ? [field(typed, 'name', w.ask.name, 'name', 80), field(typed, 'institution', w.ask.institution, 'organization', 120)] : [];
  const left = denied ? denied.left : 1;
  const button = h('button', { class: 'button button-main', type: 'submit' }, denied ? w.ask.again(left) : w.ask.button);
  const form = h(
    'form',
    { class: 'lobby-form', on: { submit: (event) => (event.preventDefault(), void send()) } },
    ...fields.map(({ element }) => element),
    guest && h('p', { class: 'quiet' }, w.ask.kept),
    problem,
    h(
      'div',
      { class: 'gate-actions' },
      button,
      guest && byCode && h('a', { class: 'button', href: `/masuk?ke=${encodeURIComponent(location.pathname)}` }, w.ask.signIn),
    ),
  );

  async function send(): Promise<void> {
    if (button.disabled) return;
    button.disabled = true;
    const failure = await ask(guest ? typed : null);
    button.disabled = false;
    problem.hidden = failure === null || failure.fields.length > 0;
    say(problem, failure?.message ?? '');
    for (const one of fields) one.tell(failure?.fields.find(({ path }) => path === one.path)?.message ?? null);
    fields.find(({ path }) => failure?.fields.some((wrong) => wrong.path === path))?.input.focus();
  }

  return h(
    'section',
    { class: 'gate', 'data-tone': denied ? 'alarm' : 'wait' },
    h('h1', {}, denied ? w.denied.title : w.ask.title),
    ...meetingLines(now),
    denied?.message ? said(w.wait.messageYou(clockZone(denied.message.at, now.meeting.zone)), denied.message.text) : null,
    h('p', {}, denied ? (left > 0 ? w.denied.text : w.denied.never) : guest ? w.ask.guest : w.ask.staff),
    !guest && you.name !== null && left > 0 && h('p', {}, w.ask.as(you.name)),
    left > 0 && form,
  );
}

function field(typed: Claim, path: keyof Claim, label: string, autocomplete: string, most: number) {
  const id = `lobby-${path}`;
  const wrong = h('p', { class: 'trouble', id: `${id}-wrong`, hidden: true });
  const input = h('input', {
    id,
    type: 'text',
    autocomplete,
    maxlength: most,
    required: true,
    value: typed[path],
    on: { input: () => (typed[path] = input.value) },
  });
  const tell = (text: string | null): void => {
    wrong.hidden = text === null;
    say(wrong, text ?? '');
    if (text === null) input.removeAttribute('aria-describedby');
    else input.setAttribute('aria-describedby', wrong.id);
    input.toggleAttribute('aria-invalid', text !== null);
  };
  return { path, input, tell, element: h('div', { class: 'lobby-field' }, h('label', { for: id }, label), input, wrong) };
}
