// The ringing screen: the newest call owns the page, the others stand below it. A native modal dialog: the focus stays inside, the page behind is inert.
import { clockZone } from '../../platform/clock.ts';
import { drawing, h, say } from '../../platform/dom.ts';
import { language } from '../../platform/language.ts';
import { ringWords } from '../../words/ring.ts';
import { actions, type Mode, type Presses } from './actions.ts';
import { isRinging, type Answer, type Ring } from './rings.ts';
import type { Sounding } from './sound.ts';

const HANDSET =
  'M7 3.5h10a1.500 1.500 0 0 1 1.500 1.500v14a1.500 1.500 0 0 1-1.500 1.500H7A1.500 1.500 0 0 1 5.500 19V5A1.500 1.500 0 0 1 7 3.500ZM10.500 17.500h3M2.500 8.500v7M21.500 8.500v7';
/** A press that was meant for what stood here a moment ago is not an answer. */
const CALM_MS = 350;

export type OverlayPresses = {
  answer: (ring: Ring, answer: Answer) => void;
  again: (ring: Ring) => void;
  reconsider: (ring: Ring) => void;
  silence: (ring: Ring) => void;
  hide: () => void;
  show: (ring: Ring) => void;
};
/** `elsewhere`: this page is in a meeting already. */
export type Shown = { rings: readonly Ring[]; sounding: Sounding; now: number; elsewhere: boolean };

export function createOverlay(press: OverlayPresses) {
  let dialog: HTMLDialogElement | null = null;
  let card: ReturnType<typeof makeCard> | null = null;
  let key = '';
  let mode: Mode = 'choose';
  let before: Element | null = null;

  /** No rings: closed. */
  function draw(shown: Shown | null): void {
    const top = shown?.rings[0];
    if (!shown || !top) return close();
    if (!dialog) open();
    // A new round of the same call sounds anew, but what somebody is typing stays.
    const next = `${top.callId} ${language()}`;
    if (next !== key) {
      mode = 'choose';
      card?.element.remove();
      card = makeCard();
      dialog?.append(card.element);
      card.calm();
      card.who.focus({ preventScroll: true });
    }
    key = next;
    card?.draw(shown, top);
  }

  function open(): void {
    before = document.activeElement;
    const made = h('dialog', {
      class: 'ring',
      role: 'alertdialog',
      'aria-modal': 'true',
      'aria-labelledby': 'ring-who',
      'aria-describedby': 'ring-about',
      closedby: 'none',
    });
    // Escape (and the way back of a phone) declines nothing and hides nothing.
    made.addEventListener('cancel', (event) => event.preventDefault());
    made.addEventListener('close', () => dialog === made && made.isConnected && made.showModal());
    // Nothing of what is typed here is a shortcut of the page behind.
    made.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
    });
    document.body.append(made);
    dialog = made;
    made.showModal();
  }

  function close(): void {
    const open = dialog;
    dialog = null;
    card = null;
    key = '';
    open?.close();
    open?.remove();
    if (open && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }

  function makeCard() {
    const words = ringWords();
    const sifat = h('span', { class: 'ring-sifat' });
    const who = h('h2', { id: 'ring-who', tabindex: -1 });
    const as = h('p', { class: 'ring-as' });
    const about = h('p', { class: 'ring-subject', id: 'ring-about' });
    const you = h('p', { class: 'ring-you', hidden: true });
    const inside = h('p', { class: 'ring-inside' });
    const clock = h('p', { class: 'ring-clock num' });
    const sound = h('p', { class: 'ring-sound', role: 'status' });
    const quiet = h('button', { class: 'ring-button ring-bare', type: 'button' });
    const place = h('div', { class: 'ring-place' });
    const others = h('div', { class: 'ring-others', hidden: true });
    let placeKey = '';
    let othersKey = '';

    function drawActions(shown: Shown, ring: Ring): void {
      const { elsewhere } = shown;
      const next = JSON.stringify([mode, elsewhere, ring.state, ring.state === 'answering' && ring.answer, ring.state === 'answering' && ring.trouble]);
      if (next === placeKey) return;
      const moved = placeKey !== '';
      placeKey = next;
      const presses: Presses = {
        answer: (answer) => press.answer(ring, answer),
        again: () => press.again(ring),
        reconsider: () => press.reconsider(ring),
        mode(to) {
          mode = to;
          drawActions(shown, ring);
        },
      };
      place.replaceChildren(actions(ring, mode, elsewhere, presses));
      if (moved) (place.querySelector<HTMLElement>('#ring-question') ?? who).focus({ preventScroll: true });
    }

    function drawOthers(rest: readonly Ring[]): void {
      const next = rest.map(({ callId, round }) => `${callId} ${round}`).join();
      if (next === othersKey) return;
      othersKey = next;
      others.hidden = rest.length === 0;
      const row = (ring: Ring): HTMLElement =>
        h(
          'li',
          {},
          h('div', {}, h('strong', {}, ring.callerName), h('span', {}, ring.subject)),
          h(
            'button',
            { class: 'ring-button ring-plain', type: 'button', on: { click: () => press.show(ring) } },
            words.show,
            h('span', { class: 'ring-hidden' }, ` ${ring.subject}`),
          ),
        );
      others.replaceChildren(h('h3', {}, words.others(rest.length)), h('ul', {}, ...rest.map(row)));
    }

    const head = h(
      'div',
      { class: 'ring-head' },
      h('p', { class: 'ring-kind' }, h('span', { class: 'ring-mark' }, drawing(HANDSET)), h('strong', {}, words.urgent), sifat),
      who,
      as,
      about,
      you,
      h('div', { class: 'ring-facts' }, inside, clock),
      h('div', { class: 'ring-foot' }, sound, quiet),
    );
    return {
      element: h('div', { class: 'ring-in' }, head, h('div', { class: 'ring-sheet' }, place, others)),
      who,
      calm() {
        place.inert = true;
        window.setTimeout(() => (place.inert = false), CALM_MS);
      },
      draw(shown: Shown, ring: Ring): void {
        const rings = isRinging(ring, shown.now);
        const seconds = Math.max(0, Math.round((shown.now - ring.since) / 1000));
        if (dialog) dialog.dataset['ringing'] = String(rings);
        say(sifat, words.sifat[ring.sifat]);
        sifat.dataset['sifat'] = ring.sifat;
        say(who, ring.callerName);
        say(as, ring.callerAs);
        say(about, ring.subject);
        // Its line is kept until it is known, so that nothing moves under a finger.
        say(you, ring.details?.youAs ? words.youAs(ring.details.youAs) : '\u00a0');
        you.hidden = ring.details?.youAs === '';
        say(inside, ring.details ? words.inside(ring.details.inside, ring.details.invited) : words.asking);
        const time = ring.details ? `${words.since(clockZone(ring.at, ring.details.zone, language()))}, ` : '';
        say(clock, time + (rings ? words.ringingFor(seconds) : words.waitingFor(Math.floor(seconds / 60))));
        say(sound, rings ? { off: '', on: '', held: words.blocked, elsewhere: words.soundsElsewhere }[shown.sounding] : soundless(ring));
        say(quiet, rings ? words.silence : words.hide);
        quiet.onclick = () => (rings ? press.silence(ring) : press.hide());
        quiet.hidden = ring.state === 'answering' && ring.trouble === null;
        drawActions(shown, ring);
        drawOthers(shown.rings.slice(1));
      },
    };
  }

  const soundless = (ring: Ring): string => (ring.state === 'answering' ? '' : ring.silenced ? ringWords().silenced : ringWords().quiet);

  return { draw, close };
}
