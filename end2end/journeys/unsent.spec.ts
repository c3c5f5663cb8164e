// What was typed is never thrown away: not by another form of the page, by another officer, nor by a session that ran out.
import type { Page } from '@playwright/test';
import { expect, FEEDBACK, send, settled, signIn, test } from '../support';

const TYPED = 'Đề nghị nêu rõ ngày đến nộp hồ sơ và tên thủ tục.';

const action = (page: Page, label: string) =>
  page.locator('details.action', { has: page.locator('summary').getByText(label, { exact: true }) });

/** Opens an action's form, if it is not, and gives it. */
async function unfold(page: Page, label: string) {
  const form = action(page, label);
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
  await press(await unfold(page, 'Tiếp nhận'));
  await expect(page.getByText('Đã ghi nhận: Tiếp nhận.')).toBeVisible();
  await (await unfold(page, 'Yêu cầu bổ sung')).locator('#missing').fill(TYPED);
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill('Đã gọi bộ phận một cửa.');
  await press(action(page, 'Ghi chú nội bộ'));
  await expect(page.getByText('Đã ghi nhận: Ghi chú nội bộ.')).toBeVisible();
  await expect(page.locator('#missing')).toBeVisible();
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  await expect(page.locator('#note')).toHaveValue('');
  // and once more: kept text is not what the page had from the start
  await (await unfold(page, 'Ghi chú nội bộ')).locator('#note').fill('Gọi lần thứ hai.');
  await press(action(page, 'Ghi chú nội bộ'));
  await expect(page.locator('.case-messages').getByText('Gọi lần thứ hai.')).toBeVisible();
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  // left and gone back to
  await page.locator('a[href="/quan-tri"]').first().click();
  await expect(page).toHaveURL(/\/quan-tri$/);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  await expect(page.locator('#missing')).toHaveValue(TYPED);
  // a step after which the form is not offered any more
  const refuse = await unfold(page, 'Đề xuất không tiếp nhận');
  await refuse.locator('select').selectOption({ index: 1 });
  await refuse.locator('textarea').fill('Ông/Bà có thể gửi lại phản ánh có đủ thông tin.');
  await press(refuse);
  await expect(page.getByText('Đã ghi nhận: Đề xuất không tiếp nhận.')).toBeVisible();
  await expect(page.locator('#missing')).toHaveCount(0);
  await page.getByText('Xem nội dung đã gõ').click();
  await expect(page.getByLabel('Nội dung đã gõ')).toHaveValue(TYPED);
});

test('an officer who comes second is told so, and keeps the text', async ({ page, context, quiet }) => {
  quiet.allow.push(/status of 409/);
  const number = await onScreen(page, 'Hai người.');
  await press(await unfold(page, 'Tiếp nhận'));
  await expect(page.getByText('Đã ghi nhận: Tiếp nhận.')).toBeVisible();
  const second = await context.newPage();
  await second.goto(`/quan-tri/ho-so/${number}`);
  await settled(second, true);
  await (await unfold(page, 'Yêu cầu bổ sung')).locator('#missing').fill(TYPED);
  await (await unfold(second, 'Yêu cầu bổ sung')).locator('#missing').fill('Ngày nộp hồ sơ.');
  await press(action(second, 'Yêu cầu bổ sung'));
  await expect(second.getByText('Đã ghi nhận: Yêu cầu bổ sung.')).toBeVisible();
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
  await expect(page.getByText('Đã ghi nhận: Ghi chú nội bộ.')).toBeVisible();
  await page.reload();
  await expect(page.locator('.case-messages').getByText(TYPED)).toHaveCount(1);
});
