// Pages of the site change in place: the document stays, and everything a load would have done is done.
import type { Page } from '@playwright/test';
import { expect, fill, FEEDBACK, receipt, settled, signIn, test, unfold } from '../support';

/** Marks this document; a load would lose the mark. */
const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { sameDocument: true }));
const isSame = (page: Page) => page.evaluate(() => 'sameDocument' in window);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** The page's title is what screen readers hear; read together, as the address changes before both. */
async function announced(page: Page, region: string) {
  const heard = async () => [await page.locator(region).textContent(), await page.title()];
  await expect.poll(async () => new Set(await heard()).size).toBe(1);
}

/** Opens a page and waits for its program. */
async function open(page: Page, path: string) {
  await page.goto(path);
  await settled(page, true);
  await mark(page);
}

/** Follows the first link with this address and waits until its page is there. */
async function follow(page: Page, href: string, title: RegExp) {
  await page.locator(`a[href="${href}"]`).first().click();
  await expect(page).toHaveTitle(title);
  await expect(page).toHaveURL(new URL(href, page.url()).href);
}

/** Follows a link without the pointer, which would scroll to it first. */
async function press(page: Page, href: string) {
  await page.locator(`a[href="${href}"]`).first().evaluate((link: HTMLAnchorElement) => link.click());
  await expect(page).toHaveURL(new URL(href, page.url()).href);
}

const ROUND: [string, RegExp][] = [
  ['/gui-phan-anh', /Gửi phản ánh/],
  ['/tra-cuu', /Tra cứu/],
  ['/minh-bach', /./],
  ['/huong-dan', /./],
  ['/quyen-rieng-tu', /./],
];

test('the document is the same after ten changes; title, focus, announcement and scroll follow each', async ({ page }) => {
  await open(page, '/');
  for (let round = 0; round < 2; round++) {
    for (const [href] of ROUND) {
      const before = await page.title();
      await page.evaluate(() => scrollTo(0, 300));
      await page.locator(`a[href="${href}"]`).first().click();
      await expect(page).toHaveURL(new URL(href, page.url()).href);
      await expect(page).not.toHaveTitle(before);
      expect(await isSame(page), `the document at ${href}`).toBe(true);
      await expect(heading(page)).toHaveCount(1);
      await expect(heading(page)).toBeFocused();
      await announced(page, '#giu-lai [aria-live]');
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }
  }
  expect(await page.locator('#giu-lai').count()).toBe(1);
});

test('Back and Forward bring the page as it was scrolled', async ({ page }) => {
  await open(page, '/huong-dan');
  await page.evaluate(() => scrollTo(0, 700));
  await press(page, '/quyen-rieng-tu');
  await expect(heading(page)).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(/\/huong-dan$/);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
  const guide = await page.title();
  await page.goForward();
  await expect(page).toHaveURL(/\/quyen-rieng-tu$/);
  await expect(page).not.toHaveTitle(guide);
  await announced(page, '#giu-lai [aria-live]');
  expect(await isSame(page)).toBe(true);
});

test('a place within the page is the browser’s own affair, and Back from another page finds it', async ({ page }) => {
  await open(page, '/huong-dan');
  const asked: string[] = [];
  page.on('request', request => request.isNavigationRequest() || request.resourceType() === 'fetch' ? asked.push(request.url()) : 0);
  await page.locator('a[href="#to-cao"]').click();
  await expect(page).toHaveURL(/#to-cao$/);
  expect(asked).toEqual([]);
  await press(page, '/minh-bach');
  await page.goBack();
  await expect(page).toHaveURL(/#to-cao$/);
  await expect(page.locator('#to-cao')).toBeInViewport();
  expect(await isSame(page)).toBe(true);
});

test('the form works after arriving in place: rules, draft and receipt', async ({ page }) => {
  await open(page, '/');
  await follow(page, '/gui-phan-anh', /Gửi phản ánh/);
  await page.getByLabel('Nội dung phản ánh').fill('Bản nháp sau khi đổi trang tại chỗ.');
  await page.getByLabel('Giữ bản nháp trên máy này 24 giờ').check();
  expect(await page.evaluate(() => localStorage.length)).toBe(1);
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toBeFocused();
  await expect(page.locator('#don_vi-loi')).toHaveText(/Vui lòng chọn đơn vị/);
  expect(await isSame(page)).toBe(true);
  await fill(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Đổi trang tại chỗ.` });
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
});

test('Back after a refused form brings what was typed and what was chosen, never a password', async ({ page }) => {
  await open(page, '/gui-phan-anh?loai=hanh_vi');
  const form = await page.locator('input[name=khoa]').inputValue();
  await page.getByLabel('Nội dung phản ánh').fill('Gõ rồi xem hướng dẫn, rồi trở lại.');
  await unfold(page, 'ly_do');
  await page.check('#ly_do-HV_CHAM_TRE');
  await page.fill('#ho_ten', 'Trần "Mẫu" & <Con>');
  await page.setInputFiles('#tep', { name: 'bang-chung.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toBeVisible();
  await follow(page, '/huong-dan', /./);
  await follow(page, '/quyen-rieng-tu', /./);
  await page.goBack();
  await page.goBack();
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue('Gõ rồi xem hướng dẫn, rồi trở lại.');
  expect(await page.isChecked('#ly_do-HV_CHAM_TRE')).toBe(true);
  expect(await page.inputValue('#ho_ten')).toBe('Trần "Mẫu" & <Con>');
  expect(await page.locator('#tep').evaluate((input: HTMLInputElement) => input.files?.[0]?.name)).toBe('bang-chung.pdf');
  expect(await page.locator('input[name=khoa]').inputValue(), 'the key of this form').toBe(form);
  expect(await isSame(page)).toBe(true);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify(history.state))).not.toContain('Mẫu');
  // the form is alive again
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('#don_vi-loi')).toHaveText(/Vui lòng chọn đơn vị/);

  await open(page, '/quan-tri/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill('vanphong1');
  await page.getByLabel('Mật khẩu').fill('khong-duoc-giu');
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('a'), { href: '/huong-dan', id: 'di' })));
  await page.locator('#di').evaluate((link: HTMLAnchorElement) => link.click());
  await expect(page).toHaveURL(/\/huong-dan$/);
  await page.goBack();
  await expect(page.getByLabel('Mật khẩu')).toHaveValue('');
  expect(await isSame(page)).toBe(true);
});

test('a slow answer overtaken by a second click shows only the second', async ({ page }) => {
  await open(page, '/');
  let release = () => {};
  const held = new Promise<void>(done => (release = done));
  await page.route('**/minh-bach', async route => { await held; await route.continue().catch(() => {}); });
  const titles: string[] = [];
  await page.exposeFunction('named', (title: string) => titles.push(title));
  await page.evaluate(() => new MutationObserver(() => (window as never as { named(t: string): void }).named(document.title)).observe(document.querySelector('title')!, { childList: true }));
  await page.locator('a[href="/minh-bach"]').first().click();
  await expect(page.locator('html[data-going]')).toHaveCount(1);
  await follow(page, '/huong-dan', /./);
  release();
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(/\/huong-dan$/);
  expect(new Set(titles).size, titles.join(' ')).toBe(1);
  await expect(page.locator('html[data-going]')).toHaveCount(0);
  expect(await isSame(page)).toBe(true);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
});

test('without a connection the page stays, says so, and goes on when there is one', async ({ page, quiet }) => {
  quiet.allow.push(/ERR_INTERNET_DISCONNECTED/);
  await open(page, '/gui-phan-anh?loai=hanh_vi');
  await page.getByLabel('Nội dung phản ánh').fill('Còn nguyên khi mất mạng.');
  await page.context().setOffline(true);
  await page.locator('a[href="/tra-cuu"]').first().click();
  const notice = page.locator('.no-connection');
  await expect(notice).toBeVisible();
  await expect(page).toHaveURL(/\/gui-phan-anh/);
  expect(await page.getByLabel('Nội dung phản ánh').inputValue()).toBe('Còn nguyên khi mất mạng.');
  await notice.getByRole('link', { name: 'Thử lại' }).click();
  await expect(notice).toBeVisible();
  await page.context().setOffline(false);
  await notice.getByRole('link', { name: 'Thử lại' }).click();
  await expect(page).toHaveURL(/\/tra-cuu$/);
  await expect(notice).toBeHidden();
  expect(await isSame(page)).toBe(true);
});

test('Back without a connection keeps the page and finds what was typed when there is one', async ({ page, quiet }) => {
  quiet.allow.push(/ERR_INTERNET_DISCONNECTED/);
  await open(page, '/quan-tri/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill('vanphong1');
  await page.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<a id="di" href="/huong-dan">x</a>'));
  await page.locator('#di').click();
  await expect(page).toHaveURL(/\/huong-dan$/);
  await page.context().setOffline(true);
  await page.goBack();
  const notice = page.locator('.no-connection');
  await expect(notice).toBeVisible();
  await page.context().setOffline(false);
  await notice.getByRole('link', { name: 'Thử lại' }).click();
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('vanphong1');
  await page.goForward();
  await expect(page).toHaveURL(/\/huong-dan$/);
  await expect(heading(page)).toBeFocused();
  expect(await isSame(page)).toBe(true);
});

test('what is unusual is loaded: a download, the console, a page that is not ours, another build', async ({ page }) => {
  await open(page, '/minh-bach');
  const download = page.waitForEvent('download');
  await page.locator('a[download]').first().click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  expect(await isSame(page)).toBe(true);

  await page.route('**/huong-dan', async route => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/data-js="[^"]+"/, 'data-js="/pkg/other.js"') });
  }, { times: 1 });
  await page.locator('a[href="/huong-dan"]').first().click();
  await expect(page).toHaveURL(/\/huong-dan$/);
  await expect(heading(page)).toBeVisible();
  expect(await isSame(page), 'another build').toBe(false);

  await settled(page, true);
  await mark(page);
  await page.locator('a[href="/quan-tri"]').click();
  await expect(page).toHaveURL(/\/quan-tri\/dang-nhap/);
  expect(await isSame(page), 'the door of the console').toBe(false);
});

test('with a modifier a link opens beside this page', async ({ page, context }) => {
  await open(page, '/');
  const beside = context.waitForEvent('page');
  await page.locator('a[href="/huong-dan"]').first().click({ modifiers: ['Control'] });
  await (await beside).close();
  await expect(page).toHaveURL(/\/$/);
});

test('under Save-Data every page is loaded', async ({ browser }) => {
  const context = await browser.newContext({ extraHTTPHeaders: { 'Save-Data': 'on' } });
  const page = await context.newPage();
  await page.goto('/', { waitUntil: 'networkidle' });
  await mark(page);
  await page.locator('a[href="/huong-dan"]').first().click();
  await expect(page).toHaveURL(/\/huong-dan$/);
  expect(await isSame(page)).toBe(false);
  await context.close();
});

test('Back to a page changed in place works after a load without the program', async ({ page, quiet }) => {
  // the browser says so, if it asked for the program before the test went on
  quiet.allow.push(/ERR_FAILED/);
  await open(page, '/');
  await follow(page, '/huong-dan', /./);
  await page.route('**/*.wasm', route => route.abort());
  await page.reload();
  const guide = await page.title();
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect(page).not.toHaveTitle(guide);
});

test('a change is shown in a View Transition, and without one where motion is not welcome', async ({ page }) => {
  await page.addInitScript(() => {
    const started = Document.prototype.startViewTransition;
    Object.assign(window, { transitions: 0 });
    Document.prototype.startViewTransition = function (...given: Parameters<typeof started>) {
      (window as never as { transitions: number }).transitions++;
      return started.apply(this, given);
    };
  });
  const transitions = () => page.evaluate(() => (window as never as { transitions: number }).transitions);
  await open(page, '/');
  await follow(page, '/huong-dan', /./);
  expect(await transitions()).toBe(1);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await follow(page, '/minh-bach', /./);
  expect(await transitions()).toBe(1);
  expect(await isSame(page)).toBe(true);
});

test('a page that is the same for all is fetched when a finger touches its link, others are not', async ({ page }) => {
  await open(page, '/');
  const asked: string[] = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  for (const href of ['/minh-bach', '/tra-cuu', '/quan-tri']) await page.locator(`a[href="${href}"]`).first().dispatchEvent('touchstart');
  await expect.poll(() => asked).toEqual(['/minh-bach']);
});

test('fifty changes leave neither pages nor islands behind', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, '/');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const measure = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => metrics.find(metric => metric.name === name)!.value;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
  };
  const change = async (times: number) => {
    for (let i = 0; i < times; i++) {
      await page.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<a id="den-mau" href="/gui-phan-anh?loai=hanh_vi">x</a>'));
      await page.locator('#den-mau').evaluate((link: HTMLAnchorElement) => link.click());
      await expect(page.getByLabel('Nội dung phản ánh')).toBeVisible();
      await page.locator('a[href="/huong-dan"]').first().evaluate((link: HTMLAnchorElement) => link.click());
      await expect(page.locator('#to-cao')).toBeVisible();
    }
  };
  await change(5);
  const before = await measure();
  await change(25);
  const after = await measure();
  console.log('fifty changes:', JSON.stringify({ before, after }));
  // a form page has some 400 nodes; what Leptos keeps of one are a few dozen, emptied
  expect(after.nodes - before.nodes).toBeLessThan(25 * 60);
  expect(after.heap - before.heap).toBeLessThan(1024 * 1024);
  expect(await isSame(page)).toBe(true);
});

test('a console page keeps its document, takes the focus and is announced; the leadership page is loaded', async ({ page }) => {
  await signIn(page, 'giamdoc');
  await open(page, '/quan-tri');
  await page.locator('.row-link, table a').first().click();
  await expect(page).toHaveURL(/\/quan-tri\/ho-so\/PA/);
  await expect(page.locator('.case-tag')).toContainText(/PA\d\d-/);
  await expect(heading(page)).toBeFocused();
  await announced(page, '[aria-live].visually-hidden');
  await page.locator('a[href="/quan-tri/tai-khoan"]').click();
  await expect(page).toHaveURL(/tai-khoan$/);
  await expect(heading(page)).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(/\/quan-tri\/ho-so\/PA/);
  await expect(page.locator('.case-tag')).toContainText(/PA\d\d-/);
  await expect(heading(page)).toBeFocused();
  expect(await isSame(page)).toBe(true);
  // the leadership page is the site's
  await page.locator('.console-nav a[href="/lanh-dao"]').click();
  await expect(page).toHaveURL(/\/lanh-dao$/);
  expect(await isSame(page)).toBe(false);
});

test('a page that needs more style than the one before is shown with it, and without it is loaded', async ({ page, quiet }) => {
  const look = () => page.locator('.doors').evaluate(list => getComputedStyle(list).listStyleType);
  await open(page, '/huong-dan');
  await follow(page, '/', /Phản ánh, kiến nghị/);
  expect([await isSame(page), await look()]).toEqual([true, 'none']);
  quiet.allow.push(/net::ERR_FAILED/);
  await open(page, '/huong-dan');
  let refused = 0;
  await page.route(/\/pkg\/front\./, route => (refused += 1) === 1 ? route.abort() : route.continue());
  await page.context().clearCookies();
  await follow(page, '/', /Phản ánh, kiến nghị/);
  await expect.poll(() => isSame(page)).toBe(false);
  expect(await look()).toBe('none');
});
