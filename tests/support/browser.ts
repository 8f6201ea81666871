// Real Chromium with a fake camera and microphone; a context of its own per person.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';

/** What Playwright turns off, which a list of our own replaces, and the address bar's own pages: another second of a core for each person. */
const FEATURES_OFF = [
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];
const FLAGS = [
  `--disable-features=${FEATURES_OFF.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--autoplay-policy=no-user-gesture-required',
];

/** CHROMIUM_BIN, one on this machine, or the one Playwright has installed; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_BIN'];
  if (named) return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
  const own = chromium.executablePath();
  return installed ?? (existsSync(own) ? own : null);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `fps` of the fake camera: a picture is a picture, and encoding twenty a second of 720 lines takes a core. */
type Wish = { devices?: boolean; flags?: readonly string[]; fps?: number };

/** `devices: false` leaves the question for camera and microphone to the test (`context.grantPermissions`). */
export const openChromium = async (wish: Wish = {}): Promise<Browser> => chromium.launch(chromiumOptions(wish));

export function chromiumOptions({ devices = true, flags = [], fps = 5 }: Wish = {}): { executablePath: string; args: string[] } {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium: set CHROMIUM_BIN');
  const camera = `--use-fake-device-for-media-stream=fps=${fps}`;
  return { executablePath, args: [...FLAGS, camera, ...(devices ? ['--use-fake-ui-for-media-stream'] : []), ...flags] };
}

export type Person = {
  context: BrowserContext;
  page: Page;
  /** Addresses outside the portal that any page of this person asked for. Must stay empty. */
  foreign: string[];
  /** Uncaught errors and refusals of the content security policy. Must stay empty. */
  errors: string[];
  close(): Promise<void>;
};

export async function newPerson(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const foreign: string[] = [];
  const errors: string[] = [];
  const { host } = new URL(origin);
  const note = (address: string): void => {
    const { host: asked, protocol } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && asked !== host) foreign.push(address);
  };
  context.on('request', (request) => note(request.url()));
  context.on('weberror', (error) => errors.push(error.error().stack ?? String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) errors.push(message.text());
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => note(socket.url()));
  return { context, page, foreign, errors, close: async () => context.close() };
}
