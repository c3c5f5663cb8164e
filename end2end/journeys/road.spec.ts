// The main job, end to end: sent, handled by six people, answered, read, rated; and what never leaks on the way.
import { FEEDBACK, expect, follow, passwordOf, readBack, send, settled, signIn, sound, test } from '../support';
import type { Page } from '@playwright/test';

const REPLY = 'Sở đã kiểm tra và chấn chỉnh. Hồ sơ của Ông/Bà được trả trong ngày 30/11/2026.';
const EXTRACT = 'Người dân phản ánh việc hẹn trả kết quả nhiều lần mà không có phiếu hẹn lại.';

/** Opens an action of the case in place, fills it, and sends it. */
async function act(page: Page, number: string, action: string, script: boolean, fill: (form: ReturnType<Page['locator']>) => Promise<void> = async () => {}) {
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, script);
  const details = page.locator('details.action', { has: page.locator('summary', { hasText: new RegExp(`^${action}$`) }) });
  const folded = page.locator('details.case-others:not([open])', { has: details });
  if (await folded.count()) await folded.locator('summary').first().click();
  if (!(await details.evaluate(element => (element as HTMLDetailsElement).open))) await details.locator('summary').first().click();
  await fill(details);
  const [answer] = await Promise.all([page.waitForResponse(response => response.request().method() === 'POST'), details.locator('button[type=submit]').first().click()]);
  expect(answer.status(), action).toBeLessThan(400);
  await page.waitForLoadState();
  // a leader goes on to the next decision
  await expect(page.locator('.timeline-item, .decisions').first()).toBeVisible();
}

test('feedback goes the whole road and comes back answered', async ({ page, javaScriptEnabled: script, quiet }) => {
  // a reply with a place left open is refused
  quiet.allow.push(/status of 422/);
  test.setTimeout(180_000);
  const feedback = { ...FEEDBACK[0], text: `${FEEDBACK[0].text} Cả chặng đường, ${script ? 'có' : 'không'} chương trình, ${test.info().project.name}.` };
  const { number, code } = await send(page, feedback, script);
  if (script) await sound(page);

  await signIn(page, 'vanphong1');
  await act(page, number, 'Phân loại và giao', script, async form => {
    await expect(page.getByText('Tôi đã đi lại bốn lần').first()).toBeVisible();
    await expect(page.getByText('Phạm Thị Ví Dụ')).toHaveCount(0);
    // only the reasons of the kind that is chosen
    await expect(form.locator('#kind-hanh_vi')).toBeChecked();
    await expect(form.locator('[id="reasons[]-QD_KHAC"]')).toBeHidden();
    await form.getByLabel('Bản trích').fill(EXTRACT);
    await form.getByLabel('Giao cho').selectOption({ label: 'Văn phòng Đăng ký đất đai: để đơn vị phân công' });
  });
  await expect(page.locator('.done').getByText('Đã giao Văn phòng Đăng ký đất đai.')).toBeVisible();
  await expect(page.locator('.done').getByRole('button', { name: 'Hoàn tác' })).toBeVisible();

  await signIn(page, 'gd-vpdkdd');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await expect(page.getByText(EXTRACT)).toBeVisible();
  await expect(page.getByText('Tôi đã đi lại bốn lần')).toHaveCount(0);
  await act(page, number, 'Bắt đầu xác minh', script);
  await act(page, number, 'Kết luận', script, async form => {
    await form.getByLabel('Phản ánh đúng').check();
    await form.getByLabel('Kết quả xác minh và biện pháp xử lý').fill('Đã làm việc với quầy tiếp nhận; nhắc nhở, bổ sung phiếu hẹn lại.');
  });
  await act(page, number, 'Trình phê duyệt trả lời', script, async form => {
    const area = form.getByLabel('Nội dung trả lời');
    await expect(area).toHaveValue(/1\. Kết luận: Phản ánh đúng\. Đã làm việc với quầy tiếp nhận/);
    // the place that waits for words is refused, and the letter is not shown
    await form.getByRole('button', { name: 'Xem thư trước khi trình' }).click();
    await expect(form.locator('#reply-loi')).toContainText('Còn chỗ chưa điền');
    await expect(form.locator('.letter')).toHaveCount(0);
    await area.fill(REPLY);
    await form.getByRole('button', { name: 'Xem thư trước khi trình' }).click();
    await expect(form.locator('.letter')).toContainText(REPLY);
  });

  await signIn(page, 'giamdoc');
  await act(page, number, 'Phê duyệt và trả lời', script);

  await page.context().clearCookies();
  await follow(page, code);
  await settled(page, script);
  await expect(page.getByText(REPLY)).toBeVisible();
  await expect(page.getByText('Chưa ai mở danh tính')).toBeVisible();
  expect(await page.content()).not.toContain('Nguyễn');
  if (script) await sound(page);
  await page.getByLabel('Nhắn cho Sở').fill('Xin hỏi thêm về phiếu hẹn lại.');
  await page.getByLabel('Hài lòng', { exact: true }).check();
  await page.getByRole('button', { name: /đánh giá/i }).click();
  await expect(page.getByText('Ông/Bà đánh giá: Hài lòng').first()).toBeVisible();
  // without script a browser sends one form and forgets the others
  if (script) await expect(page.getByLabel('Nhắn cho Sở')).toHaveValue('Xin hỏi thêm về phiếu hẹn lại.');
});

test('a name is opened by two leaders and the submitter is told', async ({ page, javaScriptEnabled: script, quiet }) => {
  // the page of the person before is still open while the next one signs in
  quiet.allow.push(/status of 401/);
  test.setTimeout(120_000);
  const feedback = { ...FEEDBACK[4], text: `${FEEDBACK[4].text} Mở danh tính, ${test.info().project.name}.` };
  const { number, code } = await send(page, feedback, script);
  await signIn(page, 'giamdoc');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, script);
  await page.getByText('Danh tính được niêm phong').click();
  await page.getByLabel('Lý do cần biết danh tính').fill('Cần gọi điện để xác định thời điểm cụ thể của sự việc.');
  const asked = page.waitForResponse(response => response.request().method() === 'POST');
  await page.getByRole('button', { name: /đề nghị/i }).click();
  expect((await asked).status()).toBeLessThan(400);
  await expect(page.getByText(/chờ|Chờ/).first()).toBeVisible();
  await signIn(page, 'phogiamdoc');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, script);
  // signing in as the next person would take this one's answer along
  await page.getByLabel('Mật khẩu của Ông/Bà').fill(passwordOf('phogiamdoc'));
  const decided = page.waitForResponse(response => response.request().method() === 'POST');
  await page.getByRole('button', { name: /Đồng ý|Cho phép/ }).click();
  expect((await decided).status()).toBeLessThan(400);
  await signIn(page, 'giamdoc');
  await page.goto(`/quan-tri/ho-so/${number}`);
  await settled(page, script);
  await page.getByLabel('Mật khẩu của Ông/Bà').fill(passwordOf('giamdoc'));
  await page.getByRole('button', { name: 'Xem danh tính' }).click();
  await expect(page.getByText('Phạm Thị Ví Dụ', { exact: true })).toBeVisible();
  if (script) await sound(page);
  await page.context().clearCookies();
  await follow(page, code);
  await expect(page.getByText(/Lãnh đạo Sở đã xem danh tính của Ông\/Bà/).last()).toBeVisible();
  await expect(page.getByText('Chưa ai mở danh tính')).toHaveCount(0);
});

test('an officer enters a call, reads the code aloud, and finds the case', async ({ page, javaScriptEnabled: script }) => {
  await signIn(page, 'tongdai1');
  await page.goto('/quan-tri/tiep-nhan');
  await settled(page, script);
  // yesterday in Viet Nam: a call neither lies ahead nor a month back
  const yesterday = new Date(Date.now() + 7 * 3_600_000 - 24 * 3_600_000).toISOString().slice(0, 10);
  await page.fill('#luc_goi', `${yesterday}T08:40`);
  await page.selectOption('#don_vi', 'khong-ro');
  await page.fill('#dia_diem', 'Quầy tiếp nhận, sáng nay');
  await page.fill('#noi_dung', `${FEEDBACK[1].text} Gọi ${test.info().project.name}.`);
  await page.fill('#ho_ten', 'Trần Thị Gọi Điện');
  await page.fill('#dia_chi', 'ấp Ví Dụ');
  await page.fill('#lien_he', '0900 000 456');
  await readBack(page);
  await expect(page.getByText('Đọc mã tra cứu cho người phản ánh')).toBeVisible();
  const number = (await page.locator('.receipt-number').innerText()).trim();
  await page.getByRole('link', { name: `Mở hồ sơ ${number}` }).click();
  await expect(page.getByText('08:40').first()).toBeVisible();
});
