import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'
import { compressed } from './build/compressed.ts'

// The server answers on one origin; in development the application is served by
// Vite and asks the server behind this address.
const server = process.env['BIAOCHI_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/app/',
  plugins: [
    vue(),
    // Element Plus alone comes by its tag; our own components are imported where
    // they are used.
    components({
      dirs: [],
      dts: 'src/element.d.ts',
      resolvers: [ElementPlusResolver({ importStyle: 'css' })],
    }),
    compressed(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'chrome86',
    outDir: 'dist/app',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy lets no data: address in
  },
  server: {
    proxy: { '/api': server, '/static': server, '/units': server },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    // Element Plus ships its styles as imports that Node can't read.
    server: { deps: { inline: ['element-plus'] } },
  },
})
