// What can be pressed under a call: Gabung large, Tolak and Menyusul beside it; a reason or the minutes in one more tap; an answer that is on its way.
import { h } from '../../platform/dom.ts';
import { reasonText, recordedReasons, ringWords } from '../../words/ring.ts';
import type { Answer, Ring } from './rings.ts';

export type Mode = 'choose' | 'decline' | 'later';
export type Presses = {
  answer: (answer: Answer) => void;
  mode: (mode: Mode) => void;
  /** Do not wait out the delay between two tries. */
  again: () => void;
  reconsider: () => void;
};
const MINUTES = [5, 10, 15, 30] as const;
const MOST_MINUTES = 120;

/** `elsewhere`: this page stands in another meeting. */
export function actions(ring: Ring, mode: Mode, elsewhere: boolean, press: Presses): HTMLElement {
  if (ring.state === 'answering') return answering(ring, press);
  if (mode === 'decline') return decline(press);
  if (mode === 'later') return later(press);
  const words = ringWords();
  const big = (label: string, how: string, act: () => void, look: string): HTMLElement =>
    h('button', { class: `ring-button ${look}`, type: 'button', on: { click: act } }, h('span', {}, label), how !== '' && h('small', {}, how));
  const join = (): void => press.answer({ answer: 'gabung' });
  return h(
    'div',
    { class: 'ring-actions' },
    elsewhere ? big(words.switch, words.switchHow, join, 'ring-join') : big(words.join, words.joinHow, join, 'ring-join'),
    elsewhere
      ? big(words.stay, words.stayHow, () => press.answer({ answer: 'menolak', reason: recordedReasons.elsewhere }), 'ring-plain')
      : big(words.decline, '', () => press.mode('decline'), 'ring-plain'),
    big(words.later, '', () => press.mode('later'), 'ring-plain'),
  );
}

function decline(press: Presses): HTMLElement {
  const words = ringWords();
  const give = (reason: string): void => press.answer({ answer: 'menolak', reason });
  const one = (name: keyof typeof words.reasons): HTMLElement => choice(words.reasons[name], () => give(recordedReasons[name]));
  const field = h('input', { id: 'ring-reason', type: 'text', maxlength: 200, autocomplete: 'off', enterkeyhint: 'send' });
  return asked({
    title: words.why,
    choices: [one('field'), one('leading'), one('ill'), one('away')],
    label: words.ownReason,
    field,
    send: words.sendReason,
    press,
    submit() {
      const reason = field.value.trim();
      if (reason === '') return words.reasonWrong;
      give(reason);
      return null;
    },
  });
}

function later(press: Presses): HTMLElement {
  const words = ringWords();
  const give = (minutes: number): void => press.answer({ answer: 'menyusul', minutes });
  const field = h('input', { id: 'ring-minutes', type: 'text', inputmode: 'numeric', maxlength: 3, autocomplete: 'off', enterkeyhint: 'send' });
  return asked({
    title: words.when,
    choices: MINUTES.map((n) => choice(words.minutes(n), () => give(n))),
    label: words.ownMinutes,
    field,
    send: words.sendMinutes,
    press,
    submit() {
      const minutes = Number(field.value.trim());
      if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) return words.minutesWrong;
      give(minutes);
      return null;
    },
  });
}

const choice = (label: string, act: () => void): HTMLElement => h('button', { class: 'ring-button ring-plain', type: 'button', on: { click: act } }, label);

type Asked = {
  title: string;
  choices: readonly HTMLElement[];
  label: string;
  field: HTMLInputElement;
  send: string;
  press: Presses;
  /** Answers what is wrong with the field, or null. */
  submit: () => string | null;
};

function asked({ title, choices, label, field, send, press, submit }: Asked): HTMLElement {
  const wrong = h('p', { class: 'ring-wrong', id: 'ring-wrong', role: 'alert', hidden: true });
  field.setAttribute('aria-describedby', wrong.id);
  const form = h(
    'form',
    { class: 'ring-own', novalidate: true },
    h('label', { for: field.id }, label),
    h('div', {}, field, h('button', { class: 'ring-button ring-plain', type: 'submit' }, send)),
    wrong,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const problem = submit();
    wrong.hidden = problem === null;
    wrong.textContent = problem ?? '';
    field.toggleAttribute('aria-invalid', problem !== null);
    if (problem !== null) field.focus();
  });
  return h(
    'div',
    { class: 'ring-actions ring-ask', role: 'group', 'aria-labelledby': 'ring-question' },
    h('p', { class: 'ring-question', id: 'ring-question', tabindex: -1 }, title),
    h('div', { class: 'ring-choices' }, ...choices),
    form,
    h('button', { class: 'ring-button ring-quiet', type: 'button', on: { click: () => press.mode('choose') } }, ringWords().back),
  );
}

function answering({ answer, trouble }: Extract<Ring, { state: 'answering' }>, press: Presses): HTMLElement {
  const words = ringWords();
  const said =
    answer.answer === 'gabung'
      ? words.answerIs.gabung
      : answer.answer === 'menolak'
        ? words.answerIs.menolak(reasonText(answer.reason))
        : words.answerIs.menyusul(answer.minutes);
  const text = trouble === null ? words.sending[answer.answer] : trouble.kind === 'offline' ? words.offline : trouble.message;
  const plain = (label: string, act: () => void): HTMLElement => h('button', { class: 'ring-button ring-plain', type: 'button', on: { click: act } }, label);
  return h(
    'div',
    { class: 'ring-actions ring-saying' },
    h('p', { class: 'ring-question' }, said),
    h('p', { class: trouble === null ? 'ring-note' : 'ring-note ring-trouble', role: 'alert' }, text),
    trouble?.kind === 'refused' &&
      trouble.signIn &&
      h('a', { class: 'ring-button ring-join', href: `/masuk?ke=${encodeURIComponent('/panggilan')}` }, h('span', {}, words.signIn)),
    trouble !== null && plain(words.again, press.again),
    trouble !== null && plain(words.otherAnswer, press.reconsider),
  );
}
