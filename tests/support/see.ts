// What a person waits for on a page, with the patience of a person: a word of the media server comes by several hands, on a machine that does other work.
import { expect } from 'playwright/test';

export const see = expect.configure({ timeout: 20_000 });
