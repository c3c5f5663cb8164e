// A computer that others use too: what the next person finds, and the two ways to leave nothing behind.
import type { Page } from '@playwright/test';
import { expect, fill, FEEDBACK, follow, receipt, send, settled, test } from '../support';

const STORY = 'Cán bộ quầy số 3 hẹn lại ba lần mà không ghi giấy hẹn.';

const drafts = (page: Page) => page.evaluate(() => Object.keys(localStorage).sort());
const keepsDraft = (page: Page) => page.getByLabel('Giữ bản nháp trên máy này 24 giờ');
const story = (page: Page) => page.getByLabel('Nội dung phản ánh');

async function open(page: Page, card = 'hanh_vi') {
  await page.goto(`/gui-phan-anh?loai=${card}`);
  await settled(page, true);
}

/** Answers for the harmless page, which is not of this site, and tells where the visitor was led. */
async function exits(page: Page) {
  const led: string[] = [];
  await page.route('**/thoat-nhanh', async route => {
    const answer = await route.fetch({ maxRedirects: 0 });
    led.push(answer.headers().location);
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<title>Thời tiết</title><h1>Thời tiết</h1>', headers: { 'set-cookie': answer.headers()['set-cookie'] } });
  });
  return led;
}

test('nothing typed stays on the device unless it is asked for', async ({ page }) => {
  await open(page);
  await expect(keepsDraft(page)).not.toBeChecked();
  await story(page).fill(STORY);
  expect(await drafts(page)).toEqual([]);
  await keepsDraft(page).check();
  await page.fill('#ho_ten', 'Không Được Lưu');
  expect(await drafts(page)).toEqual(['lang-nghe-nhap']);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Không Được Lưu');
  await page.reload();
  await settled(page, true);
  await expect(story(page)).toHaveValue(STORY);
  await expect(keepsDraft(page)).toBeChecked();
  await keepsDraft(page).uncheck();
  expect(await drafts(page)).toEqual([]);
  await expect(story(page)).toHaveValue(STORY);
});

test('a draft is a day old at most, on every page that is opened', async ({ page }) => {
  await open(page);
  await story(page).fill(STORY);
  await keepsDraft(page).check();
  const age = (hours: number) =>
    page.evaluate(by => {
      const key = 'lang-nghe-nhap';
      const draft = JSON.parse(localStorage.getItem(key)!);
      draft[0] = Date.now() - by * 3600 * 1000;
      localStorage.setItem(key, JSON.stringify(draft));
    }, hours);
  await age(23);
  await page.goto('/huong-dan');
  await settled(page, true);
  expect(await drafts(page)).toEqual(['lang-nghe-nhap']);
  await age(25);
  await page.goto('/huong-dan');
  await settled(page, true);
  await expect.poll(() => drafts(page)).toEqual([]);
});

test('a draft goes along to another kind, and after sending there is none', async ({ page }) => {
  await open(page);
  await story(page).fill(STORY);
  await keepsDraft(page).check();
  await page.getByText('Hồ sơ trễ hẹn', { exact: true }).click();
  await page.fill('#ngay_hen', '2026-11-02');
  await page.goto('/gui-phan-anh');
  await settled(page, true);
  await expect(story(page)).toHaveValue(STORY);
  await expect(page.locator('#loai-tre_hen')).toBeChecked();
  await expect(page.locator('#ngay_hen')).toHaveValue('2026-11-02');
  const late = FEEDBACK.find(feedback => feedback.kind.startsWith('TH'))!;
  await fill(page, { ...late, text: `${late.text} Đổi loại rồi gửi.` });
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
  expect(await drafts(page)).toEqual([]);
});

test('the choice to keep a draft comes with the first words', async ({ page }) => {
  await open(page);
  await expect(keepsDraft(page)).toBeHidden();
  await story(page).fill(STORY);
  await expect(keepsDraft(page)).toBeVisible();
  await expect(keepsDraft(page)).not.toBeChecked();
});

test('leaving at once: the form is in no history, no draft, no memory', async ({ page }) => {
  const led = await exits(page);
  await page.goto('/');
  await settled(page, true);
  await page.locator('a[href="/gui-phan-anh"]').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Gửi phản ánh' })).toBeVisible();
  await story(page).fill(STORY);
  await keepsDraft(page).check();
  await page.getByRole('link', { name: 'Thoát nhanh' }).click();
  await expect(page.getByRole('heading', { name: 'Thời tiết' })).toBeVisible();
  expect(led[0]).toMatch(/^https:\/\/nchmf\.gov\.vn\//);
  expect(await drafts(page)).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  expect(await page.content()).not.toContain(STORY);
});

test('leaving at once from an open case closes it, also without the program', async ({ page, browser, quiet }) => {
  quiet.allow.push(/status of 404/);
  const { code } = await send(page, { ...FEEDBACK[2], text: `${FEEDBACK[2].text} Thoát nhanh.` }, true);
  await follow(page, code);
  await exits(page);
  await page.getByRole('link', { name: 'Thoát nhanh' }).click();
  await expect(page.getByRole('heading', { name: 'Thời tiết' })).toBeVisible();
  await page.goto('/tra-cuu/ho-so');
  await expect(page).toHaveURL(/\/tra-cuu$/);
  await page.goto('/gui-phan-anh/da-nhan');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phiếu tiếp nhận không còn hiển thị');
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await exits(plain);
  await follow(plain, code);
  await plain.getByRole('link', { name: 'Thoát nhanh' }).click();
  await expect(plain.getByRole('heading', { name: 'Thời tiết' })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await plain.goto('/tra-cuu/ho-so');
  await expect(plain).toHaveURL(/\/tra-cuu$/);
  await context.close();
});

test('after "Quên trên máy này" neither Back nor the receipt’s address shows anything', async ({ page, quiet }) => {
  quiet.allow.push(/status of 404/);
  await send(page, { ...FEEDBACK[3], text: `${FEEDBACK[3].text} Quên.` }, true);
  await page.getByRole('button', { name: 'Quên trên máy này' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Máy này không còn giữ gì');
  expect(await page.context().cookies()).toEqual([]);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phiếu tiếp nhận không còn hiển thị');
});

test('forgetting takes what was typed off the page, the device and the memory of Back', async ({ page }) => {
  await open(page);
  await story(page).fill(STORY);
  await keepsDraft(page).check();
  // left in place: the words wait in memory for Back
  await page.locator('a[href="/huong-dan"]').first().click();
  await expect(page).toHaveURL(/\/huong-dan$/);
  await page.goBack();
  await expect(story(page)).toHaveValue(STORY);
  await page.getByRole('button', { name: 'Quên trên máy này' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Máy này không còn giữ gì');
  expect(await drafts(page)).toEqual([]);
  await page.goBack();
  await settled(page, true);
  await expect(story(page)).toHaveValue('');
});
