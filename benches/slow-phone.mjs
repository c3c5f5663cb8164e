// How long a cheap phone on a slow network waits for the form: 360×640, a processor six times slower, 400 kbit/s, 400 ms.
// usage: node benches/slow-phone.mjs http://127.0.0.1:3000
import { createRequire } from 'node:module';
const { chromium } = createRequire(new URL('../end2end/', import.meta.url))('@playwright/test');

const address = process.argv[2] ?? 'http://127.0.0.1:3000';
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const runs = [];
for (let run = 0; run < 5; run++) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.goto(`${address}/gui-phan-anh?loai=hanh_vi`, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement.dataset.ready === '1', null, { timeout: 60_000, polling: 20 });
  runs.push(await page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    const { domInteractive } = performance.getEntriesByType('navigation')[0];
    const module = performance.getEntriesByType('resource').find(entry => /\/pkg\/lang-nghe\..*\.js$/.test(entry.name));
    return { usable: Math.max(paint, domInteractive), loading: module.startTime, hydrated: performance.now() };
  }));
  await context.close();
}
await browser.close();
const median = key => runs.map(run => run[key]).sort((a, b) => a - b)[2];
console.log(`form usable (painted, parsed)  ${(median('usable') / 1000).toFixed(2)} s   aim 1.5`);
console.log(`loading of the program starts  ${(median('loading') / 1000).toFixed(2)} s`);
console.log(`hydrated after loading starts  ${((median('hydrated') - median('loading')) / 1000).toFixed(2)} s   aim 6`);
