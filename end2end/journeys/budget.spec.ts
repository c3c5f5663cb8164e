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
  expect(weights.js + weights.wasm, JSON.stringify(weights)).toBeLessThan(118 * 1024);
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
