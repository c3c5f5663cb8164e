// The form on a phone, with and without script.
import { FEEDBACK, expect, fill, follow, receipt, send, settled, test, unfold } from '../support';

for (const feedback of FEEDBACK) {
  test(`${feedback.id} is accepted and can be followed`, async ({ page, javaScriptEnabled }) => {
    const { number, code } = await send(page, { ...feedback, text: `${feedback.text} ${javaScriptEnabled ? '' : '.'}` }, javaScriptEnabled);
    await follow(page, code);
    await expect(page.getByText(number)).toBeVisible();
    await expect(page.getByText('chờ tiếp nhận').first()).toBeVisible();
  });
}

test('an incomplete form comes back with everything typed and every field named', async ({ page, javaScriptEnabled, quiet }) => {
  quiet.allow.push(/status of 422/);
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, javaScriptEnabled);
  const awkward = '\nDòng một "trích" <b>&amp;</b>\n\n👨‍👩‍👧 dòng bốn';
  await page.getByLabel('Nội dung phản ánh').fill(awkward);
  await unfold(page, 'ly_do');
  await page.check('#ly_do-HV_CHAM_TRE');
  await page.fill('#nguoi_bi_phan_anh', 'x'.repeat(501));
  await page.fill('#ho_ten', 'Trần "Mẫu" & <Con>');
  await page.fill('#lien_he', '12');
  await page.getByText('Thêm chi tiết').click();
  await expect(page.locator('#nguoi_bi_phan_anh')).toBeHidden();
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toBeVisible();
  await expect(page.locator('#nguoi_bi_phan_anh'), 'its fold opened').toBeVisible();
  await expect(page.locator('#lien_he-loi')).toHaveText(/Số điện thoại chưa đúng/);
  await expect(page.locator('#dia_diem-loi'), 'of a person the place is asked').toHaveText(/Vui lòng ghi nơi và lúc xảy ra/);
  expect((await page.getByLabel('Nội dung phản ánh').inputValue()).trim()).toBe(awkward.trim());
  expect(await page.inputValue('#ho_ten')).toBe('Trần "Mẫu" & <Con>');
  expect(await page.isChecked('#ly_do-HV_CHAM_TRE')).toBe(true);
  expect(await page.isChecked('#giu_bi_mat')).toBe(true);
  await settled(page, javaScriptEnabled);
  await page.fill('#nguoi_bi_phan_anh', 'Người ở quầy số 3');
  await fill(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Gửi lại ${javaScriptEnabled}.` });
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
});

test('another kind is one touch away, shows its own fields and keeps what was typed', async ({ page, javaScriptEnabled }) => {
  await page.goto('/gui-phan-anh');
  await settled(page, javaScriptEnabled);
  await expect(page.locator('#loai-hanh_vi')).toBeChecked();
  await page.getByLabel('Nội dung phản ánh').fill('Giữ nguyên nội dung này khi đổi loại.');
  await expect(page.locator('#dia_diem')).toBeVisible();
  await expect(page.locator('#ngay_hen')).toBeHidden();
  await page.getByText('Hồ sơ trễ hẹn', { exact: true }).click();
  await expect(page.locator('#ngay_hen')).toBeVisible();
  await expect(page.locator('#dia_diem')).toBeHidden();
  await unfold(page, 'ly_do');
  await expect(page.locator('#ly_do-TH_QUA_HAN')).toBeVisible();
  await expect(page.locator('#ly_do-HV_CHAM_TRE')).toBeHidden();
  expect(await page.getByLabel('Nội dung phản ánh').inputValue()).toBe('Giữ nguyên nội dung này khi đổi loại.');
});

test('the form is short: height, controls, words', async ({ page, javaScriptEnabled }) => {
  for (const kind of ['hanh_vi', 'quy_dinh', 'tre_hen']) {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/gui-phan-anh?loai=${kind}`);
    await settled(page, javaScriptEnabled);
    const found = await page.evaluate(() => {
      const form = document.querySelector('form.feedback-form')!;
      const controls = [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea, button')];
      const shown = controls.filter(control => (control.labels?.[0] ?? control).checkVisibility());
      const words = (element: HTMLElement) => element.innerText.split(/\s+/).filter(Boolean).length;
      // what a closed list holds is not on the page
      const listed = [...document.querySelectorAll('select')].map(words).reduce((sum, count) => sum + count, 0);
      return { height: document.documentElement.scrollHeight, controls: shown.length, words: words(document.body) - listed };
    });
    expect(found.height, kind).toBeLessThanOrEqual(2600);
    expect(found.controls, kind).toBeLessThanOrEqual(12);
    expect(found.words, kind).toBeLessThanOrEqual(260);
  }
});

test('going back and sending again does not make a second case', async ({ page, javaScriptEnabled, quiet }) => {
  quiet.allow.push(/status of 422/);
  const feedback = { ...FEEDBACK[1], text: `${FEEDBACK[1].text} (lần ${javaScriptEnabled})` };
  const first = await send(page, feedback, javaScriptEnabled);
  await page.goBack();
  await settled(page, javaScriptEnabled);
  await fill(page, feedback);
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  // either the same receipt, or a word that it was received: never a second number
  const again = page.locator('.receipt-number');
  await expect(again.or(page.locator('#gui-loi')).first()).not.toBeEmpty();
  if (await again.isVisible()) await expect(again).toHaveText(first.number);
});

test('the receipt is gone for another browser', async ({ page, javaScriptEnabled, quiet }) => {
  quiet.allow.push(/status of 404/);
  await send(page, { ...FEEDBACK[2], text: `${FEEDBACK[2].text} ${javaScriptEnabled}` }, javaScriptEnabled);
  await page.context().clearCookies();
  await page.goto('/gui-phan-anh/da-nhan');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phiếu tiếp nhận không còn hiển thị');
});

test('words of a land dispute bring the right door, never a wall', async ({ page, javaScriptEnabled }) => {
  const dispute = FEEDBACK.find(feedback => feedback.id === 'demo-08')!;
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, javaScriptEnabled);
  await fill(page, { ...dispute, text: `${dispute.text} ${javaScriptEnabled}` });
  if (javaScriptEnabled) await expect(page.getByText('Có thể đây là tranh chấp đất đai')).toBeVisible();
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
  await expect(page.getByText('Có thể đây là tranh chấp đất đai')).toBeVisible();
});
