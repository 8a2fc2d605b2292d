import { defineConfig } from '@playwright/test'
import { addressOf } from './server'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './server.ts',
  forbidOnly: true,
  workers: 2, // each has a server and a database to itself; the tests of one file run in their order
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // What is timed is timed alone, after all others; to run it by itself: --no-deps --project speed.
  projects: [
    { name: 'paths', testIgnore: 'speed.spec.ts' },
    { name: 'speed', testMatch: 'speed.spec.ts', dependencies: ['paths'] },
  ],
  use: {
    baseURL: addressOf(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    actionTimeout: 10_000,
    trace: 'off', // it doubles the time; where a path fails: --trace on
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
})
