// Every page: no console error, nothing that axe finds, nothing that overflows at 320 px or with letters twice as large, and a way out of each.
import { expect, fits, settled, signIn, sound, test } from '../support';

const PUBLIC = ['/', '/gui-phan-anh', '/gui-phan-anh?loai=hanh_vi', '/gui-phan-anh?loai=quy_dinh', '/gui-phan-anh?loai=tre_hen', '/tra-cuu', '/minh-bach', '/minh-bach/don-vi', '/minh-bach/cach-tinh', '/huong-dan', '/quyen-rieng-tu', '/quan-tri/dang-nhap', '/quan-tri/ma-xac-thuc', '/quan-tri/mat-khau-moi/AAAAAAAAAAAAAAAAAAAAAA'];

for (const path of PUBLIC) {
  test(`${path} is sound`, async ({ page }) => {
    await page.goto(path);
    await settled(page, true);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await sound(page);
    await fits(page);
  });
}

test('the figures are read, chosen by year, opened as a table and downloaded', async ({ page }) => {
  await page.goto('/minh-bach');
  const received = page.locator('#t1');
  await expect(received.getByRole('img')).toBeVisible();
  await received.getByText('Xem bảng số liệu').click();
  const cells = received.locator('tbody tr').last().locator('td');
  const total = (await cells.last().textContent())!.trim();
  await expect(received.locator('.figure-reading')).toContainText(`Sở nhận ${total} phản ánh`);
  await sound(page);
  await fits(page);
  const download = page.waitForEvent('download');
  await received.getByRole('link', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('lang-nghe-bang-t1.csv');
  const year = await page.getByRole('navigation', { name: 'Kỳ số liệu' }).getByRole('link').last().textContent();
  await page.getByRole('navigation', { name: 'Kỳ số liệu' }).getByRole('link').last().click();
  await expect(page.locator('#t7 .figure-reading')).toContainText(`Năm ${year}`);
  await settled(page, true);
  await sound(page);
  await fits(page);
  await page.getByRole('link', { name: 'Số liệu theo từng đơn vị' }).click();
  await expect(page).toHaveURL(new RegExp(`don-vi\\?nam=${year}`));
  await expect(page.getByRole('heading', { level: 1, name: 'Số liệu theo đơn vị' })).toBeVisible();
});

test('a figure that is not there is refused with those that are', async ({ page, quiet }) => {
  quiet.allow.push(/status of 404/);
  expect((await page.goto('/minh-bach/bang/t99.csv'))!.status()).toBe(404);
  await expect(page.getByRole('link', { name: '/minh-bach/bang/t1.csv' })).toBeVisible();
  await sound(page);
  await fits(page);
});

test('a page that is not there says so and leads home', async ({ page, quiet }) => {
  quiet.allow.push(/status of 404/);
  expect((await page.goto('/khong-co-trang-nay'))!.status()).toBe(404);
  await page.getByRole('link', { name: 'Về trang chủ' }).click();
  await expect(page).toHaveURL(/\/$/);
});

test('the console is sound for an officer and a leader', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, 'vanphong1');
  const narrowed = '/quan-tri?xem=tat-ca&tu=2026-10-01&giao=chua&tra-loi=roi';
  for (const path of ['/quan-tri', '/quan-tri?xem=tat-ca', narrowed, '/quan-tri/tiep-nhan?loai=hanh_vi', '/quan-tri/tai-khoan', '/quan-tri/xac-nhan?tiep=/quan-tri']) {
    await page.goto(path);
    await settled(page, true);
    await sound(page);
    await fits(page);
  }
  await page.goto('/quan-tri');
  await page.locator('.row-link, table a').first().click();
  await expect(page).toHaveURL(/\/quan-tri\/ho-so\//);
  await expect(page.locator('.case-tag')).toContainText(/PA\d\d-/);
  await sound(page);
  await fits(page);
  await signIn(page, 'giamdoc');
  for (const path of ['/lanh-dao', '/quan-tri/nguoi-dung', '/quan-tri/ma-xac-thuc']) {
    await page.goto(path);
    await settled(page, true);
    await sound(page);
    await fits(page);
  }
  await signIn(page, 'quantri');
  for (const path of ['/quan-tri/nguoi-dung', '/quan-tri/nguoi-dung/vanphong1']) {
    await page.goto(path);
    await settled(page, true);
    await sound(page);
    await fits(page);
  }
  await signIn(page, 'kiemtoan');
  await expect(page).toHaveURL(/\/quan-tri\/nhat-ky$/);
  await settled(page, true);
  await sound(page);
  await fits(page);
});

test('visitors without a session see no console', async ({ page }) => {
  for (const path of ['/quan-tri', '/lanh-dao', '/quan-tri/tiep-nhan', '/quan-tri/tai-khoan', '/quan-tri/nguoi-dung', '/quan-tri/nhat-ky']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/quan-tri\/dang-nhap/);
  }
});

test('a console page that cannot be shown says so and stays whole', async ({ page, quiet }) => {
  quiet.allow.push(/status of 40[34]/);
  await signIn(page, 'vanphong1');
  await page.goto('/quan-tri/ho-so/PA26-000000-0');
  await settled(page, true);
  await expect(page.getByRole('heading', { level: 1, name: 'Không tìm thấy hồ sơ' })).toBeVisible();
  await sound(page);
  await signIn(page, 'quantri');
  await page.goto('/quan-tri/ho-so/PA26-000000-0');
  await settled(page, true);
  await expect(page.getByRole('heading', { level: 1, name: 'Không có quyền xem' })).toBeVisible();
  await sound(page);
  // and leads to where an administrator can work
  await page.getByRole('link', { name: 'Về trang làm việc của Ông/Bà' }).click();
  await expect(page).toHaveURL(/\/quan-tri\/nguoi-dung$/);
});
