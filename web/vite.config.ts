import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compressed } from './build/compressed.ts'

// The server answers on one origin; in development the application is served by
// Vite and asks the server behind this address.
const server = process.env['BIAOCHI_SERVER'] ?? 'http://127.0.0.1:8080'

/** What several pages use is one file: two dozen small ones cost a slow computer more than their bytes. */
const shared = {
  name: 'shared',
  test: /[\\/]src[\\/](?:api|app|components|domain)[\\/][^\\/]+$/,
  minShareCount: 2,
}

export default defineConfig({
  base: '/app/',
  plugins: [vue(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'chrome86',
    outDir: 'dist/app',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy lets no data: address in
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: [shared] } } },
  },
  server: {
    proxy: { '/api': server, '/static': server, '/units': server },
  },
  test: {
    environment: 'node', // a test that needs a page says so in its first line
    include: ['src/**/*.test.ts'],
  },
})
