// The receipt as a slip: the code and what to do with it in the first view, a picture that never leaves the device, one sheet of paper.
import { readFileSync } from 'node:fs';
import { expect, FEEDBACK, receipt, send, sound, test } from '../support';

const of = (at: number, words: string) => ({ ...FEEDBACK[at], text: `${FEEDBACK[at].text} (${words})` });

test('code and tools stand in the first view of a phone, and each is large enough for a thumb', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await send(page, of(3, 'phiếu'), true);
  for (const tool of [page.getByRole('button', { name: 'Lưu ảnh' }), page.getByRole('button', { name: 'In', exact: true }), page.locator('.slip-tools a')]) {
    const box = (await tool.boundingBox())!;
    expect(box.y + box.height, await tool.innerText()).toBeLessThanOrEqual(740);
    expect(box.height, await tool.innerText()).toBeGreaterThanOrEqual(48);
  }
  await sound(page);
});

test('the receipt is kept as a picture without a word to the network', async ({ page }) => {
  const { number } = await send(page, of(4, 'ảnh'), true);
  const asked: string[] = [];
  page.on('request', request => request.url().startsWith('blob:') || asked.push(request.url()));
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Lưu ảnh' }).click()]);
  expect(picture.suggestedFilename()).toBe(`phieu-${number}.png`);
  const bytes = readFileSync((await picture.path())!);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20) > 600]).toEqual([800, true]);
  expect(bytes.length, 'more than a blank sheet').toBeGreaterThan(15_000);
  expect(asked).toEqual([]);
});

test('it prints as one sheet of A5', async ({ page }) => {
  await send(page, of(5, 'giấy'), true);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width, height] = paper.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/)!.map(Number);
  expect([Math.round(width / 72 * 25.4), Math.round(height / 72 * 25.4)]).toEqual([148, 210]);
});

test('what is allowed is asked for, kept and shown', async ({ page }) => {
  await send(page, of(6, 'đồng ý'), true);
  const call = page.getByLabel('Sở được gọi hỏi thêm');
  await expect(call).not.toBeChecked();
  await call.check();
  await page.getByRole('button', { name: 'Lưu lựa chọn' }).click();
  await expect(page.getByText('Sở đã ghi: được gọi hỏi thêm, không công khai bản tóm tắt.')).toBeVisible();
  await expect(page.getByLabel('Sở được gọi hỏi thêm')).toBeChecked();
  await receipt(page);
});
