// What a visitor's phone downloads. The ceilings are those of docs/performance.md; a page that grows past them fails here.
import { expect, FEEDBACK, follow, send, settled, signIn, test } from '../support';
import type { Page, Request } from '@playwright/test';

/** What a server may send before it has to wait for the first answer: ten packets. */
const FIRST_FLIGHT = 14_000;

/** Bytes of a page on the wire by kind, headers included; of its program, once that is there. */
async function weights(page: Page, open: () => Promise<unknown>) {
  const requests: Request[] = [];
  const listen = (request: Request) => requests.push(request);
  page.on('requestfinished', listen);
  await open();
  await settled(page, true);
  page.off('requestfinished', listen);
  const sum: Record<string, number> = {};
  for (const request of requests) {
    const kind = /\.(\w+)$/.exec(new URL(request.url()).pathname)?.[1] ?? 'html';
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    sum[kind] = (sum[kind] ?? 0) + responseBodySize + responseHeadersSize;
  }
  return sum;
}

test('the first view of home and of the form fits into the first flight, and the program into its ceiling', async ({ page }) => {
  for (const path of ['/', '/gui-phan-anh?loai=hanh_vi']) {
    const weight = await weights(page, () => page.goto(path));
    expect(weight.html + weight.css, `${path} ${JSON.stringify(weight)}`).toBeLessThanOrEqual(FIRST_FLIGHT);
    expect(weight.js + weight.wasm, JSON.stringify(weight)).toBeLessThan(131 * 1024);
    await page.context().clearCookies();
  }
});

test('so does the page of a case', async ({ page, browser }) => {
  const { code } = await send(page, { ...FEEDBACK[7], text: `${FEEDBACK[7].text} (sức nặng)` }, true);
  await follow(page, code);
  const fresh = await browser.newContext({ storageState: await page.context().storageState() });
  const again = await fresh.newPage();
  const weight = await weights(again, () => again.goto(new URL('/tra-cuu/ho-so', page.url()).href));
  await fresh.close();
  expect(weight.html + weight.css, JSON.stringify(weight)).toBeLessThanOrEqual(FIRST_FLIGHT);
});

test('a part of the program that cannot be fetched disturbs nobody', async ({ page, quiet }) => {
  quiet.allow.push(/recognise|split|Failed to fetch|net::ERR/i);
  let asked = 0;
  await page.route(/split_recognise/, route => { asked += 1; return route.abort(); });
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  const words = page.getByLabel('Nội dung phản ánh');
  await words.fill('Hàng xóm lấn ranh đất nhà tôi.');
  await expect.poll(() => asked).toBeGreaterThan(0);
  // the program lives on: it still refuses an unfinished form without asking the server
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('form .error-summary')).toBeFocused();
  await expect(words).toHaveValue('Hàng xóm lấn ranh đất nhà tôi.');
  // and the part is asked for again, and comes
  await page.unroute(/split_recognise/);
  await words.pressSequentially(' Hai bên tranh chấp ranh giới thửa đất.');
  await expect(page.getByText('Có thể đây là tranh chấp đất đai')).toBeVisible();
});

test('every page of the site starts the program once it is idle, and no visitor fetches the console', async ({ page }) => {
  await signIn(page, 'giamdoc');
  // whatever the page after signing in still fetches is its own affair
  await page.goto('/', { waitUntil: 'networkidle' });
  for (const path of ['/', '/minh-bach', '/huong-dan', '/tra-cuu', '/lanh-dao']) {
    const modules: string[] = [];
    const listen = (request: { url(): string }) => request.url().includes('/pkg/') && /\.(js|wasm)$/.test(request.url()) && modules.push(request.url());
    page.on('request', listen);
    await page.goto(path, { waitUntil: 'load' });
    expect(modules, `the first view of ${path} waits for no program`).toEqual([]);
    expect(new URL(page.url()).pathname, 'the page itself').toBe(path);
    await settled(page, true);
    page.off('request', listen);
    expect(modules.filter(url => url.endsWith('.wasm')).length, modules.join(' ')).toBe(1);
    expect(modules.join(' ')).not.toContain('console');
  }
});
