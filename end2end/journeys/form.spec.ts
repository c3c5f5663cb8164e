// The form on a phone, with and without script.
import { FEEDBACK, expect, fill, follow, receipt, send, settled, test } from '../support';

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
  await page.check('#ly_do-HV_CHAM_TRE');
  await page.check('#nguoi_gui-ca_nhan');
  await page.fill('#ho_ten', 'Trần "Mẫu" & <Con>');
  await page.fill('#dien_thoai', '12');
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await expect(page.locator('.error-summary')).toBeVisible();
  await expect(page.locator('#dien_thoai-loi')).toHaveText(/Số điện thoại chưa đúng/);
  await expect(page.locator('#don_vi-loi')).toHaveText(/Vui lòng chọn đơn vị/);
  expect((await page.getByLabel('Nội dung phản ánh').inputValue()).trim()).toBe(awkward.trim());
  expect(await page.inputValue('#ho_ten')).toBe('Trần "Mẫu" & <Con>');
  expect(await page.isChecked('#ly_do-HV_CHAM_TRE')).toBe(true);
  expect(await page.isChecked('#giu_bi_mat')).toBe(true);
  await settled(page, javaScriptEnabled);
  await fill(page, { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Gửi lại ${javaScriptEnabled}.` });
  await page.getByRole('button', { name: 'Gửi phản ánh' }).click();
  await receipt(page);
});

test('another card keeps what was typed', async ({ page, javaScriptEnabled }) => {
  await page.goto('/gui-phan-anh?loai=hanh_vi');
  await settled(page, javaScriptEnabled);
  await page.getByLabel('Nội dung phản ánh').fill('Giữ nguyên nội dung này khi đổi loại.');
  await page.getByText('Đổi loại phản ánh').click();
  await page.getByRole('button', { name: 'Hồ sơ trễ hẹn' }).click();
  await expect(page.locator('#ly_do-TH_QUA_HAN')).toBeVisible();
  expect(await page.getByLabel('Nội dung phản ánh').inputValue()).toBe('Giữ nguyên nội dung này khi đổi loại.');
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
