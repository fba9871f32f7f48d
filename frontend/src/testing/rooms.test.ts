import { Linter } from 'eslint';
import path from 'node:path';
import { expect, it } from 'vitest';
import rooms from '../../eslint-rules/rooms.js';

const root = path.resolve(import.meta.dirname, '../..');

function complaints(file: string, source: string): string[] {
  const linter = new Linter({ cwd: root });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { rooms: { rules: { way: rooms } } },
    rules: { 'rooms/way': 'error' },
  };
  return linter
    .verify(`import '${source}';`, config, path.join(root, 'src', file))
    .map((message) => message.message);
}

it.each([
  ['features/calls/ListPage.ts', '@/features/mail/queries'],
  ['features/calls/ListPage.ts', '../mail/queries'],
  ['features/calls/ListPage.ts', '@/app/router'],
  ['features/settings/jobs/JobsPage.ts', '../audit/search'],
  ['shared/list/keyset.ts', '@/features/calls/search'],
  ['shared/list/keyset.ts', '../../app/router'],
])('refuses %s importing %s', (file, source) => {
  expect(complaints(file, source)).toHaveLength(1);
});

it.each([
  ['features/calls/ListPage.ts', './queries'],
  ['features/calls/ListPage.ts', '@/shared/api/client'],
  ['features/settings/jobs/JobsPage.ts', './queries'],
  ['app/router.ts', '@/features/calls/search'],
  ['shared/list/keyset.ts', '@/shared/api/types'],
  ['features/calls/ListPage.ts', 'react'],
])('lets %s import %s', (file, source) => {
  expect(complaints(file, source)).toEqual([]);
});
