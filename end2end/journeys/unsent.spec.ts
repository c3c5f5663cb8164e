// What was typed is never thrown away: not by another form of the page, by another officer, nor by a session that ran out.
import type { Page } from '@playwright/test';
import { expect, FEEDBACK, follow, send, settled, signIn, test } from '../support';

const TYPED = 'Đề nghị nêu rõ ngày đến nộp hồ sơ và tên thủ tục.';

const action = (page: Page, label: string) =>
  page.locator('details.action', { has: page.locator('summary').getByText(label, { exact: true }) });

/** Opens an action's form, if it is not, and gives it. */
async function unfold(page: Page, label: string) {
  const form = action(page, label);
  const folded = page.locator('details.case-others:not([open])', { has: form });
  if (await folded.count()) await folded.locator('summary').first().click();
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  return form;
}

const press = (form: ReturnType<typeof action>) => form.locator('button[type=submit]').click();

/** A new case on an officer's screen. */
async function onScreen(page: Page, mark: string) {
  const { number } = await send(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} ${mark}` }, true);
  await signIn(page, 'vanphong1');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, true);
  return number;
}

test('what is typed into the forms of a case stays while another of them goes through', async ({ page }) => {
  const number = await onScreen(page, 'Gõ dở.');
  const steps = await page.evaluate(() => history.length);
  await page.getByRole('button', { name: 'Chỉ tiếp nhận' }).click();
  await expect(page.getByText('Đã tiếp nhận.')).toBeVisible();
  await (await unfold(page, 'Yêu cầu bổ sung')).locator('#missing').fill(TYPED);
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill('Đã gọi bộ phận một cửa.');
  await press(action(page, 'Ghi chú nội bộ'));
  await expect(page.locator('main [tabindex="-1"]', { hasText: 'Đã lưu ghi chú.' })).toBeFocused();
  await expect(page.locator('#missing')).toBeVisible();
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  await expect(page.locator('#note')).toHaveValue('');
  // and once more: kept text is not what the page had from the start
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill('Gọi lần thứ hai.');
  await press(action(page, 'Ghi chú nội bộ'));
  await expect(page.locator('.case-messages').getByText('Gọi lần thứ hai.')).toBeVisible();
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  expect(await page.evaluate(() => history.length), 'an action is no step of the history').toBe(steps);
  // left and gone back to
  await page.locator('a[href="/quan-tri"]').first().click();
  await expect(page).toHaveURL(/\/quan-tri$/);
  await page.goBack();
  await expect(page.locator('.case-tag')).toContainText(number);
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  // a step after which the form is not offered any more
  const refuse = await unfold(page, 'Đề xuất không tiếp nhận');
  await refuse.locator('select').selectOption({ index: 1 });
  await refuse.locator('textarea').fill('Ông/Bà có thể gửi lại phản ánh có đủ thông tin.');
  await press(refuse);
  await expect(page.getByText('Đã đề xuất không tiếp nhận.')).toBeVisible();
  await expect(page.locator('#missing')).toHaveCount(0);
  await page.getByText('Xem nội dung đã gõ').click();
  await expect(page.getByLabel('Nội dung đã gõ')).toHaveValue(TYPED);
});

test('an officer who comes second is told so, and keeps the text', async ({ page, context, quiet }) => {
  quiet.allow.push(/status of 409/);
  const number = await onScreen(page, 'Hai người.');
  await page.getByRole('button', { name: 'Chỉ tiếp nhận' }).click();
  await expect(page.getByText('Đã tiếp nhận.')).toBeVisible();
  const second = await context.newPage();
  await second.goto(`/quan-tri/ho-so/${number}`);
  await settled(second, true);
  await (await unfold(page, 'Yêu cầu bổ sung')).locator('#missing').fill(TYPED);
  await (await unfold(second, 'Yêu cầu bổ sung')).locator('#missing').fill('Ngày nộp hồ sơ.');
  await press(action(second, 'Yêu cầu bổ sung'));
  await expect(second.getByText('Đã yêu cầu bổ sung.')).toBeVisible();
  await press(action(page, 'Yêu cầu bổ sung'));
  await expect(action(page, 'Yêu cầu bổ sung').locator('.error-summary')).toBeFocused();
  await expect(page.locator('#missing')).toHaveValue(TYPED);
});

test('after the session ended one signs in beside the text, and sends it', async ({ page, context, quiet }) => {
  quiet.allow.push(/status of 401/);
  await onScreen(page, 'Hết phiên.');
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill(TYPED);
  await context.clearCookies();
  await press(action(page, 'Ghi chú nội bộ'));
  const door = action(page, 'Ghi chú nội bộ').getByRole('link', { name: 'Đăng nhập' });
  await expect(door).toHaveAttribute('target', '_blank');
  await expect(page.locator('#note')).toHaveValue(TYPED);
  await signIn(await context.newPage(), 'vanphong1');
  await press(action(page, 'Ghi chú nội bộ'));
  await expect(page.locator('.case-messages').getByText(TYPED)).toBeVisible();
});

test('two clicks at once write one note', async ({ page }) => {
  await onScreen(page, 'Bấm đúp.');
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill(TYPED);
  await action(page, 'Ghi chú nội bộ').locator('button[type=submit]').dblclick();
  await expect(page.getByText('Đã lưu ghi chú.')).toBeVisible();
  await page.reload();
  await expect(page.locator('.case-messages').getByText(TYPED)).toHaveCount(1);
});

test('what one officer typed is neither shown nor handed to the next one', async ({ page, context, quiet }) => {
  quiet.allow.push(/status of 401/);
  const number = await onScreen(page, 'Người khác.');
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill(TYPED);
  await page.locator('a[href="/quan-tri"]').first().click();
  await expect(page).toHaveURL(/\/quan-tri$/);
  await context.clearCookies();
  // nobody is signed in: the text is said to wait, and not shown
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Cần đăng nhập' })).toBeVisible();
  expect(await page.content()).not.toContain(TYPED);
  const second = await context.newPage();
  await signIn(second, 'vanphong2');
  await page.getByRole('button', { name: 'Mở lại trang này' }).click();
  await expect(page.locator('.case-tag')).toContainText(number);
  await expect(page.locator('#note')).toHaveValue('');
  expect(await page.content()).not.toContain(TYPED);
});

test('the one who typed it signs in again and finds it', async ({ page, context, quiet }) => {
  quiet.allow.push(/status of 401/);
  await onScreen(page, 'Cùng người.');
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill(TYPED);
  await page.locator('a[href="/quan-tri"]').first().click();
  await expect(page).toHaveURL(/\/quan-tri$/);
  await context.clearCookies();
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Đăng nhập' })).toHaveAttribute('target', '_blank');
  await signIn(await context.newPage(), 'vanphong1');
  await page.getByRole('button', { name: 'Mở lại trang này' }).click();
  await expect(page.locator('#note')).toHaveValue(TYPED);
});

test('a colleague’s newer text is shown beside the older one that was typed', async ({ page, browser }) => {
  const number = await onScreen(page, 'Sửa cùng lúc.');
  const write = 'Phân loại và giao';
  await (await unfold(page, write)).locator('#extract').fill(TYPED);
  await page.locator('a[href="/quan-tri"]').first().click();
  await expect(page).toHaveURL(/\/quan-tri$/);
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, 'vanphong2');
  await other.goto(`/quan-tri/ho-so/${number}`);
  await settled(other, true);
  await (await unfold(other, write)).locator('#extract').fill('Bản mới của người kia.');
  await action(other, write).getByLabel('Giao cho').selectOption('chua_giao');
  await press(action(other, write));
  await expect(other.getByText('Đã lưu phân loại và bản trích, chưa giao.')).toBeVisible();
  await context.close();
  await page.goBack();
  await expect(page.locator('#extract')).toHaveValue(TYPED);
  await expect(action(page, write).getByText('Phần này đã được sửa sau khi Ông/Bà bắt đầu gõ')).toBeVisible();
  await expect(action(page, write).getByText('Bản mới của người kia.')).toBeVisible();
});

test('words typed while the form is on its way are not thrown away', async ({ page }) => {
  await onScreen(page, 'Gõ tiếp.');
  let release = () => {};
  const held = new Promise<void>(done => (release = done));
  await page.route('**/quan-tri/ho-so/**', async route => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill(TYPED);
  await press(action(page, 'Ghi chú nội bộ'));
  await page.locator('#note').fill(`${TYPED} Và thêm.`);
  release();
  await expect(page.getByText('Đã lưu ghi chú.')).toBeVisible();
  await expect(page.locator('#note')).toHaveValue(`${TYPED} Và thêm.`);
});

test('Back never puts words or files of one case into another', async ({ page }) => {
  const first = await send(page, { ...FEEDBACK[2], text: `${FEEDBACK[2].text} Thứ nhất.` }, true);
  const other = await send(page, { ...FEEDBACK[2], text: `${FEEDBACK[2].text} Thứ hai.` }, true);
  const look = async (code: string) => {
    await page.locator('a[href="/tra-cuu"]').first().click();
    await page.getByLabel('Mã tra cứu').fill(code);
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await expect(page).toHaveURL(/\/tra-cuu\/ho-so$/);
  };
  await follow(page, first.code);
  await settled(page, true);
  await page.getByLabel('Nhắn cho Sở').fill('Chỉ dành cho hồ sơ thứ nhất.');
  await page.setInputFiles('#tep', { name: 'rieng.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
  await look(other.code);
  await expect(page.getByText(other.number)).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page.getByText(other.number)).toBeVisible();
  await expect(page.getByLabel('Nhắn cho Sở')).toHaveValue('');
  expect(await page.locator('#tep').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(0);
});

test('after sending, Back finds an empty form: the next person at the device reads nothing', async ({ page }) => {
  await send(page, { ...FEEDBACK[3], text: `${FEEDBACK[3].text} Máy chung.` }, true);
  await page.goBack();
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue('');
  expect(await page.locator('main').evaluate(main => [...main.querySelectorAll('input, textarea')].some(field => (field as HTMLInputElement).value.includes('Ví Dụ')))).toBe(false);
});
