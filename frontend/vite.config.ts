import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// PIPER_DEV_API lets a developer point the dev server at a Piper on another port.
const api = process.env['PIPER_DEV_API'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': api } },
  preview: { host: '127.0.0.1', proxy: { '/api': api } },
  build: {
    target: 'es2022',
    // public/.keep is copied into dist, so that the folder the Go code embeds is never empty.
    emptyOutDir: true,
    manifest: true,
  },
  test: {
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'rules', environment: 'node', include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'happy-dom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
          // Whole pages are opened, on machines that may be busy.
          testTimeout: 60_000,
        },
      },
    ],
  },
});
