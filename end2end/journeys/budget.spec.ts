// What a visitor's phone downloads. The ceilings are those of docs/performance.md; a page that grows past them fails here.
import { expect, settled, test } from '../support';

test('the first view of the form and the application stay within what they weigh today', async ({ page }) => {
  const weights: Record<string, number> = {};
  page.on('response', response => {
    const kind = /\.(\w+)(?:\?|$)/.exec(new URL(response.url()).pathname)?.[1] ?? 'html';
    weights[kind] = (weights[kind] ?? 0) + Number(response.headers()['content-length'] ?? 0);
  });
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  expect(weights.html + weights.css).toBeLessThan(30 * 1024);
  expect(weights.js + weights.wasm).toBeLessThan(185 * 1024);
});
