// Scripts in everything a person can write: sixty of them, on the screens that show them. They are words there: nothing runs, nothing had to be stopped.
import { expect, test } from 'vitest';
import { postChat } from '../../shared/chat.ts';
import { postKitItem, putKitItem } from '../../shared/press-kit.ts';
import { postMeetingNow } from '../../shared/meetings.ts';
import { postQuestion } from '../../shared/press-floor.ts';
import { postThing } from '../../shared/facilities.ts';
import { postDecision } from '../../shared/proceedings.ts';
import { putAnswer } from '../../shared/invitations.ts';
import { portalItself } from '../../server/people/index.ts';
import { newPerson, openChromium, type Person } from '../support/browser.ts';
import { signIn } from '../support/cast.ts';
import { plannedMeeting } from '../support/invited.ts';
import { pressFloor } from '../support/press-floor.ts';
import type { Client } from '../support/world.ts';

const TAGS = ['img', 'svg', 'video', 'audio', 'body', 'iframe', 'object', 'embed', 'input', 'details', 'marquee', 'math', 'link', 'meta', 'base', 'form'];
const CALLS = ['alert(1)', 'prompt`1`', 'confirm(document.cookie)'];
const PAYLOADS: readonly string[] = [
  ...TAGS.flatMap((tag, n) => [`<${tag} src=x onerror=${CALLS[n % 3]} onload=${CALLS[(n + 1) % 3]}>`, `"><${tag}/onfocus=${CALLS[n % 3]} autofocus>`]),
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</textarea><img src=x onerror=alert(1)>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<svg><script href=//jahat.example/x></script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x>',
  '<math><mtext></p><style><!--</style><img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">klik</a>',
  '[klik](javascript:alert(1))',
  '![x](//jahat.example/x.png)',
  'javascript:alert(1)',
  'https://jahat.example/"onmouseover="alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '#{alert(1)}',
  '<%= alert(1) %>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\\u003cimg src=x onerror=alert(1)\\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '"-alert(1)-"',
  "';alert(1);//",
  '--><img src=x onerror=alert(1)>',
  ']]><img src=x onerror=alert(1)>',
  '<style>@import "//jahat.example/x.css"</style>',
  '<div style="background:url(//jahat.example/x)">',
];

test('sixty scripts in every field stay the words they are, on every screen that shows them', async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(60);
  const p = await pressFloor({ web: true });
  const { world, cast, operator } = p;
  const chair = await signIn(world, cast.kepala);
  const of = (n: number): string => PAYLOADS[n % PAYLOADS.length]!;
  for (const [n, payload] of PAYLOADS.entries()) {
    await plannedMeeting(
      world,
      cast,
      { people: [cast.kabid.id] },
      { title: payload, startsAt: new Date(world.clock.now().getTime() + (n + 30) * 3_600_000), endsAt: null },
    );
    await world.app.people.addPerson(portalItself, { name: payload, nip: null, email: null, phone: null, opdId: cast.opds.dinsos.id });
  }
  // Names of those who act, of posts, units and outlets; what they write.
  await world.sql`update people.position set title = ${of(3)} || title`;
  await world.sql`update people.opd set name = ${of(5)} || name`;
  const { id } = await chair.call(postMeetingNow, {
    body: { title: of(32), sifat: 'biasa', invite: { people: [cast.kabid.id], positions: [], units: [], guests: [{ name: of(38), institution: of(40) }] } },
  });
  const planned = await plannedMeeting(world, cast, { people: [cast.kabid.id], guests: [{ name: of(33), institution: of(34) }] }, { title: of(35) });
  const kabid = await signIn(world, cast.kabid);
  await kabid.call(putAnswer, { params: { id: planned }, body: { answer: 'tidak', reason: of(36) } });
  await chair.call(postChat, { params: { id }, body: { text: PAYLOADS.join('\n').slice(0, 1_900), key: crypto.randomUUID() } });
  await chair.call(postDecision, {
    params: { id },
    body: { key: crypto.randomUUID(), text: of(37), basis: of(39), positionId: cast.kepala.positionId!, dueOn: '2026-12-01' },
  });
  await operator.call(postThing, { body: { kind: 'ruang', name: of(41), detail: of(42) } });
  for (const n of [32, 36, 40, 44, 48, 56]) {
    const asker = await p.inside(`Wartawan ${of(n)}`, `Media ${of(n + 1)}`);
    await asker.client.call(postQuestion, { params: p.slug, body: { topic: of(n + 2), text: PAYLOADS.slice(0, 40).join('\n'), key: crypto.randomUUID() } });
  }
  await world.sql`update press.conference set title = ${of(43)}, summary = ${PAYLOADS.join('\n')}, place = ${of(44)} where id = ${p.id}`;
  const release = PAYLOADS.map((text) => ({ kind: 'paragraph' as const, runs: [{ text, bold: false, italic: false, link: null }] }));
  const { items } = await operator.call(postKitItem, { params: p.params, body: { kind: 'siaran', title: of(45), number: of(46), contact: of(47), release } });
  await operator.call(putKitItem, {
    params: { ...p.params, item: items[0]!.id },
    body: { title: of(45), number: of(46), contact: of(47), release, version: items[0]!.version },
  });

  const origin = await world.listen();
  const browser = await openChromium({ devices: false });
  const ran: string[] = [];
  const opened: Person[] = [];
  async function browses(client: Client | null): Promise<Person> {
    const person = await newPerson(browser, origin);
    opened.push(person);
    if (client) await person.context.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: origin })));
    await person.context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`Content Security Policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    person.page.on('dialog', (dialog) => {
      ran.push(`${person.page.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return person;
  }
  /** `shows`: the least number of payloads that stand there as they were written. */
  async function looks({ page }: Person, path: string, shows: number): Promise<void> {
    await page.goto(path);
    const literally = async (): Promise<number> => {
      const text = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
      return PAYLOADS.filter((payload) => text.includes(payload)).length;
    };
    await expect.poll(async () => [path, (await literally()) >= shows], { timeout: 30_000, message: `${path} shows ${shows} of them` }).toEqual([path, true]);
    // Made by the page itself, or by what somebody wrote?
    const made =
      'script:not([src]):not([type="application/json"]), [onerror], [onload], [onfocus], [onbegin], iframe, object, embed, base, img[src="x"], a[href^="javascript:"], [style*="jahat"]';
    expect([path, await page.locator(made).evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)))]).toEqual([path, []]);
  }
  try {
    const head = await browses(chair);
    await looks(head, '/rapat', 50);
    await looks(head, '/kalender?lihat=agenda', 5);
    await looks(head, '/pegawai', 30);
    await looks(head, `/rapat/${planned}`, 4);
    await looks(head, `/rapat/${id}`, 2);
    await looks(head, `/rapat/${id}/notulen`, 1);
    await looks(head, '/', 1);
    const desk = await browses(operator);
    await looks(desk, '/konferensi', 1);
    await looks(desk, `/konferensi/${p.id}`, 2);
    await looks(desk, `/konferensi/${p.id}/pendaftaran`, 6);
    await looks(desk, `/konferensi/${p.id}/materi`, 1);
    await looks(desk, '/jurnalis', 6);
    await looks(desk, '/jurnalis/media', 5);
    await looks(desk, '/fasilitas/sarana', 2);
    await looks(await browses(p.moderator), `/konferensi/${p.id}/pertanyaan`, 5);
    const reader = await browses(null);
    await looks(reader, '/pers', 1);
    await looks(reader, `/pers/${p.slug.slug}`, 40);
    await looks(reader, '/v/%3Cimg%20src=x%20onerror=alert(1)%3E', 0);
    await looks(reader, '/masuk?next=javascript:alert(1)//%22%3E%3Cscript%3Ealert(1)%3C/script%3E', 0);
    expect({ ran, errors: opened.flatMap(({ errors }) => errors), foreign: opened.flatMap(({ foreign }) => foreign) }).toEqual({
      ran: [],
      errors: [],
      foreign: [],
    });
  } finally {
    await browser.close();
    await world.close();
  }
});
