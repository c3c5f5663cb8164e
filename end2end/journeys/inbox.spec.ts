// The inbox all day long: one line a case, several at once, keys, and the case beside the list.
import type { Page } from '@playwright/test';
import { expect, FEEDBACK, send, settled, signIn, sound, test } from '../support';

const DESK = { width: 1280, height: 900 };
const WIDE = { width: 1600, height: 900 };

const rows = (page: Page) => page.locator('.inbox-table tbody tr');
const boxes = (page: Page) => page.locator('.inbox-table [type=checkbox]');

/** Opens a view as an officer at a desk. */
async function open(page: Page, path: string, size = DESK) {
  await page.setViewportSize(size);
  await page.goto(path);
  await settled(page, true);
}

test('an officer sees sixteen cases at once, each by what it is about', async ({ page }) => {
  await signIn(page, 'vanphong1');
  await open(page, '/quan-tri');
  const first = await rows(page).first().boundingBox();
  expect(first!.y).toBeLessThan(200);
  const seen = await rows(page).evaluateAll(all => all.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length);
  expect(seen).toBeGreaterThanOrEqual(16);
  await expect(rows(page).first().locator('.inbox-link')).not.toHaveText(/^PA\d\d/);
  await sound(page);
});

test('a condition is taken away by its chip', async ({ page }) => {
  await signIn(page, 'vanphong1');
  await open(page, '/quan-tri?loai=hanh_vi&q=VP');
  await expect(page.locator('.condition')).toHaveCount(2);
  await sound(page);
  await page.locator('.condition', { hasText: 'VP' }).click();
  await expect(page).toHaveURL(/\/quan-tri\?loai=hanh_vi$/);
  await expect(page.locator('.condition')).toHaveCount(1);
});

test('several cases are received in place, and what fails of them is named', async ({ page, quiet, browser }) => {
  quiet.allow.push(/status of 422/);
  const text = (which: string) => ({ ...FEEDBACK[0], text: `Gọi là xanhlamba, ${which}. ${FEEDBACK[0].text}` });
  const { number } = await send(page, text('thứ nhất'), true);
  const { number: second } = await send(page, text('thứ hai'), true);
  const { number: third } = await send(page, text('thứ ba'), true);
  const box = (which: string) => page.locator(`.inbox-table [type=checkbox][value="${which}"]`);
  await signIn(page, 'vanphong1');
  await open(page, '/quan-tri?xem=cho-tiep-nhan&q=xanhlamba');
  await expect(rows(page)).toHaveCount(3);
  await expect(page.locator('.many-bar')).toBeHidden();
  await box(number).check();
  await box(second).check();
  await expect(page.locator('.many-count')).toHaveText('2 hồ sơ:');
  await sound(page);
  // a colleague is faster with one of them
  const colleague = await browser.newPage();
  await signIn(colleague, 'chanhvp');
  await colleague.goto(`/quan-tri/ho-so/${number}`);
  await settled(colleague, true);
  await colleague.locator('form[data-command$="/tiep_nhan"] button[type=submit]').first().click();
  await expect(colleague).toHaveURL(/xong=tiep_nhan/);
  await colleague.close();
  await page.evaluate(() => document.body.setAttribute('data-same', '1'));
  await page.locator('.many-bar').getByRole('button', { name: 'Tiếp nhận' }).click();
  const summary = page.locator('.error-summary');
  await expect(summary).toBeFocused();
  await expect(summary).toContainText(`${number}: không ở bước này`);
  await expect(page.getByText('Đã tiếp nhận 1 hồ sơ.')).toBeVisible();
  await expect(page.locator('.inbox-table')).not.toContainText(number);
  expect(await page.locator('body').getAttribute('data-same')).toBe('1');
  // the list goes on as if nothing had been, and no tick has passed to the case that is left
  await expect(rows(page)).toHaveCount(1);
  await expect(box(third)).not.toBeChecked();
  await box(third).check();
  await page.locator('.many-bar').getByRole('button', { name: 'Tiếp nhận' }).click();
  await expect(page.locator('main [tabindex="-1"]', { hasText: 'Đã tiếp nhận 1 hồ sơ.' })).toBeFocused();
  await expect(page).toHaveURL(/xong=tiep_nhan&so=1/);
  await expect(summary).toBeHidden();
});

test('the keys move, choose, hand over, open, and are listed', async ({ page }) => {
  await signIn(page, 'vanphong1');
  await open(page, '/quan-tri');
  await page.keyboard.press('j');
  await expect(rows(page).nth(0).locator('.inbox-link')).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows(page).nth(1).locator('.inbox-link')).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await expect(boxes(page).first()).toBeChecked();
  await page.keyboard.press('a');
  await expect(page.locator('.many-bar select')).toBeFocused();
  await rows(page).nth(0).locator('.inbox-link').focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Phím tắt' })).toBeVisible();
  await sound(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.locator('#q')).toBeFocused();
  await rows(page).nth(0).locator('.inbox-link').focus();
  await page.keyboard.press('o');
  await expect(page).toHaveURL(/\/quan-tri\/ho-so\/.*tu=/);
  await page.locator('.place-back').click();
  await expect(page).toHaveURL(/\/quan-tri\?xem=can-lam$|\/quan-tri$/);
});

test('on a wide screen the case in focus stands beside the list, and the keys walk through', async ({ page }) => {
  await signIn(page, 'vanphong1');
  await open(page, '/quan-tri', WIDE);
  await page.keyboard.press('j');
  await expect(page.locator('.inbox-preview h2')).toHaveText(await rows(page).nth(0).locator('.inbox-link').innerText());
  await page.keyboard.press('j');
  await expect(page.locator('.inbox-preview h2')).toHaveText(await rows(page).nth(1).locator('.inbox-link').innerText());
  await expect(rows(page).nth(1).locator('.inbox-link')).toBeFocused();
  await sound(page);
  await page.locator('.inbox-preview .button').click();
  await expect(page).toHaveURL(/\/quan-tri\/ho-so\/.*tu=/);
});

test('without script several cases are received and the case beside the list is a page', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: WIDE });
  const page = await context.newPage();
  await send(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Không có chương trình, gọi là vangcam.` }, false);
  await signIn(page, 'vanphong1');
  await page.goto('/quan-tri?xem=cho-tiep-nhan&q=vangcam');
  await rows(page).first().locator('.inbox-peek a').click();
  await expect(page.locator('.inbox-preview')).toContainText('Không có chương trình');
  await page.locator('.inbox-table [type=checkbox]').first().check();
  await page.locator('.many-bar').getByRole('button', { name: 'Tiếp nhận' }).click();
  await expect(page.getByText('Đã tiếp nhận 1 hồ sơ.')).toBeVisible();
  await context.close();
});
