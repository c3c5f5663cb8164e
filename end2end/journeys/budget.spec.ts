// What a visitor's phone downloads. The ceilings are those of docs/performance.md; a page that grows past them fails here.
import { expect, settled, signIn, test } from '../support';

test('the first view of the form and the application stay within what they weigh today', async ({ page }) => {
  const weights: Record<string, number> = {};
  page.on('response', response => {
    const kind = /\.(\w+)(?:\?|$)/.exec(new URL(response.url()).pathname)?.[1] ?? 'html';
    weights[kind] = (weights[kind] ?? 0) + Number(response.headers()['content-length'] ?? 0);
  });
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  expect(weights.html + weights.css).toBeLessThan(30 * 1024);
  expect(weights.js + weights.wasm).toBeLessThan(185 * 1024);
});

test('a page with nothing to help with starts no program, and no visitor fetches the console', async ({ page }) => {
  await signIn(page, 'giamdoc');
  // whatever the page after signing in still fetches is its own affair
  await page.goto('/', { waitUntil: 'networkidle' });
  const modules: string[] = [];
  page.on('request', request => request.url().endsWith('.wasm') && modules.push(request.url()));
  for (const path of ['/', '/minh-bach', '/huong-dan', '/lanh-dao']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(new URL(page.url()).pathname, 'the page itself').toBe(path);
    await settled(page, true);
  }
  expect(modules).toEqual([]);
  await page.goto('/tra-cuu', { waitUntil: 'networkidle' });
  await settled(page, true);
  expect(modules.length, modules.join(' ')).toBe(1);
});
