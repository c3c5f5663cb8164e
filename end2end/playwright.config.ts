// Journeys in Debian's Chromium. One server of its own for the whole run, started by global-setup.ts.
import { defineConfig } from '@playwright/test';
import { address } from './address';

const browser = {
  browserName: 'chromium' as const,
  locale: 'vi-VN',
  timezoneId: 'Asia/Ho_Chi_Minh',
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
};
const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1280, height: 800 } };

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'results',
  globalSetup: './global-setup.ts',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { ...browser, baseURL: address(), screenshot: 'off', trace: 'off' },
  projects: [
    // citizens, and whoever looks between two meetings
    { name: 'phone', use: phone },
    { name: 'phone-no-script', use: { ...phone, javaScriptEnabled: false }, testMatch: /form\.spec/ },
    // the department's desks
    { name: 'desktop', use: desktop, testMatch: /(road|pages)\.spec/ },
    { name: 'desktop-no-script', use: { ...desktop, javaScriptEnabled: false }, testMatch: /road\.spec/ },
  ],
});
