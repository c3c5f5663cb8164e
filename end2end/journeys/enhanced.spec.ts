// What the script adds on a phone.
import { FEEDBACK, expect, fill, receipt, send, settled, signIn, test } from '../support';

test('a field is judged when it is left, and not before; a click on the way is not lost', async ({ page }) => {
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  await page.locator('#vu_viec').focus();
  await page.locator('#dia_diem').focus();
  await expect(page.locator('#vu_viec-loi'), 'nothing was entered').toBeEmpty();
  await page.check('#nguoi_gui-ca_nhan');
  await page.fill('#dien_thoai', '12');
  await expect(page.locator('#dien_thoai-loi')).toBeEmpty();
  // the message moves what is below it, and the box is ticked all the same
  const label = page.locator('label[for=xac_nhan_email]');
  await label.scrollIntoViewIfNeeded();
  const box = (await label.boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 12);
  await page.mouse.down();
  await expect(page.locator('#dien_thoai-loi')).toBeEmpty();
  await page.mouse.up();
  await expect(page.locator('#dien_thoai-loi')).toHaveText(/Số điện thoại chưa đúng/);
  await expect(page.locator('#xac_nhan_email')).toBeChecked();
  await page.fill('#dien_thoai', '0900 000 123');
  await expect(page.locator('#dien_thoai-loi')).toBeEmpty();
  await page.getByLabel('Nội dung phản ánh').fill('Quá ngắn.');
  await page.keyboard.press('Tab');
  await expect(page.locator('#noi_dung-loi')).toHaveText(/ít nhất 20 ký tự/);
});

test('what was typed before the script came is kept', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>(done => (release = done));
  await page.route('**/*.wasm', async route => { await held; await route.continue(); });
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await page.getByLabel('Nội dung phản ánh').fill('Gõ trước khi có chương trình.');
  await page.check('#ly_do-HV_DUN_DAY');
  release();
  await settled(page, true);
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue('Gõ trước khi có chương trình.');
  expect(await page.isChecked('#ly_do-HV_DUN_DAY')).toBe(true);
});

test('a broken connection loses nothing', async ({ page, quiet }) => {
  quiet.allow.push(/ERR_/);
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  const feedback = { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Mất mạng.` };
  await fill(page, feedback);
  await page.route('**/gui-phan-anh*', route => (route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue()));
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toContainText('Không kết nối được với máy chủ');
  expect(await page.getByLabel('Nội dung phản ánh').inputValue()).toBe(feedback.text);
  await page.unroute('**/gui-phan-anh*');
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
});

test('under Save-Data no script is fetched at all', async ({ browser }) => {
  const context = await browser.newContext({ extraHTTPHeaders: { 'Save-Data': 'on' } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await page.goto('/gui-phan-anh?loai=hanh_vi', { waitUntil: 'networkidle' });
  expect(asked.filter(url => /\.(js|wasm)$/.test(url))).toEqual([]);
  await context.close();
});

test('a refused action of the console is said in place, and one that goes through is shown without a load', async ({ page, quiet }) => {
  quiet.allow.push(/status of 422/);
  const { number } = await send(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Tại chỗ.` }, true);
  await signIn(page, 'vanphong1');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, true);
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  const note = page.locator('details.action', { has: page.locator('summary', { hasText: /^Ghi chú nội bộ$/ }) });
  await note.locator('summary').click();
  await note.locator('button[type=submit]').click();
  await expect(page.locator('#note-loi')).toHaveText('Vui lòng ghi nội dung.');
  await expect(note.locator('.error-summary')).toBeFocused();
  await note.getByLabel('Ghi chú', { exact: true }).fill('Đã gọi lại cho bộ phận một cửa.');
  await expect(page.locator('#note-loi')).toBeEmpty();
  await expect(note.locator('.error-summary')).toBeHidden();
  await note.locator('button[type=submit]').click();
  await expect(page.getByText('Đã ghi nhận: Ghi chú nội bộ.')).toBeVisible();
  await expect(page.locator('#note')).toHaveValue('');
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
});
