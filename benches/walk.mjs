// Walks the pages as a citizen on a phone, a hotline officer, the office and a leader, counts what each of them needs, and prints it
// beside the aims. A server of its own, with demo data; nothing is kept. Times are reckoned, not measured, for reports of
// 275, 200 and 190 characters with name and address: 200 characters a minute, 3 s for whatever is tapped or chosen.
// usage: node benches/walk.mjs
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const { chromium } = createRequire(new URL('../end2end/', import.meta.url))('@playwright/test');

const root = new URL('..', import.meta.url).pathname;
const port = Number(process.env.PORT ?? 3190);
const address = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), 'ln-walk-'));
const server = spawn(join(root, process.env.LANG_NGHE ?? 'target/debug/lang-nghe'), ['serve'], {
  env: { ...process.env, LANG_NGHE_DEMO: 'on', LANG_NGHE_SHOW_PASSWORDS: 'on', DATA_DIR: data, SITE_ROOT: join(root, 'target/site'), LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: address, METRICS_LISTEN: `127.0.0.1:${port + 1}` },
});
let said = '';
for (const stream of [server.stdout, server.stderr]) stream.on('data', text => (said += text));
process.on('exit', () => server.kill('SIGTERM'));
const password = name => said.match(new RegExp(`^\\s+${name}\\s+(\\S{8,})`, 'm'))[1];
const ready = async () => {
  for (;;) {
    if (server.exitCode !== null) throw new Error(said);
    if ((await fetch(`${address}/readyz`).catch(() => null))?.ok) return;
    await new Promise(done => setTimeout(done, 200));
  }
};

const rows = [];
const row = (what, value, aim, held) => rows.push([what, value, aim, held ? 'held' : '**not held**']);
const atMost = (what, value, most, words = String) => row(what, words(value), `≤ ${words(most)}`, value <= most);

await ready();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });

/** A page of somebody new, on which every tap, choice and field is counted. */
async function visitor(width, height) {
  const page = await (await browser.newContext({ viewport: { width, height }, locale: 'vi-VN' })).newPage();
  const count = { taps: 0, letters: 0 };
  const settled = () => page.waitForFunction(() => document.documentElement.dataset.ready === '1');
  return {
    page, count, settled,
    open: async path => { await page.goto(address + path); await settled(); },
    tap: async target => { count.taps += 1; await target.click(); },
    // one tap opens the list, one chooses
    choose: async (target, option) => { count.taps += 2; await target.selectOption(option); },
    type: async (target, text) => { count.taps += 1; count.letters += text.length; await target.fill(text); },
    tall: () => page.evaluate(() => document.documentElement.scrollHeight),
  };
}

/** What a page shows: controls to fill in or press, titles of folded parts, and words without those of a closed list. */
const shown = page => page.evaluate(() => {
  const seen = selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility({ visibilityProperty: true }));
  const words = text => text.split(/\s+/).filter(Boolean).length;
  const listed = seen('main select').reduce((sum, list) => sum + words(list.innerText) - words(list.selectedOptions[0].text), 0);
  return {
    controls: seen('main input:not([type=hidden]), main select, main textarea, main button').length,
    folds: seen('main summary').length,
    words: words(document.querySelector('main').innerText) - listed,
  };
});

const REPORTS = [
  { kind: 'hanh_vi', name: 'Thái độ, cách làm việc', text: 'Tôi nộp hồ sơ tách thửa, đủ giấy tờ niêm yết, nhưng cán bộ đòi thêm giấy xác nhận tình trạng hôn nhân. Hỏi quy định nào thì không trả lời, để tôi chờ gần hai giờ rồi hẹn hôm khác. Đề nghị Sở xem xét, chấn chỉnh giúp.' },
  { kind: 'quy_dinh', name: 'Quy định, thủ tục', text: 'Mẫu đơn đăng ký biến động buộc khai lại số liệu đã có trên giấy chứng nhận. Đề nghị Sở bỏ phần khai lại để người dân khỏi viết sai, phải đi lại nhiều lần.' },
  { kind: 'tre_hen', name: 'Hồ sơ trễ hẹn', text: 'Hồ sơ của tôi hẹn trả ngày 02/11, đến nay chưa có kết quả, không có phiếu xin lỗi. Đã hỏi ba lần, mỗi lần một khác. Đề nghị cho biết ngày trả.' },
];

async function report({ kind, name, text }, byCode) {
  const { page, count, settled, open, tap, choose, type, tall } = await visitor(360, 740);
  const label = `${name}${byCode ? ', by the code at a counter' : ''}`;
  if (byCode) await open(`/gui-phan-anh?loai=${kind}&don-vi=cn-ninh-kieu`);
  else {
    await open('/');
    await tap(page.locator('.doors a').first());
    await page.waitForURL(/gui-phan-anh/);
    await settled();
  }
  const first = { height: await tall(), ...(await shown(page)) };
  if (!byCode) {
    if (kind !== 'hanh_vi') await tap(page.locator(`label[for=loai-${kind}]`));
    await choose(page.locator('#don_vi'), { index: 3 });
  }
  await type(page.getByLabel('Nội dung phản ánh'), text);
  if (kind === 'hanh_vi') await type(page.locator('#dia_diem'), 'Quầy số 3, sáng nay');
  if (kind === 'tre_hen') await type(page.locator('#ngay_hen'), '2026-11-02');
  await type(page.locator('#ho_ten'), 'Phạm Thị Ví Dụ');
  await type(page.locator('#dia_chi'), '12 đường Ví Dụ');
  if (!byCode) await type(page.locator('#lien_he'), '0900 000 123');
  await tap(page.getByRole('button', { name: 'Gửi phản ánh' }));
  await page.locator('.code-value').waitFor();
  if (!byCode) {
    atMost(`${label}: height of the form`, first.height, 2600, value => `${value} px`);
    row(`${label}: controls, beside titles of folded parts`, `${first.controls}, ${first.folds}`, '≤ 12', first.controls <= 12);
    atMost(`${label}: words`, first.words, 260);
  }
  atMost(`${label}: interactions to the receipt`, count.taps, byCode ? 7 : 10);
  const seconds = Math.round((count.letters * 60) / 200 + 3 * count.taps);
  atMost(`${label}: time as reckoned, ${count.letters} characters`, seconds, 110, value => `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`);
  return page;
}

async function staff(name, width, height) {
  const one = await visitor(width, height);
  await one.open('/quan-tri/dang-nhap');
  await one.type(one.page.getByLabel('Tên đăng nhập'), name);
  await one.type(one.page.getByLabel('Mật khẩu'), password(name));
  await one.tap(one.page.getByRole('button', { name: 'Đăng nhập' }));
  await one.page.waitForURL(url => !url.pathname.endsWith('/dang-nhap'));
  await one.settled();
  return one;
}

const pages = async page => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;

let receipt;
for (const one of REPORTS) receipt = await report(one, false);
await report(REPORTS[0], true);
atMost('receipt, printed', await pages(receipt), 1, value => `${value} A4`);

{
  const { page, tap, choose, count } = await staff('vanphong1', 1280, 900);
  const list = await page.evaluate(() => {
    const all = [...document.querySelectorAll('.inbox-table tbody tr')].map(line => line.getBoundingClientRect());
    return { first: all[0].top, tall: Math.max(...all.map(line => line.height)), whole: all.filter(line => line.bottom <= innerHeight).length, matters: [...document.querySelectorAll('.inbox-link')].filter(link => link.textContent.trim().length > 8).length, of: all.length };
  });
  atMost('inbox: first row', Math.round(list.first), 200, value => `${value} px`);
  atMost('inbox: row', Math.round(list.tall), 40, value => `${value} px`);
  row('inbox: rows on a screen of 1280×900', list.whole, '≥ 16', list.whole >= 16);
  row('inbox: rows that say what they are about', `${list.matters} of ${list.of}`, 'all', list.matters === list.of);
  count.taps = 0;
  await tap(page.getByRole('link', { name: /Chờ tiếp nhận/ }));
  await page.locator('.inbox-tabs a[aria-current]', { hasText: 'Chờ tiếp nhận' }).waitFor();
  count.taps = 0;
  await tap(page.locator('.inbox-link').first());
  await page.locator('.triage').waitFor();
  await choose(page.getByLabel('Giao cho'), { label: 'Văn phòng Đăng ký đất đai: để đơn vị phân công' });
  await tap(page.getByRole('button', { name: 'Lưu và giao' }));
  await page.locator('.done').waitFor();
  atMost('received, classified, extract, assigned: clicks from the inbox', count.taps, 4);
}
{
  const { page } = await staff('tongdai1', 1280, 900);
  await page.goto(`${address}/quan-tri/tiep-nhan`);
  atMost('hotline: height of the screen', await page.evaluate(() => document.documentElement.scrollHeight), 900, value => `${value} px`);
}
{
  const { page, tap, count } = await staff('giamdoc', 360, 740);
  row('leader on a phone lands on', new URL(page.url()).pathname, '/lanh-dao', page.url().endsWith('/lanh-dao'));
  atMost('leadership: height on a phone', await page.evaluate(() => document.documentElement.scrollHeight), 2000, value => `${value} px`);
  await tap(page.locator('.decision').getByRole('link', { name: 'Xem và duyệt' }).first());
  const approve = page.getByRole('button', { name: 'Phê duyệt và trả lời' });
  await approve.waitFor();
  atMost('approval: the button on a phone', Math.round(await approve.evaluate(button => button.getBoundingClientRect().bottom + scrollY)), 1480, value => `${value} px`);
  await tap(approve);
  await page.waitForURL(/lanh-dao/);
  atMost('from sign-in to an approval: taps and fields', count.taps, 5);
}
{
  const { page } = await staff('giamdoc', 1280, 900);
  atMost('leadership: height on a desk', await page.evaluate(() => document.documentElement.scrollHeight), 1300, value => `${value} px`);
  atMost('leadership, printed', await pages(page), 2, value => `${value} A4`);
  await page.goto(`${address}/minh-bach`);
  atMost('transparency with all its tables, printed', await pages(page), 6, value => `${value} A4`);
}
{
  const { page } = await staff('quantri', 1280, 900);
  row('administrator lands on', new URL(page.url()).pathname, '/quan-tri/nguoi-dung', page.url().endsWith('/quan-tri/nguoi-dung'));
}

await browser.close();
server.kill('SIGTERM');
await new Promise(done => (server.exitCode === null ? server.once('exit', done) : done()));
rmSync(data, { recursive: true, force: true });
console.log(['| what | measured | aim | |', '|---|---|---|---|', ...rows.map(cells => `| ${cells.join(' | ')} |`)].join('\n'));
process.exitCode = rows.some(cells => cells[3] !== 'held') ? 1 : 0;
