// Pages that only come after something was done or refused: heard at once, labelled, and valid.
import type { Browser, Page } from '@playwright/test';
import { answeredValid, expect, FEEDBACK, fill, fits, follow, readBack, receipt, send, settled, signIn, sound, test } from '../support';

/** A page without the site's program, in which a test can still look around. */
async function plainly(browser: Browser) {
  const context = await browser.newContext({ extraHTTPHeaders: { 'Save-Data': 'on' }, viewport: { width: 360, height: 640 } });
  return context.newPage();
}

/** A refused page as the server wrote it: said first in the title, and the focus is where it is explained. */
async function heard(page: Page) {
  await expect(page).toHaveTitle(/^Lỗi: /);
  await expect(page.locator('.error-summary:not([hidden])')).toBeFocused();
  await sound(page);
  await fits(page);
}

test('a refused form is heard, labelled and sound, written by the server', async ({ browser }) => {
  const page = await plainly(browser);
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await answeredValid(page, () => page.getByRole('button', { name: 'Gửi phản ánh' }).click());
  await heard(page);
  await page.context().close();
});

test('a refused form is heard, labelled and sound, judged by the program', async ({ page }) => {
  await page.goto('/gui-phan-anh?loai=tre_hen');
  await settled(page, true);
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toBeFocused();
  await sound(page);
});

test('a wrong code and a wrong password are heard', async ({ browser }) => {
  const page = await plainly(browser);
  await page.goto('/tra-cuu');
  await page.getByLabel('Mã tra cứu').fill('0000 0000 0000 0000 0000');
  await page.getByRole('button', { name: 'Tra cứu' }).click();
  await heard(page);
  await page.goto('/quan-tri/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill('khong-co');
  await page.getByLabel('Mật khẩu').fill('sai hoàn toàn');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await heard(page);
  await page.context().close();
});

test('a case, its message box, and the way back in after the session ended are labelled and sound', async ({ browser }) => {
  const page = await plainly(browser);
  const { code } = await send(page, { ...FEEDBACK[2], text: `${FEEDBACK[2].text} Hết phiên.` }, false);
  await sound(page);
  await follow(page, code);
  await expect(page.getByRole('textbox', { name: 'Nhắn cho Sở' })).toBeVisible();
  await page.getByText('Nhắn cho Sở', { exact: true }).click();
  await expect(page.locator('#tin_nhan')).toBeFocused();
  await page.getByText('Rút phản ánh').first().click();
  await sound(page);
  await fits(page);
  await page.getByLabel('Nhắn cho Sở').fill('Tôi bổ sung ngày đến nộp hồ sơ.');
  await page.context().clearCookies();
  await answeredValid(page, () => page.getByRole('button', { name: 'Gửi tin nhắn' }).click());
  await heard(page);
  await expect(page.getByLabel('Nội dung đã viết')).toHaveValue('Tôi bổ sung ngày đến nộp hồ sơ.');
  await page.getByLabel('Mã tra cứu').fill(code);
  await page.getByRole('button', { name: 'Tra cứu và gửi' }).click();
  await expect(page.locator('.track-talk')).toContainText('Tôi bổ sung ngày đến nộp hồ sơ.');
  await sound(page);
  await page.context().close();
});

test('an officer’s receipt and the forms of a case are labelled and sound', async ({ page }) => {
  await signIn(page, 'tongdai1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, true);
  await fill(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Qua điện thoại.` });
  await page.fill('#luc_goi', '2026-11-23T08:40');
  await page.getByRole('button', { name: 'Đọc lại cho người phản ánh' }).click();
  await settled(page, true);
  await sound(page);
  await readBack(page);
  const { number } = await receipt(page);
  await sound(page);
  // the widest number there is
  await page.locator('.receipt-number').evaluate(shown => (shown.textContent = 'PA26-WMWMWM-W'));
  await fits(page);
  await signIn(page, 'vanphong1');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, true);
  await page.locator('details.case-others > summary').click();
  const closed = page.locator('details.action:not([open])');
  // each one that opens leaves the list
  for (let left = await closed.count(); left > 0; left--) await closed.first().locator('summary').first().click();
  await expect(closed).toHaveCount(0);
  await sound(page);
});

test('the console says where one is after a row, an action and a refusal', async ({ page, quiet }) => {
  quiet.allow.push(/status of 422/);
  const { number } = await send(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Nghe được.` }, true);
  await signIn(page, 'vanphong1');
  await page.goto(`/quan-tri?xem=tat-ca&q=${number}`);
  await settled(page, true);
  await page.locator('.inbox-link').first().press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.locator('[aria-live=polite]').filter({ hasText: await page.title() })).toHaveCount(1);
  const note = page.locator('details.action', { has: page.locator('summary').getByText('Ghi chú nội bộ', { exact: true }) });
  await page.locator('details.case-others > summary').click();
  await note.locator('summary').click();
  await note.locator('button[type=submit]').click();
  await expect(note.locator('.error-summary')).toBeFocused();
  await note.locator('textarea').fill('Đã gọi bộ phận một cửa.');
  await note.locator('button[type=submit]').click();
  await expect(page.locator('main [tabindex="-1"]', { hasText: 'Đã lưu ghi chú.' })).toBeFocused();
});

test('what is refused on the page of a case is told where the eyes and the ears are', async ({ page, quiet }) => {
  quiet.allow.push(/status of 422/);
  const { code } = await send(page, { ...FEEDBACK[8], text: `${FEEDBACK[8].text} (rút)` }, true);
  await follow(page, code);
  await settled(page, true);
  await page.locator('summary', { hasText: 'Rút phản ánh' }).click();
  await page.getByRole('button', { name: 'Rút phản ánh' }).click();
  const summary = page.locator('form[action*=rut] .error-summary');
  await expect(summary).toBeFocused();
  await expect(summary).toBeInViewport();
  await expect(summary).toContainText('Vui lòng đánh dấu xác nhận');
});
