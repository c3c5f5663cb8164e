// What every journey shares: a page that fails on any console error, ways to fill the form, to sign in, and to act on a case.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { HtmlValidate } from 'html-validate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export { expect };

/** A page that may not say anything in the console, nor break its content security policy. Where a test expects a refused request, it says so in `quiet`. */
export const test = base.extend<{ quiet: { allow: RegExp[] } }>({
  quiet: [
    async ({ page }, use) => {
      const quiet = { allow: [] as RegExp[] };
      const said: string[] = [];
      page.on('console', message => ['error', 'warning'].includes(message.type()) && said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', error => said.push(`pageerror: ${error}`));
      await use(quiet);
      expect(said.filter(line => !quiet.allow.some(pattern => pattern.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

export interface Feedback {
  id: string; kind: string; unit: string; submitter: string; text: string; codes: string[];
}
export const FEEDBACK: Feedback[] = JSON.parse(readFileSync(join(__dirname, 'data/feedback.json'), 'utf8'));

/** With script: waits until the application runs in this page. */
export async function settled(page: Page, script: boolean) {
  if (script) await page.waitForFunction(() => document.documentElement.dataset.ready === '1');
}

/** The kind of a text's form. */
const kindOf = (feedback: Feedback) => (feedback.kind.startsWith('QD') ? 'quy_dinh' : feedback.kind.startsWith('TH') ? 'tre_hen' : 'hanh_vi');

/** Opens the fold of a form that holds a field. */
export async function unfold(page: Page, field: string) {
  const fold = page.locator('details.fold', { has: page.locator(`[id^="${field}"]`) });
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
}

/** Fills the public form from one of the real texts. */
export async function fill(page: Page, feedback: Feedback) {
  const card = kindOf(feedback);
  await page.locator(`label[for=loai-${card}]`).click();
  await page.getByLabel('Nội dung phản ánh').fill(feedback.text);
  const options = await page.locator('#don_vi option').allTextContents();
  const unit = options.find(name => feedback.unit.split(' ').slice(-2).join(' ') === name.split(' ').slice(-2).join(' '));
  await page.selectOption('#don_vi', unit ? { label: unit } : 'khong-ro');
  if (card === 'hanh_vi') await page.fill('#dia_diem', 'Quầy tiếp nhận số 3, sáng 12/11/2026');
  if (card === 'tre_hen') await page.fill('#ngay_hen', '2026-11-02');
  const prefix = { hanh_vi: 'HV_', quy_dinh: 'QD_', tre_hen: 'TH_' }[card];
  for (const code of feedback.codes.filter(code => code.startsWith(prefix))) {
    await unfold(page, 'ly_do');
    await page.check(`#ly_do-${code}`);
  }
  await speaker(page, feedback.submitter);
  return card;
}

async function speaker(page: Page, who: string) {
  if (who === 'an_danh') {
    await unfold(page, 'nguoi_gui');
    return page.check('#nguoi_gui');
  }
  if (who === 'to_chuc') {
    await unfold(page, 'ten_to_chuc');
    await page.fill('#ten_to_chuc', 'Công ty Ví Dụ');
  }
  await page.fill('#ho_ten', 'Phạm Thị Ví Dụ');
  await page.fill('#dia_chi', '12 đường Ví Dụ');
  await page.fill('#lien_he', '0900 000 123');
}

/** The two codes of a receipt. */
export async function receipt(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sở đã nhận được phản ánh');
  const number = (await page.locator('.receipt-number').innerText()).trim();
  const code = (await page.locator('.code-value').innerText()).replace(/\D/g, '');
  expect(number).toMatch(/^PA\d\d-[0-9A-Z]{6}-[0-9A-Z]$/);
  expect(code).toMatch(/^\d{20}$/);
  return { number, code };
}

/** Sends one of the real texts as a citizen. */
export async function send(page: Page, feedback: Feedback, script: boolean) {
  await page.goto('/gui-phan-anh');
  await expect(page.getByRole('heading', { level: 1, name: 'Gửi phản ánh' })).toBeVisible();
  await settled(page, script);
  await fill(page, feedback);
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  return receipt(page);
}

/** Reads back what an officer wrote down, and sends it. */
export async function readBack(page: Page) {
  const aloud = page.getByRole('button', { name: 'Đọc lại cho người phản ánh' });
  if (await aloud.isVisible()) await aloud.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đọc lại cho người phản ánh');
  await page.check('#da_doc_lai');
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
}

/** Signs a member of the demo staff in. */
export async function signIn(page: Page, username: string) {
  const password = passwordOf(username);
  await page.context().clearCookies();
  await page.goto('/quan-tri/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  // the form is sent by the program or by the browser: either way the next page is another address
  await page.waitForURL(url => /^\/(quan-tri|lanh-dao)/.test(url.pathname) && url.pathname !== '/quan-tri/dang-nhap');
}

/** The demo password of a member of staff. */
export function passwordOf(username: string): string {
  const passwords = JSON.parse(readFileSync(process.env.LANG_NGHE_SIGN_INS!, 'utf8'));
  expect(passwords[username], `a demo sign-in for ${username}`).toBeTruthy();
  return passwords[username];
}

/** Follows a case with its receipt code. */
export async function follow(page: Page, code: string) {
  await page.goto('/tra-cuu');
  await page.getByLabel('Mã tra cứu').fill(code);
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await expect(page).toHaveURL(/\/tra-cuu\/ho-so$/);
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  // several boxes under one name are a list, and the name of a list is a good id; a second person's password is not to be filled in
  rules: { 'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }], 'valid-id': ['error', { relaxed: true }], 'autocomplete-password': 'off' },
});

/** Valid as it was sent; the marks that the framework leaves for its program are allowed. */
async function valid(html: string) {
  const { results } = await validator.validateString(html.replaceAll('<!>', '<!---->'));
  expect(results.flatMap(result => result.messages).map(found => `${found.line}:${found.column} ${found.ruleId} ${found.message}`)).toEqual([]);
}

/** What a form without the program is answered, valid as it was sent. */
export async function answeredValid(page: Page, press: () => Promise<void>) {
  let html = '';
  await page.route('**/*', async route => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    html = await response.text();
    await route.fulfill({ response, body: html });
  });
  await press();
  await expect.poll(() => html).not.toBe('');
  await page.unroute('**/*');
  await valid(html);
}

/** Every label finds its control, every control has a label, and no id stands twice. */
async function labelled(page: Page) {
  const faults = await page.evaluate(() => {
    const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)];
    const labels = all<HTMLLabelElement>('label').filter(label => !label.control).map(label => `a label without a control: ${label.textContent}`);
    const controls = all<HTMLInputElement>('input:not([type=hidden]), select, textarea');
    const nameless = controls.filter(control => !control.labels?.length && !control.getAttribute('aria-label')).map(control => `a control without a label: ${control.outerHTML}`);
    const ids = all('[id]').map(element => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map(id => `an id twice: ${id}`);
    return [...labels, ...nameless, ...twice];
  });
  expect(faults).toEqual([]);
}

/** Valid at its address; labelled; and nothing that axe finds, in daylight and in the dark. */
export async function sound(page: Page) {
  await valid(await (await page.request.get(page.url())).text());
  await labelled(page);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(found => `${scheme} ${found.id}: ${found.nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }
}

/** Nothing is wider than the page: at 320 px, which is also 1280 px magnified four times, and at 360 px with letters twice as large. */
export async function fits(page: Page) {
  const usual = page.viewportSize()!;
  for (const [width, letters] of [[320, '100%'], [360, '200%']] as const) {
    await page.setViewportSize({ width, height: 640 });
    await page.evaluate(size => (document.documentElement.style.fontSize = size), letters);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `pixels that do not fit at ${width} px, letters ${letters}`).toBeLessThanOrEqual(0);
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewportSize(usual);
}
