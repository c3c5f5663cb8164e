// What the script adds on a phone.
import { FEEDBACK, expect, fill, readBack, receipt, send, settled, signIn, test, unfold } from '../support';

test('a field is judged when it is left, and not before; a click on the way is not lost', async ({ page }) => {
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, true);
  await page.locator('#ho_ten').focus();
  await page.locator('#dia_diem').focus();
  await expect(page.locator('#ho_ten-loi'), 'nothing was entered').toBeEmpty();
  await unfold(page, 'xac_nhan_email');
  await page.fill('#lien_he', '12');
  await expect(page.locator('#lien_he-loi')).toBeEmpty();
  // the message moves what is below it, and the box is ticked all the same
  const label = page.locator('label[for=xac_nhan_email]');
  await label.scrollIntoViewIfNeeded();
  const box = (await label.boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 12);
  await page.mouse.down();
  await expect(page.locator('#lien_he-loi')).toBeEmpty();
  await page.mouse.up();
  await expect(page.locator('#lien_he-loi')).toHaveText(/Số điện thoại chưa đúng/);
  await expect(page.locator('#xac_nhan_email')).toBeChecked();
  await page.fill('#lien_he', '0900 000 123');
  await expect(page.locator('#lien_he-loi')).toBeEmpty();
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
  await unfold(page, 'ly_do');
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
  await page.locator('details.case-others > summary').click();
  await note.locator('summary').click();
  await note.locator('button[type=submit]').click();
  await expect(page.locator('#note-loi')).toHaveText('Vui lòng ghi nội dung.');
  await expect(note.locator('.error-summary')).toBeFocused();
  await note.getByLabel('Ghi chú', { exact: true }).fill('Đã gọi lại cho bộ phận một cửa.');
  await expect(page.locator('#note-loi')).toBeEmpty();
  await expect(note.locator('.error-summary')).toBeHidden();
  await note.locator('button[type=submit]').click();
  await expect(page.getByText('Đã lưu ghi chú.')).toBeVisible();
  await expect(page.locator('#note')).toHaveValue('');
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
});

test('chosen files are named with their size', async ({ page }) => {
  await page.goto('/gui-phan-anh');
  await settled(page, true);
  const file = (name: string, size: number) => ({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(size, 'x') });
  await expect(page.locator('.chosen-files')).toBeHidden();
  await page.setInputFiles('#tep', [file('giay-hen.pdf', 3000), file('bien-nhan.pdf', 90_000)]);
  await expect(page.locator('.chosen-files')).toHaveText('giay-hen.pdf · 3 KB; bien-nhan.pdf · 88 KB');
});

const KEPT = 'Người gọi kể chờ ba tuần chưa có kết quả.';

test('a call survives a reload and Back, is read back, and leaves nothing in the window', async ({ page }) => {
  await signIn(page, 'tongdai1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, true);
  await expect(page.getByLabel('Nội dung phản ánh')).toBeFocused();
  await page.keyboard.type(KEPT);
  await page.fill('#ho_ten', 'Trần Thị Gọi Điện');
  await page.reload();
  await settled(page, true);
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue(KEPT);
  await expect(page.locator('#ho_ten')).toHaveValue('Trần Thị Gọi Điện');
  await page.selectOption('#don_vi', 'cn-ninh-kieu');
  await page.fill('#dia_chi', 'ấp Ví Dụ');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đọc lại cho người phản ánh');
  await expect(page.locator('.read-aloud')).toContainText(KEPT);
  await settled(page, true);
  await page.goBack();
  await settled(page, true);
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue(KEPT);
  await readBack(page);
  await receipt(page);
  expect(await page.evaluate(() => sessionStorage.getItem('lang-nghe-nhap'))).toBeNull();
});

test('a whole call takes few keys and no mouse, on one screen', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await signIn(page, 'tongdai1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, true);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(900);
  await expect(page.locator('#luc_goi')).not.toHaveValue('');
  let keys = 0;
  const press = async (key: string) => { keys += key.split('+').length; await page.keyboard.press(key); };
  const until = async (selector: string) => {
    while (!(await page.locator(selector).evaluate(element => element === document.activeElement))) await press('Tab');
  };
  await page.keyboard.type(`${KEPT} Chỉ bằng bàn phím.`);
  await until('#don_vi');
  for (const key of ['C', 'h', 'i']) await press(key);
  await until('#ho_ten');
  await page.keyboard.type('Trần Thị Gọi Điện');
  await until('#dia_chi');
  await page.keyboard.type('ấp Ví Dụ');
  await press('Control+Enter');
  await expect(page.locator('#da_doc_lai')).toBeFocused();
  await settled(page, true);
  await press('Space');
  await press('Control+Enter');
  await receipt(page);
  expect(keys).toBeLessThanOrEqual(35);
});

test('another officer at the same window finds nothing of a call', async ({ page }) => {
  await signIn(page, 'tongdai1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, true);
  await page.getByLabel('Nội dung phản ánh').fill(KEPT);
  expect(await page.evaluate(() => sessionStorage.getItem('lang-nghe-nhap'))).toContain(KEPT);
  await signIn(page, 'motcua1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, true);
  await expect(page.getByLabel('Nội dung phản ánh')).toHaveValue('');
  expect(await page.evaluate(() => sessionStorage.getItem('lang-nghe-nhap'))).toBeNull();
});
